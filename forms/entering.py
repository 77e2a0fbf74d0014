"""What the office says when it enters a report for a unit."""

from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from core.words import N_
from forms.base import WebForm


class EnterForForm(WebForm):
    """Why the office enters the report; the unit reads it."""

    reason = TextAreaField(
        N_("Lý do nhập thay"), [DataRequired(), Length(max=500)], render_kw={"rows": 2}
    )

"""What a reviewer says when returning a report."""

from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from core.words import N_
from forms.base import WebForm

LONGEST_NOTE = 1000


class ReturnForm(WebForm):
    """Why the report goes back; notes by question come beside it."""

    reason = TextAreaField(
        N_("Lý do trả lại"), [DataRequired(), Length(max=2000)], render_kw={"rows": 3}
    )

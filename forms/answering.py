"""What a section's page posts beside the answers."""

from wtforms import HiddenField, IntegerField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from core.words import N_
from forms.base import WebForm


class WriteForm(WebForm):
    """Which page saves, and how far it is."""

    writer = HiddenField(validators=[Length(max=40)])
    seq = IntegerField(validators=[Optional()])


class SendBackForm(WebForm):
    """Why the leader gives the report back to those who fill it in."""

    reason = TextAreaField(
        N_("Cần sửa gì"), [DataRequired(), Length(max=2000)], render_kw={"rows": 3}
    )

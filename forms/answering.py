"""What a section's page posts beside the answers."""

from collections.abc import Mapping

from wtforms import HiddenField, IntegerField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from core.vietnamese import clean_text
from core.words import N_
from forms.base import WebForm


class WriteForm(WebForm):
    """Which page saves, and how far it is."""

    writer = HiddenField(validators=[Length(max=40)])
    seq = IntegerField(validators=[Optional()])


LONGEST_REASON = 1000


def read_reasons(posted: Mapping[str, str]) -> dict[str, str]:
    """Return why doubted answers stand, by check id."""
    return {
        name.removeprefix("reason-"): clean_text(text, lines=True)[:LONGEST_REASON]
        for name, text in posted.items()
        if name.startswith("reason-")
    }


class SendBackForm(WebForm):
    """Why the leader gives the report back to those who fill it in."""

    reason = TextAreaField(
        N_("Cần sửa gì"), [DataRequired(), Length(max=2000)], render_kw={"rows": 3}
    )

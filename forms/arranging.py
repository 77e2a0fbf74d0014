"""What the pages for the whole working copy post."""

from collections.abc import Mapping

from wtforms.validators import DataRequired, Length

from core.words import N_
from forms.base import WebForm
from questionnaire.types.cells_field import CellsField


class PasteForm(WebForm):
    """Lines that become questions."""

    lines = CellsField(
        N_("Mỗi dòng một câu hỏi"), [DataRequired(), Length(max=60_000)], render_kw={"rows": 12}
    )


def read_places(posted: Mapping[str, str]) -> dict[int, tuple[int, int]]:
    """Return what the reorder page says: question id to (section id, place)."""
    places = {}
    for name, text in posted.items():
        kind, _dash, id_ = name.partition("-")
        section = posted.get(f"section-{id_}", "")
        if kind == "place" and id_.isdecimal() and section.isdecimal():
            place = int(text) if text.strip().isdecimal() else 10**6
            places[int(id_)] = (int(section), min(place, 10**6))
    return places

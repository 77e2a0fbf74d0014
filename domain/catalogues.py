"""What tables may take rows and columns from: units, and lists of this form and of the library."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from core.extensions import db
from core.words import N_, _
from domain import library
from models import LibraryItem, Unit, UnitGroup
from questionnaire.definition import FormDefinition, Question
from questionnaire.types import UnknownQuestionType, get

MOST_OF_LIBRARY = 200
LONGEST_NAME = 120
LISTS = {
    "options": N_("%(label)s: các lựa chọn"),
    "rows": N_("%(label)s: các dòng"),
    "columns": N_("%(label)s: các cột"),
}

Rows = Sequence[Mapping[str, Any]]


class Catalogues:
    """The catalogues that the designer of a form is offered; each is known by a key."""

    def __init__(self, definition: FormDefinition) -> None:
        self._definition = definition

    def offered(self) -> list[tuple[str, str, str]]:
        """Return each catalogue's key, its name, and the sort under which it is listed."""
        groups = db.session.scalars(select(UnitGroup).order_by(UnitGroup.position, UnitGroup.id))
        units = [("units", _("Mọi đơn vị")), *((f"group-{one.id}", one.name) for one in groups)]
        return [
            *((key, name, _("Đơn vị")) for key, name in units),
            *((key, name, _("Biểu mẫu này")) for key, name, _rows in self._of_form()),
            *((key, name, _("Thư viện")) for key, name, _rows in self._of_library()),
        ]

    def rows(self, key: str) -> Rows:
        """Return the lines of the catalogue with this key; none if it is gone."""
        if key == "units":
            return _units(None)
        sort, _dash, place = key.partition("-")
        if sort == "group":
            return _units(int(place)) if place.isdecimal() else []
        lists = self._of_library() if sort == "library" else self._of_form()
        return next((rows for known, _name, rows in lists if known == key), [])

    def _of_form(self) -> Iterator[tuple[str, str, Rows]]:
        for question in self._definition.questions.values():
            yield from _lists_of(question, f"form-{question.uid}", question.label)

    def _of_library(self) -> Iterator[tuple[str, str, Rows]]:
        items = db.session.scalars(
            select(LibraryItem)
            .where(LibraryItem.deleted_at.is_(None))
            .order_by(LibraryItem.created_at.desc(), LibraryItem.id.desc())
            .limit(MOST_OF_LIBRARY)
        )
        for item in items:
            for question in library.part_of(item).questions:
                name = f"{item.name} – {question.label}" if item.is_section else item.name
                yield from _lists_of(question, f"library-{item.id}-{question.uid}", name)


def _lists_of(question: Question, key: str, name: str) -> Iterator[tuple[str, str, Rows]]:
    try:
        found = get(question.type).catalogues(question.settings)
    except UnknownQuestionType:
        return
    for what, rows in found.items():
        yield f"{key}-{what}", _(LISTS[what], label=name[:LONGEST_NAME]), rows


def _units(group_id: int | None) -> Rows:
    query = select(Unit.name).where(Unit.closed_at.is_(None)).order_by(Unit.position, Unit.id)
    if group_id is not None:
        query = query.where(Unit.groups.any(UnitGroup.id == group_id))
    return [{"label": name} for name in db.session.scalars(query)]

"""The files that a summary is downloaded as: which one is wanted, what it is called, its content."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import IO, Any

from core import clock
from core.config import Settings
from core.errors import NotFoundError
from core.extensions import db
from core.permissions import Actor
from core.side_process import Told
from core.vietnamese import search_key
from core.words import in_vietnamese
from documents import raw_write
from domain import audit, summary_templates, summary_workbook
from domain.successors import Structure
from domain.summary_records import count_records, form_of, forms_of
from domain.summary_reminders import Reading
from domain.summary_selection import EVERYTHING, Selection
from models import Round, SummaryTemplate, SummaryView, Task


class Shape(StrEnum):
    """What a file is; the value is its ending."""

    WORKBOOK = "xlsx"
    CSV = "csv"
    JSON = "json"
    TEMPLATE = "template"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One file of one round: CSV and JSON of one form, a template of the office, or all of it."""

    round_id: int
    shape: str = Shape.WORKBOOK
    form_id: int | None = None
    view_id: int | None = None
    template_id: int | None = None
    structure: str = Structure.THEN

    def to_json(self) -> dict[str, Any]:
        """Return it for a pipe or a table."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Wanted":
        """Read back what `to_json` gave."""
        return cls(**stored)


def write(wanted: Wanted, target: IO[bytes], settings: Settings, told: Told | None = None) -> None:
    """Write the file; `told` hears now and then how many reports have been read."""
    round_ = db.session.get_one(Round, wanted.round_id)
    chosen = _selection(wanted)
    if wanted.shape == Shape.WORKBOOK:
        summary_workbook.write(round_, target, settings, told, chosen)
        return
    if wanted.shape == Shape.TEMPLATE:
        template = db.session.get_one(SummaryTemplate, wanted.template_id)
        summary_templates.write(template, round_, target, settings, told)
        return
    form = form_of(round_, wanted.form_id or 0)
    with in_vietnamese():
        part = summary_workbook.part_of(form, Reading(told), chosen)
        if wanted.shape == Shape.CSV:
            raw_write.write_csv(part, target)
        else:
            about = {
                "task": round_.task.title,
                "round": round_.name,
                "form": form.form.title,
                "versions": form.version_numbers,
                "exported_at": clock.local(clock.now()).isoformat(timespec="seconds"),
            }
            raw_write.write_json(part, about, target)


def checked(wanted: Wanted, round_: Round) -> Wanted:
    """Return what is wanted if there is such a file of the round; raises NotFoundError."""
    if wanted.shape not in list(Shape) or wanted.structure not in list(Structure):
        raise NotFoundError
    if wanted.shape == Shape.TEMPLATE:
        return replace(wanted, form_id=_template(wanted, round_).form_id, view_id=None)
    if wanted.shape != Shape.WORKBOOK:
        form_of(round_, wanted.form_id or 0)
    if wanted.view_id is not None:
        view = db.session.get(SummaryView, wanted.view_id)
        if view is None or view.deleted_at is not None or view.task_id != round_.task_id:
            raise NotFoundError
    return replace(wanted, template_id=None)


def name_of(wanted: Wanted, round_: Round) -> str:
    """Return what the file is called: the task's number where it has one, the view, and the day."""
    if wanted.shape == Shape.TEMPLATE:
        stem = _template(wanted, round_).name.removesuffix(".xlsx")
        return f"{stem}-{clock.today():%Y-%m-%d}.xlsx"
    parts = ["tong-hop", mark_of(round_.task)]
    if wanted.shape != Shape.WORKBOOK:
        title = form_of(round_, wanted.form_id or 0).form.title
        parts = ["bang-goc", mark_of(round_.task), _plain(title)]
    if wanted.view_id is not None:
        parts.append(_plain(db.session.get_one(SummaryView, wanted.view_id).name))
    if wanted.structure == Structure.NOW:
        parts.append("co-cau-hien-nay")
    parts.append(f"{clock.today():%Y-%m-%d}")
    return f"{'-'.join(filter(None, parts))}.{wanted.shape}"


def mark_of(task: Task) -> str:
    """Return the number and symbol of the task's document as names of files have them."""
    mark = "-".join(part for part in (task.number, task.symbol) if part) or str(task.id)
    return "".join(letter if letter.isalnum() else "-" for letter in mark)


def reports_of(wanted: Wanted, round_: Round) -> int:
    """Return how many reports are read for the file."""
    where = _selection(wanted).of_units()
    return sum(
        count_records(form, where)
        for form in forms_of(round_)
        if wanted.form_id in {None, form.form.id}
    )


def is_large(wanted: Wanted, round_: Round, settings: Settings) -> bool:
    """Tell whether the file takes so long that nobody should sit and wait for it."""
    where = _selection(wanted).of_units()
    cells = sum(
        count_records(form, where) * len(form.definition.questions)
        for form in forms_of(round_)
        if wanted.form_id in {None, form.form.id}
    )
    return cells > settings.largest_direct_file


def record_download(actor: Actor | None, round_: Round, wanted: Wanted) -> None:
    """Put into the audit log that figures have left the house."""
    told = {name: value for name, value in wanted.to_json().items() if value is not None}
    told.pop("round_id")
    if wanted.structure == Structure.THEN:
        told.pop("structure")
    audit.record(actor, "summary.downloaded", round_.task, round=round_.id, **told)


def _template(wanted: Wanted, round_: Round) -> SummaryTemplate:
    template = db.session.get(SummaryTemplate, wanted.template_id or 0)
    if template is None or template.deleted_at is not None:
        raise NotFoundError
    form_of(round_, template.form_id)
    return template


def _selection(wanted: Wanted) -> Selection:
    chosen = EVERYTHING
    if wanted.view_id is not None:
        chosen = Selection.from_json(db.session.get_one(SummaryView, wanted.view_id).content)
    return replace(chosen, structure=Structure(wanted.structure))


def _plain(name: str) -> str:
    """Return a name without accents, of letters, digits and single hyphens."""
    return "-".join("".join(one if one.isalnum() else " " for one in search_key(name)).split())[:60]

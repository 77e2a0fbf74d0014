"""Templates of the office: kept with a form, checked mark by mark, and filled with its figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import IO

from sqlalchemy import select

from core import clock
from core.config import Settings
from core.errors import InvalidError
from core.extensions import db
from core.permissions import Actor
from core.side_process import Told
from core.words import _, in_vietnamese
from documents import template_limited
from documents.blocks import Cell
from documents.template_marks import Mark
from documents.workbook_read import UnreadableWorkbookError
from domain import audit, files, summary_figures, summary_names, summary_workbook
from domain.summary_names import Name
from domain.summary_records import Control, FormInRound, form_of
from domain.summary_reminders import Reading
from models import Form, Round, SummaryTemplate, Task

EXCEL = "xlsx"
MOST_TEMPLATES = 20
SUGGESTIONS = 3


@dataclass(frozen=True, slots=True)
class Check:
    """What a template asks for: marks with what they stand for, those unknown, and all there are.

    Beside an unknown mark stand the names that it may mean.
    """

    known: Sequence[tuple[Mark, Name]]
    unknown: Sequence[tuple[Mark, Sequence[Name]]]
    available: Sequence[tuple[str, Sequence[Name]]]


def of_task(task: Task) -> list[SummaryTemplate]:
    """Return the templates for the forms of a task, by name."""
    query = (
        select(SummaryTemplate)
        .join(SummaryTemplate.form)
        .where(
            Form.task_id == task.id,
            Form.deleted_at.is_(None),
            SummaryTemplate.deleted_at.is_(None),
        )
        .order_by(SummaryTemplate.name, SummaryTemplate.id)
    )
    return list(db.session.scalars(query))


def add(actor: Actor | None, form: Form, stream: IO[bytes], filename: str) -> SummaryTemplate:
    """Keep a workbook as a template of a form; InvalidError says why not."""
    try:
        found = template_limited.marks(stream.read())
    except UnreadableWorkbookError as error:
        raise InvalidError(str(error)) from error
    if not found:
        raise InvalidError(_("Tệp chưa có ô nào dạng {{ tổng.so_buoi }} để điền."))
    if len(of_task(form.task)) >= MOST_TEMPLATES:
        raise InvalidError(_("Nhiều nhất %(most)d mẫu. Hãy xoá bớt.", most=MOST_TEMPLATES))
    stream.seek(0)
    stored, name = files.keep(stream, filename)
    template = SummaryTemplate(
        form_id=form.id,
        file_id=stored.id,
        name=name,
        uploaded_by_id=actor.person_id if actor else None,
        uploaded_at=clock.now(),
    )
    db.session.add(template)
    db.session.flush()
    audit.record(actor, "summary_template.added", template, form=form.id)
    return template


def delete(actor: Actor | None, template: SummaryTemplate) -> None:
    """Take a template away; `restore` brings it back."""
    if template.deleted_at is None:
        template.deleted_at = clock.now()
        db.session.flush()
        audit.record(actor, "summary_template.deleted", template, form=template.form_id)


def restore(actor: Actor | None, template: SummaryTemplate) -> None:
    """Bring a deleted template back."""
    if template.deleted_at is not None:
        template.deleted_at = None
        db.session.flush()
        audit.record(actor, "summary_template.restored", template, form=template.form_id)


def available(form: FormInRound, settings: Settings) -> list[tuple[str, list[Name]]]:
    """Return every name that templates of the form may use, in groups."""
    with in_vietnamese():  # The names are made of words, and must be those of the filled file.
        part = summary_workbook.part_of(form, Reading())
        nothing = summary_figures.tally(form.definition, [])
        names = summary_names.names_of(part, summary_workbook.chapters_of(form, nothing))
    around = summary_names.general(form.round, settings, Control())
    fixed = [Name(f"don_vi.{name}", _(label)) for name, label in summary_names.OF_UNITS.items()]
    return [
        (_("Số tổng hợp"), [name for name, _total in names.totals]),
        (_("Từng đơn vị (dòng chứa mã này lặp lại cho mỗi đơn vị)"),
         [*fixed, *names.columns.values()]),
        (_("Thông tin chung"), [Name(name, label) for name, (label, _value) in around.items()]),
    ]  # fmt: skip


def check(template: SummaryTemplate, form: FormInRound, settings: Settings) -> Check:
    """Return which marks of a template are known and which aren't."""
    with files.open_stored(template.file) as stored:
        found = template_limited.marks(stored.read())
    offered = available(form, settings)
    names = {one.name: one for _title, group in offered for one in group}
    return Check(
        [(mark, names[mark.name]) for mark in found if mark.name in names],
        [
            (mark, [names[one] for one in get_close_matches(mark.name, names, SUGGESTIONS, 0.5)])
            for mark in found
            if mark.name not in names
        ],
        offered,
    )


def write(
    template: SummaryTemplate, round_: Round, target: IO[bytes], settings: Settings, told: Told | None
) -> None:
    """Write the template filled with the figures of a round."""
    form, reading = form_of(round_, template.form_id), Reading(told)
    with in_vietnamese():
        part = summary_workbook.part_of(form, reading)
        rows = list(part.rows)
        names = summary_names.names_of(part, part.chapters())
        around = summary_names.general(round_, settings, reading.control)
        values: dict[str, Cell] = {name: value for name, (_label, value) in around.items()}
        values |= summary_names.total_values(names)
        units = [
            summary_names.unit_values(names, part, row, place)
            for place, row in enumerate(rows, start=1)
        ]
        with files.open_stored(template.file) as stored:
            target.write(template_limited.filled(stored.read(), values, units))

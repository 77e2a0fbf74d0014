"""The workbook of a round: the stored reports as parts that the writer takes one by one."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import IO

from sqlalchemy import select

from core import clock
from core.config import Settings
from core.extensions import db
from core.side_process import Told
from core.vietnamese import document_date, format_date, format_datetime
from core.words import _, in_vietnamese
from documents import workbook_write
from documents.blocks import Column
from documents.workbook_parts import (
    Chapter,
    FormPart,
    Indicator,
    Narrative,
    Note,
    Office,
    RowList,
    SummaryBook,
)
from domain import papers, summary, versions
from domain.successors import Structure
from domain.summary_columns import CellMaker, blocks_of, cell_maker, columns_of, has_own_sheet, type_name
from domain.summary_records import Control, FormInRound, forms_of
from domain.summary_reminders import Reading
from domain.summary_rows import Rows
from domain.summary_selection import EVERYTHING, Selection
from models import FormVersion, Round, Task
from questionnaire import checks, types
from questionnaire.definition import Question
from questionnaire.types import Summary


def write(
    round_: Round,
    target: Path | IO[bytes],
    settings: Settings,
    told: Told | None = None,
    chosen: Selection = EVERYTHING,
) -> None:
    """Write the workbook of a round to a path or a binary stream; `settings` name the office.

    `told` hears now and then how many reports have been read.
    """
    office = Office(settings.office_parent, settings.office_name, settings.office_place)
    with in_vietnamese():
        workbook_write.write(content_of(round_, office, told, chosen), target)


def content_of(
    round_: Round, office: Office, told: Told | None = None, chosen: Selection = EVERYTHING
) -> SummaryBook:
    """Return the workbook of a round; rows are read from the database when they are asked for."""
    forms = [form for form in forms_of(round_) if chosen.takes_form(form.form.id)]
    reading = Reading(told)
    return SummaryBook(
        office=office,
        day=clock.today().date(),
        title=round_.task.title,
        basis=_basis(round_.task),
        control=lambda: _control_line(reading.control, forms) + _told_structure(chosen),
        forms=[part_of(form, reading, chosen) for form in forms],
        reminders=reading.reminders,
        progress=reading.progress,
        signer=papers.HEAD_OF_OFFICE,
    )


def part_of(form: FormInRound, reading: Reading, chosen: Selection = EVERYTHING) -> FormPart:
    """Return what files show of one form; reading its rows fills `reading`."""
    numbered, columns = list[tuple[str, Question]](), dict[str, list[Column]]()
    questions: dict[str, tuple[Question, CellMaker]] = {}
    for number, one in checks.numbered(form.definition):
        every = columns_of(one) if summary.holds_answer(one) else []
        kept = [at for at, column in enumerate(every) if chosen.takes(form.form.id, column.key)]
        if kept:
            numbered.append((number, one))
            columns[one.uid] = [every[at] for at in kept]
            questions[one.uid] = (one, cell_maker(one, kept))
    figures: dict[str, Summary] = {}
    return FormPart(
        title=form.form.title,
        columns=[column for found in columns.values() for column in found],
        row_lists=[
            RowList(one.uid, one.label, types.get(one.type).sheet_columns(one))
            for _number, one in numbered
            if has_own_sheet(one)
        ],
        narratives=[
            Narrative(one.uid, f"{number}. {one.label}")
            for number, one in numbered
            if summary.is_read(one)
        ],
        notes=_notes(form, numbered, columns),
        rows=Rows(form, questions, reading, figures, chosen),
        chapters=lambda: chapters_of(form, figures, columns),
        hidden=chosen.hidden,
    )


def chapters_of(
    form: FormInRound, figures: Mapping[str, Summary], shown: Collection[str] | None = None
) -> list[Chapter]:
    """Return the sections with the figures of the questions in `shown`, or of all."""
    numbers = {question.uid: number for number, question in checks.numbered(form.definition)}
    chapters = [
        Chapter(
            section.title,
            [
                Indicator(numbers[one.uid], one.label, one.measure, found.answered, blocks)
                for one in section.questions
                if (shown is None or one.uid in shown)
                and (found := figures.get(one.uid, Summary())) is not None
                and (blocks := blocks_of(one, found))
            ],
        )
        for section in form.definition.sections
    ]
    return [chapter for chapter in chapters if chapter.indicators]


def _notes(
    form: FormInRound,
    numbered: Sequence[tuple[str, Question]],
    columns: Mapping[str, Sequence[Column]],
) -> list[Note]:
    ids = db.session.execute(
        select(FormVersion.number, FormVersion.id)
        .where(FormVersion.form_id == form.form.id)
        .order_by(FormVersion.number)
    ).all()
    asked = [(number, versions.definition(version).questions) for number, version in ids]
    return [
        Note(
            keys=[column.key for column in columns[one.uid]],
            number=number,
            code=one.code,
            text=one.label,
            type=type_name(one),
            measure=one.measure,
            added=next(version for version, known in asked if one.uid in known),
            hidden=_hidden_from([(version, one.uid in known) for version, known in asked]),
        )
        for number, one in numbered
        if columns[one.uid]
    ]


def _hidden_from(asked: Sequence[tuple[int, bool]]) -> int | None:
    """Return the version from which on a question is asked no more."""
    hidden: int | None = None
    for version, known in asked:
        if known:
            hidden = None
        elif hidden is None:
            hidden = version
    return hidden


def _basis(task: Task) -> str:
    mark = "/".join(part for part in (task.number, task.symbol) if part)
    if not task.doc_type or not mark:
        return ""
    text = _("Theo %(kind)s số %(mark)s", kind=task.doc_type, mark=mark)
    if task.issued_on:
        text += " " + document_date(task.issued_on)
    return f"({text} {_('của')} {task.issuer})" if task.issuer else f"({text})"


def _control_line(control: Control, forms: Sequence[FormInRound]) -> str:
    used = "; ".join(", ".join(map(str, form.version_numbers)) for form in forms)
    return _(
        "Số báo cáo phải nộp: %(expected)d. Đã nộp: %(submitted)d (nộp muộn: %(late)d; đã tiếp nhận:"
        " %(accepted)d). Chưa nộp: %(missing)d (quá hạn: %(overdue)d). Được miễn: %(exempt)d."
        " Phiên bản biểu mẫu: %(versions)s. Kết xuất lúc %(at)s.",
        expected=control.expected,
        submitted=control.submitted,
        late=control.late,
        accepted=control.accepted,
        missing=control.missing,
        overdue=control.overdue,
        exempt=control.exempt,
        versions=used,
        at=format_datetime(control.at),
    )


def _told_structure(chosen: Selection) -> str:
    if chosen.structure == Structure.THEN:
        return ""
    return " " + _(
        "Đơn vị theo cơ cấu hiện nay (%(day)s); tổng chung không đổi.",
        day=format_date(clock.today().date()),
    )

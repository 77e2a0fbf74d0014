"""The workbook of a round: the stored reports as parts that the writer takes one by one."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import orjson
from sqlalchemy import select

from core import clock
from core.config import Settings
from core.extensions import db
from core.permissions import Actor
from core.vietnamese import document_date, format_datetime
from core.words import _, in_vietnamese
from documents import workbook_write
from documents.blocks import Cell, Column
from documents.workbook_parts import (
    Chapter,
    FormPart,
    Indicator,
    Narrative,
    Note,
    Office,
    RowList,
    SummaryBook,
    UnitRow,
)
from domain import audit, summary, summary_figures, versions
from domain.summary_records import Control, FormInRound, forms_of, records
from domain.summary_reminders import Reading, state_words
from models import FormVersion, Round, Task
from questionnaire import checks, types
from questionnaire.definition import Question, Summing
from questionnaire.types import Summary, UnknownQuestionType

CellMaker = Callable[[Any], Sequence[Cell]]


def write(round_: Round, target: Path | IO[bytes], settings: Settings) -> None:
    """Write the workbook of a round to a path or a binary stream; `settings` name the office."""
    office = Office(settings.office_parent, settings.office_name, settings.office_place)
    with in_vietnamese():
        workbook_write.write(content_of(round_, office), target)


def record_download(actor: Actor | None, round_: Round) -> None:
    """Put into the audit log that the workbook has left the house."""
    audit.record(actor, "summary.downloaded", round_.task, round=round_.id)


def file_name(task: Task) -> str:
    """Return what the file is called: the task's number where it has one, and today's date."""
    mark = "-".join(part for part in (task.number, task.symbol) if part) or str(task.id)
    plain = "".join(letter if letter.isalnum() else "-" for letter in mark)
    return f"tong-hop-{plain}-{clock.today():%Y-%m-%d}.xlsx"


def content_of(round_: Round, office: Office) -> SummaryBook:
    """Return the workbook of a round; rows are read from the database when they are asked for."""
    forms = forms_of(round_)
    reading = Reading()
    return SummaryBook(
        office=office,
        day=clock.today().date(),
        title=round_.task.title,
        basis=_basis(round_.task),
        control=lambda: _control_line(reading.control, forms),
        forms=[_part(form, reading) for form in forms],
        reminders=reading.reminders,
    )


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of the unit sheet; reading them fills `reading` and `figures`."""

    form: FormInRound
    questions: Sequence[Question]
    reading: Reading
    figures: dict[str, Summary]

    def __iter__(self) -> Iterator[UnitRow]:
        makers = [(one.uid, _cell_maker(one)) for one in self.questions]
        lists = [one for one in self.questions if _has_own_sheet(one)]
        read = [one for one in self.questions if summary.is_read(one)]
        waiting: list[Mapping[str, Any]] = []
        states: dict[tuple[str, bool, bool], str] = {}
        for record in records(self.form):
            self.reading.take(self.form.form.title, record)
            answers = record.answers or {}
            if record.answers is not None:
                waiting.append(answers)
            if len(waiting) >= summary_figures.REPORTS_AT_ONCE:
                self._count_in(waiting)
            state = (record.state, record.late, record.overdue)
            if state not in states:
                states[state] = state_words(record)
            yield UnitRow(
                code=record.assignment.unit_code,
                name=record.assignment.unit_name,
                group=record.assignment.group_name,
                state=states[state],
                submitted_at=record.submitted_at,
                cells=_cells(makers, record.answers),
                lists={
                    one.uid: types.get(one.type).sheet_rows(answers[one.uid], one)
                    for one in lists
                    if one.uid in answers
                },
                texts={
                    one.uid: told for one in read if (told := summary.answer_text(one, answers))
                },
            )
        self._count_in(waiting)

    def _count_in(self, waiting: list[Mapping[str, Any]]) -> None:
        found = summary_figures.tally(self.form.definition, waiting)
        for uid, figures in found.items():
            before = self.figures.get(uid)
            self.figures[uid] = summary_figures.added(before, figures) if before else figures
        waiting.clear()


def _part(form: FormInRound, reading: Reading) -> FormPart:
    numbered = [
        (number, one) for number, one in checks.numbered(form.definition) if summary.holds_answer(one)
    ]
    questions = [one for _number, one in numbered]
    columns = {one.uid: _columns(one) for one in questions}
    figures: dict[str, Summary] = {}
    return FormPart(
        title=form.form.title,
        columns=[column for one in questions for column in columns[one.uid]],
        row_lists=[
            RowList(one.uid, one.label, types.get(one.type).sheet_columns(one))
            for one in questions
            if _has_own_sheet(one)
        ],
        narratives=[
            Narrative(one.uid, f"{number}. {one.label}")
            for number, one in numbered
            if summary.is_read(one)
        ],
        notes=_notes(form, numbered, columns),
        rows=_Rows(form, questions, reading, figures),
        chapters=lambda: _chapters(form, figures),
    )


def _cells(makers: Sequence[tuple[str, CellMaker]], answers: Mapping[str, Any] | None) -> list[Cell]:
    cells: list[Cell] = []
    if answers is not None:
        for uid, maker in makers:
            cells += maker(answers.get(uid))
    return cells


def _has_own_sheet(question: Question) -> bool:
    try:
        return types.get(question.type).has_own_sheet
    except UnknownQuestionType:
        return False


def _columns(question: Question) -> list[Column]:
    try:
        return types.get(question.type).columns(question)
    except UnknownQuestionType:
        return [Column(question.uid, (question.label,))]


def _cell_maker(question: Question) -> CellMaker:
    try:
        maker = types.get(question.type).cell_maker(question)
    except UnknownQuestionType:
        return lambda value: [None if value is None else orjson.dumps(value).decode()]
    return _remembering(maker) if question.summing == Summing.SHARE else maker


def _remembering(maker: CellMaker) -> CellMaker:
    """Make the cells of each option once, since thousands of units choose among a few."""
    known: dict[str | bool, Sequence[Cell]] = {}

    def cells(value: Any) -> Sequence[Cell]:
        if not isinstance(value, str | bool):
            return maker(value)
        if value not in known:
            known[value] = maker(value)
        return known[value]

    return cells


def _chapters(form: FormInRound, figures: Mapping[str, Summary]) -> list[Chapter]:
    numbers = {question.uid: number for number, question in checks.numbered(form.definition)}
    chapters = [
        Chapter(
            section.title,
            [
                Indicator(numbers[one.uid], one.label, one.measure, found.answered, blocks)
                for one in section.questions
                if (found := figures.get(one.uid, Summary())) is not None
                and (blocks := _blocks(one, found))
            ],
        )
        for section in form.definition.sections
    ]
    return [chapter for chapter in chapters if chapter.indicators]


def _blocks(question: Question, found: Summary) -> Sequence[Any]:
    try:
        return types.get(question.type).summary_blocks(question, found)
    except UnknownQuestionType:
        return []


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
            type=_type_name(one),
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


def _type_name(question: Question) -> str:
    try:
        return _(types.get(question.type).label)
    except UnknownQuestionType:
        return question.type


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

"""The workbook of one unit's report, prefilled with what is stored."""

import re
from collections.abc import Mapping
from contextlib import suppress
from typing import IO, Any

from core import vietnamese
from core.words import _
from documents import response_template
from documents.blocks import EntryColumn, EntryUse
from documents.response_parts import Base, EntryLine, ResponseBook, SectionSheet, TableSheet
from domain import deadlines, previous, versions
from domain.response_answers import fingerprint, type_in_cells
from models import Assignment, Response
from questionnaire.checks import numbered
from questionnaire.definition import FormDefinition, Question, Section
from questionnaire.filling import filled
from questionnaire.ids import new_id
from questionnaire.rules import Names, Rule, RuleError, show
from questionnaire.types import QuestionType, UnknownQuestionType, get

LONGEST_FACT = 300


def write(response: Response, target: IO[bytes]) -> None:
    """Write the workbook to a binary stream."""
    response_template.write(content_of(response), target)


def file_name(response: Response) -> str:
    """Return what the file is called: the unit, the task and the round."""
    assignment = response.assignment
    parts = (assignment.unit_code, f"nv{assignment.round.task_id}", f"bm{assignment.form_id}")
    return re.sub(r"[^a-z0-9.-]+", "-", vietnamese.search_key("-".join(parts))) + ".xlsx"


def facts_of(response: Response) -> dict[str, str]:
    """Return whose report it is, by which a filled file is known again; each file has its own id."""
    assignment: Assignment = response.assignment
    task = assignment.round.task
    facts = {
        "task": task.id,
        "task_title": task.title,
        "round": assignment.round_id,
        "round_name": assignment.round.name,
        "form": assignment.form_id,
        "form_title": assignment.form.title,
        "version": response.version_id,
        "version_number": response.version.number,
        "unit": assignment.unit_id,
        "unit_code": assignment.unit_code,
        "unit_name": assignment.unit_name,
        "assignment": assignment.id,
        "file": "".join(new_id() for _part in range(3)),
    }
    return {name: str(value)[:LONGEST_FACT] for name, value in facts.items()}


def content_of(response: Response) -> ResponseBook:
    """Return the workbook of a report."""
    definition = versions.definition(response.version_id)
    assignment = response.assignment
    answers = filled(definition, response.answers, previous.of_report(response)).answers
    shown = {**response.answers, **answers}
    due = deadlines.due_at(assignment)
    return ResponseBook(
        title=definition.title,
        unit=_("%(unit)s (mã %(code)s)", unit=assignment.unit_name, code=assignment.unit_code),
        remarks=(
            _("Nhiệm vụ: %(title)s", title=assignment.round.task.title),
            _("Hạn nộp: %(due)s", due=vietnamese.format_deadline(due) or _("chưa đặt")),
            _("Điền vào các ô nền vàng rồi nộp tệp này ở trang báo cáo. "
              "Số 0 là không phát sinh; không có số liệu thì ghi “…”."),
        ),
        facts=facts_of(response),
        bases={
            one.uid: Base(
                response.marks.get(one.uid, {}).get("rev", 0),
                fingerprint(kind, one, response.answers.get(one.uid)),
            )
            for one in definition.questions.values()
            if (kind := type_in_cells(one)) is not None
        },
        sections=[_section(definition, one, shown) for one in definition.sections],
    )  # fmt: skip


def _section(
    definition: FormDefinition, section: Section, answers: Mapping[str, Any]
) -> SectionSheet:
    numbers = {question.uid: number for number, question in numbered(definition)}
    lines: list[EntryLine] = []
    tables: list[TableSheet] = []
    for question in section.questions:
        try:
            kind = get(question.type)
        except UnknownQuestionType:
            continue
        number, value = numbers[question.uid], answers.get(question.uid)
        hint = "\n".join(filter(None, (_(kind.entry_hint) if kind.entry_hint else "",
                                       question.hint, _condition(definition, question))))  # fmt: skip
        table = kind.entry_table(value, question)
        if table is None:
            lines += _lines(kind, question, number, value, hint)
        else:
            lines.append(EntryLine(_label(question), number, hint=hint, table=question.uid))
            tables.append(TableSheet(question.uid, number, question.label, hint, table))
    return SectionSheet(section.uid, section.title, section.intro, lines, tables)


def _lines(
    kind: QuestionType, question: Question, number: str, value: Any, hint: str
) -> list[EntryLine]:
    """Return the lines of a question: one for its words, and one for each of its cells."""
    columns, settings = kind.columns(question), question.settings
    if not columns:
        return [EntryLine(question.label, hint=hint)]
    use = EntryUse.OPEN if type_in_cells(question) else EntryUse.READ
    choices = kind.entry_choices(settings)
    cells = kind.entry_cells(value, settings)
    lines = [
        EntryLine(
            column.headings[-1],
            "",
            column.key if use == EntryUse.OPEN else "",
            EntryColumn(column.key, column.kind, column.decimals, choices),
            use,
            cell,
            column.measure,
        )
        for column, cell in zip(columns, cells, strict=True)
    ]
    words = EntryLine(_label(question), number, hint=hint)
    if len(columns) > 1 or len(columns[0].headings) > 1:
        return [words, *lines]
    (line,) = lines
    return [
        EntryLine(words.label, number, line.key, line.column, use, line.value, line.measure, hint)
    ]


def _label(question: Question) -> str:
    required = _("bắt buộc")
    return f"{question.label} ({required})" if question.required else question.label


def _condition(definition: FormDefinition, question: Question) -> str:
    """Return when the question is asked, in the words of its rule."""
    if question.visible is not None:
        with suppress(RuleError):
            rule = show(Rule.from_json(question.visible), Names.of(definition))
            return _("Chỉ trả lời khi: %(rule)s", rule=rule)
    return ""

"""A form from the sheets of a ministry's blank workbook: general rules, and remarks on the rest."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from core.vietnamese import search_key
from core.words import _
from documents.sheets import Place, Sheet, cell_name
from questionnaire.definition import FormDefinition, Question, Section, Summing
from questionnaire.ids import new_id
from questionnaire.types.base import BadSettings
from questionnaire.types.sheet_body import Body, notes_below, read_body, text_share
from questionnaire.types.sheet_head import ROMAN, Head, find_head
from questionnaire.types.sheet_lists import (
    MOST_EXAMPLES,
    ListHead,
    example_rows,
    list_head,
    list_settings,
)
from questionnaire.types.sheet_roles import Role, RowNote, list_roles, row_notes, table_roles
from questionnaire.types.sheet_tables import Remark, explained, make_table

PLAIN_TITLE = re.compile(r"(?:sheet|trang|bang|bieu)? ?\d*|.{0,4}")
NOT_TITLES = (
    "don vi", "bieu so", "bieu:", "mau so", "ban hanh", "kem theo", "so gd", "so ", "bo ", "uy ban",
    "cong hoa", "doc lap", "kinh gui", "ngay ", "(", "- ", "ky ", "tinh ", "dvt", "ubnd",
)  # fmt: skip
#: Sheets that programs leave behind.
LEFTOVERS = frozenset({"errors", "error", "loi", "log"})
SHORTEST_TITLE = 8
LONGEST_TITLE, LONGEST_LABEL, LONGEST_INTRO = 300, 500, 3000


class SheetKind(StrEnum):
    """What a sheet was understood as."""

    TABLE = "table"
    LIST = "list"
    CATALOGUE = "catalogue"
    WORDS = "words"
    EMPTY = "empty"


@dataclass(slots=True)
class UnderstoodSheet:
    """A sheet, the questions that it makes, and what each cell is."""

    sheet: Sheet
    kind: SheetKind = SheetKind.EMPTY
    title: str = ""
    uid: str = field(default_factory=new_id)
    questions: list[Question] = field(default_factory=list)
    roles: dict[Place, Role] = field(default_factory=dict)
    #: The column of the sheet that has the labels of the rows.
    label: int = 0
    #: What is told beside rows, by row.
    notes: dict[int, RowNote] = field(default_factory=dict)
    #: What stands below the tables and isn't a signature.
    intro: str = ""
    remarks: list[Remark] = field(default_factory=list)

    @property
    def section(self) -> Section:
        """The section that the sheet becomes."""
        return Section(self.uid, self.title[:LONGEST_TITLE], self.intro, tuple(self.questions))


@dataclass(frozen=True, slots=True)
class UnderstoodWorkbook:
    """A workbook as a form."""

    title: str
    intro: str
    sheets: tuple[UnderstoodSheet, ...]

    @property
    def remarks(self) -> list[Remark]:
        """All that a person should look at."""
        return [remark for one in self.sheets for remark in one.remarks]

    def definition(self, left_out: Sequence[str] = ()) -> FormDefinition:
        """Return the form, without the sheets of these titles."""
        return FormDefinition(
            self.title,
            self.intro,
            tuple(
                one.section
                for one in self.sheets
                if one.questions and one.sheet.title not in left_out
            ),
        )


def understand(sheets: Sequence[Sheet], file_title: str) -> UnderstoodWorkbook:
    """Return the form that a workbook makes; `file_title` names it where no sheet does."""
    found = [_understood(one) for one in sheets if not one.hidden]
    titles = [title for one in found if one.questions and (title := _title_above(one.sheet, one.roles))]
    notes = [
        text
        for one in found
        if one.kind == SheetKind.WORDS
        for text in (one.sheet.cells[place].text for place in sorted(one.sheet.cells))
    ]
    title = (titles[0] if titles else file_title)[:LONGEST_TITLE]
    return UnderstoodWorkbook(title, "\n".join(notes)[:LONGEST_INTRO], tuple(found))


def _understood(sheet: Sheet) -> UnderstoodSheet:
    found = UnderstoodSheet(sheet)
    start = 1
    while start <= sheet.last_row:
        head = find_head(sheet, start)
        body = read_body(sheet, head) if head else None
        if head and body and _names_rows(sheet, head, body):
            _add_table(found, head, body, start)
            start = max(body.end, head.body + 1)
            continue
        if not found.questions and search_key(sheet.title) not in LEFTOVERS:
            _add_list(found, start, head)
        break
    found.title = _section_title(found)
    if search_key(sheet.title) in LEFTOVERS:
        return found
    if not found.questions and found.kind == SheetKind.EMPTY and sheet.cells:
        found.kind = SheetKind.WORDS
        text = _("Trang này chỉ có chữ: được đưa vào lời dẫn của biểu mẫu.")
        found.remarks.append(Remark(sheet.title, "", text))
    return found


def _names_rows(sheet: Sheet, head: Head, body: Body) -> bool:
    """Tell whether the rows are given, and their cells are for figures: a list has examples there."""
    return bool(body.rows and head.label and head.figures) and text_share(sheet, head, body.rows) < 0.5


def _add_table(found: UnderstoodSheet, head: Head, body: Body, start: int) -> None:
    try:
        made = make_table(found.sheet, head, body)
    except BadSettings as error:
        where = cell_name(head.top, 1)
        found.remarks.append(Remark(found.sheet.title, where, explained(error)))
        return
    found.kind = SheetKind.TABLE
    found.remarks += made.remarks
    found.roles |= table_roles(found.sheet, head, body, made.rows)
    found.label = head.label
    found.notes |= row_notes(made.rows)
    notes = filter(None, [found.intro, *notes_below(found.sheet, body.end)])
    found.intro = "\n".join(notes)[:LONGEST_INTRO]
    label = _table_label(found.sheet, head, start)
    found.questions.append(
        Question(
            new_id(),
            "fixed_table",
            label[:LONGEST_LABEL],
            summing=Summing.SUM,
            settings=made.settings,
        )
    )


def _add_list(found: UnderstoodSheet, start: int, known: Head | None) -> None:
    sheet = found.sheet
    head = list_head(sheet, start, known)
    if head is None:
        return
    examples = example_rows(sheet, head)
    if len(examples) > MOST_EXAMPLES:
        found.kind = SheetKind.CATALOGUE
        text = _("Trang này là danh mục %(count)d dòng: không thành câu hỏi.", count=len(examples))
        found.remarks.append(Remark(sheet.title, "", text))
        return
    try:
        settings = list_settings(sheet, head, examples)
    except BadSettings as error:
        found.remarks.append(Remark(sheet.title, cell_name(head.top, 1), explained(error)))
        return
    found.kind = SheetKind.LIST
    found.roles |= list_roles(sheet, head)
    found.questions.append(
        Question(
            new_id(),
            "free_table",
            _list_label(found, head)[:LONGEST_LABEL],
            hint=_hint(head),
            summing=Summing.SUM,
            settings=settings,
        )
    )
    if examples:
        text = _("%(count)d dòng mẫu dưới tiêu đề không được đưa vào biểu mẫu.", count=len(examples))
        found.remarks.append(Remark(sheet.title, cell_name(examples[0], 1), text))


def _hint(head: ListHead) -> str:
    required = [one.path[-1] for one in head.columns if one.required]
    return _("Bắt buộc: %(columns)s.", columns=", ".join(required))[:1000] if required else ""


def _table_label(sheet: Sheet, head: Head, start: int) -> str:
    number = sheet.text(head.top, head.number) if head.number else ""
    if head.heading and ROMAN.fullmatch(number):
        return f"{number}. {head.heading}"
    return next(_titles(sheet, start, head.top), "") or head.heading or sheet.title


def _list_label(found: UnderstoodSheet, head: ListHead) -> str:
    above = list(_titles(found.sheet, 1, head.top))
    return above[0] if above else found.sheet.title


def _section_title(found: UnderstoodSheet) -> str:
    title = found.sheet.title
    if found.questions and PLAIN_TITLE.fullmatch(search_key(title)):
        label = found.questions[0].label
        return label if label != title else title
    return title


def _title_above(sheet: Sheet, roles: dict[Place, Role]) -> str:
    top = min((row for (row, _column), role in roles.items() if role == Role.HEAD), default=1)
    return next(_titles(sheet, 1, top), "")


def _titles(sheet: Sheet, start: int, end: int) -> Iterator[str]:
    """Yield what reads as a title above a table, lines in capitals first."""
    lines = [
        text
        for (row, _column), cell in sorted(sheet.cells.items())
        if start <= row < end and len(text := cell.text) >= SHORTEST_TITLE
        and not search_key(text).startswith(NOT_TITLES)
    ]  # fmt: skip
    yield from (one for one in lines if one == one.upper())
    yield from (one for one in lines if one != one.upper())

"""The names by which templates of the office ask for figures of a form."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from core import clock
from core.config import Settings
from core.vietnamese import document_date
from core.words import N_, _
from documents.blocks import Cell, Column, Table, Total
from documents.template_marks import TOTAL, UNIT, slug
from documents.workbook_parts import Chapter, FormPart, UnitRow
from domain.summary_records import Control
from models import Round

#: What every unit has, by name; the places in a row of the unit sheet come from `unit_values`.
OF_UNITS = {
    "stt": N_("Số thứ tự"),
    "ma": N_("Mã đơn vị"),
    "ten": N_("Đơn vị"),
    "nhom": N_("Nhóm"),
    "tinh_trang": N_("Tình trạng"),
    "nop_luc": N_("Nộp lúc"),
}
SHOWN = {TOTAL: "tổng", UNIT: "đơn vị"}


@dataclass(frozen=True, slots=True)
class Name:
    """A name with what it stands for; `shown` is how people write it."""

    name: str
    label: str

    @property
    def shown(self) -> str:
        """The mark to write into a cell."""
        head, dot, rest = self.name.partition(".")
        return "{{ " + SHOWN.get(head, head) + dot + rest + " }}"


@dataclass
class Names:
    """The names of a form's figures, each of them once."""

    questions: dict[str, str] = field(default_factory=dict)
    columns: dict[str, Name] = field(default_factory=dict)
    totals: list[tuple[Name, Total]] = field(default_factory=list)
    _taken: set[str] = field(default_factory=set)

    def free(self, wanted: str) -> str:
        """Return a name that nothing bears yet, and take it."""
        name, number = wanted, 1
        while name in self._taken:
            number += 1
            name = f"{wanted}_{number}"
        self._taken.add(name)
        return name


def names_of(part: FormPart, chapters: Sequence[Chapter]) -> Names:
    """Return the names of a form, whose `chapters` may have been made of no reports at all."""
    names = Names(_taken={f"{UNIT}.{name}" for name in OF_UNITS})
    by_question: dict[str, list[Column]] = {}
    for column in part.columns:
        by_question.setdefault(column.key.partition(".")[0], []).append(column)
    codes = {note.keys[0].partition(".")[0]: note for note in part.notes}
    for uid, columns in by_question.items():
        note = codes[uid]
        own = slug(note.code) or f"cau_{slug(note.number)}"
        names.questions[uid] = own = names.free(f"question.{own}").partition(".")[2]
        for column in columns:
            rest = ".".join(filter(None, (slug(text) for text in _rest(column, columns))))
            name = names.free(f"{UNIT}.{own}.{rest}" if rest else f"{UNIT}.{own}")
            names.columns[column.key] = Name(name, " – ".join(column.headings))
    by_number = {note.number: note.keys[0].partition(".")[0] for note in part.notes}
    headings = {column.key: column.headings for column in part.columns}
    for chapter in chapters:
        for one in chapter.indicators:
            uid = by_number[one.number]
            for path, label, total in _totals(one.blocks, headings):
                name = ".".join(filter(None, (TOTAL, names.questions[uid], *map(slug, path))))
                told = " – ".join(filter(None, (one.label, *label)))
                names.totals.append((Name(names.free(name), told), total))
    return names


def total_values(names: Names) -> dict[str, Cell]:
    """Return the figures by name."""
    return {name.name: total.value for name, total in names.totals}


def unit_values(names: Names, part: FormPart, row: UnitRow, place: int) -> dict[str, Cell]:
    """Return what a unit has reported, by name."""
    fixed = (place, row.code, row.name, row.group, row.state, row.submitted_at)
    found: dict[str, Cell] = {
        f"{UNIT}.{name}": value for name, value in zip(OF_UNITS, fixed, strict=True)
    }
    cells = row.cells or (None,) * len(part.columns)
    for column, value in zip(part.columns, cells, strict=True):
        found[names.columns[column.key].name] = value
    return found


def general(round_: Round, settings: Settings, control: Control) -> dict[str, tuple[str, Cell]]:
    """Return what stands around the figures: by name, what it is, and its value."""
    task, day = round_.task, clock.today().date()
    mark = "/".join(part for part in (task.number, task.symbol) if part)
    return {
        "co_quan": (_("Tên cơ quan"), settings.office_name),
        "co_quan_cap_tren": (_("Cơ quan cấp trên"), settings.office_parent),
        "dia_danh": (_("Địa danh"), settings.office_place),
        "nhiem_vu": (_("Tên nhiệm vụ"), task.title),
        "so_ky_hieu": (_("Số, ký hiệu văn bản"), mark),
        "ky_bao_cao": (_("Kỳ báo cáo"), round_.name),
        "ngay": (_("Ngày kết xuất"), day),
        "ngay_thang_nam": (_("Ngày kết xuất bằng chữ"), document_date(day)),
        "phai_nop": (_("Số đơn vị phải nộp"), control.expected),
        "da_nop": (_("Số đơn vị đã nộp"), control.submitted),
        "nop_muon": (_("Số đơn vị nộp muộn"), control.late),
        "chua_nop": (_("Số đơn vị chưa nộp"), control.missing),
        "duoc_mien": (_("Số đơn vị được miễn"), control.exempt),
    }


def _rest(column: Column, columns: Sequence[Column]) -> Sequence[str]:
    """Return the headings that set a column off from the others of its question."""
    if len(columns) == 1:
        return ()
    rest = column.headings[1:]
    return rest[:1] if len({one.headings[-1] for one in columns}) == 1 else rest


Path = tuple[str, ...]


def _totals(
    blocks: Sequence[object], headings: Mapping[str, Path]
) -> Iterator[tuple[Path, Path, Total]]:
    for block in blocks:
        if isinstance(block, Total):
            yield (), (), block
        elif isinstance(block, Table):
            yield from _of_table(block, headings)


def _of_table(table: Table, headings: Mapping[str, Path]) -> Iterator[tuple[Path, Path, Total]]:
    """Yield the figures of a table with the names of their row and their column."""
    width = {at for row in table.rows for at, cell in enumerate(row) if isinstance(cell, Total)}
    columns = {
        at: _first(_heading(row[at], headings, -1) for row in table.rows if at < len(row))
        or f"cot_{place}"
        for place, at in enumerate(sorted(width), start=1)
    }
    for row in table.rows:
        leads = [str(cell) for cell in row[: min(width, default=0)] if cell]
        name = _first(_heading(cell, headings, 1) for cell in row) or max(leads, key=len, default="")
        for at, cell in enumerate(row):
            if isinstance(cell, Total):
                path = (name, columns[at]) if len(width) > 1 else (name,)
                yield path, path, cell


def _heading(cell: object, headings: Mapping[str, Path], place: int) -> str:
    if not isinstance(cell, Total) or len(cell.columns) != 1 or cell.reckoning is not None:
        return ""
    known = headings.get(cell.columns[0], ())
    return known[place] if len(known) > 2 else ""


def _first(texts: Iterable[str]) -> str:
    return next(filter(None, texts), "")

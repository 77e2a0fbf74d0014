"""Heads of tables: laid out from columns under groups, and read from what Excel copies."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.blocks import HeadCell
from questionnaire.types.table_head import (
    groups_of,
    head_rows,
    marker_row,
    pasted_table,
    stored_groups,
)
from questionnaire.types.table_row_lines import cells_of


@dataclass(frozen=True)
class Leaf:
    label: str
    groups: tuple[str, ...] = ()
    marker: str = ""
    measure: str = ""


Head = tuple[tuple[HeadCell, ...], ...]


def grid_of(head: Head) -> list[list[HeadCell]]:
    """Lay a head out as browsers do; a cell that falls on another, or beside the head, fails."""
    grid: dict[tuple[int, int], HeadCell] = {}
    for down, row in enumerate(head):
        right = 0
        for cell in row:
            while (down, right) in grid:
                right += 1
            for place in ((down + y, right + x) for y in range(cell.rows) for x in range(cell.columns)):
                assert place not in grid
                assert place[0] < len(head)
                grid[place] = cell
    width = 1 + max(right for _down, right in grid)
    assert len(grid) == width * len(head)
    return [[grid[down, right] for right in range(width)] for down in range(len(head))]


def paths_of(head: Head) -> list[tuple[str, ...]]:
    """Return what stands over each column, from the top."""
    found = []
    for column in zip(*grid_of(head), strict=True):
        cells = list({id(cell): cell for cell in column}.values())
        assert cells[-1].columns == 1
        found.append(tuple(cell.text for cell in cells))
    return found


def test_a_deep_uneven_head_spans_what_it_covers() -> None:
    columns = [
        Leaf("Tổng số"),
        Leaf("Tổng", ("Công lập",)),
        Leaf("Tốt", ("Công lập", "Phân loại", "Đạt")),
        Leaf("Khá", ("Công lập", "Phân loại", "Đạt")),
        Leaf("Không đạt", ("Công lập", "Phân loại")),
        Leaf("Tư thục", measure="trường"),
    ]
    assert head_rows(columns, ("Chỉ tiêu", "Mã số")) == (
        (HeadCell("Chỉ tiêu", 1, 4), HeadCell("Mã số", 1, 4), HeadCell("Tổng số", 1, 4),
         HeadCell("Công lập", 4, 1), HeadCell("Tư thục (trường)", 1, 4)),
        (HeadCell("Tổng", 1, 3), HeadCell("Phân loại", 3, 1)),
        (HeadCell("Đạt", 2, 1), HeadCell("Không đạt", 1, 2)),
        (HeadCell("Tốt"), HeadCell("Khá")),
    )  # fmt: skip


def test_equal_groups_apart_from_each_other_stay_apart() -> None:
    deep = ("Cấp xã", "Công lập")
    columns = [Leaf("Nam", deep), Leaf("Chung"), Leaf("Nữ", deep)]
    assert paths_of(head_rows(columns)) == [(*deep, "Nam"), ("Chung",), (*deep, "Nữ")]


def test_equal_lower_groups_under_different_ones_stay_apart() -> None:
    columns = [Leaf("a", ("Xã", "Công")), Leaf("b", ("Huyện", "Công"))]
    assert [cell.columns for cell in head_rows(columns)[1]] == [1, 1]


names = st.sampled_from(["A", "B", "C"])
leaves = st.lists(st.lists(names, max_size=3).map(tuple), min_size=1, max_size=9).map(
    lambda groups: [Leaf(f"cột {place}", one) for place, one in enumerate(groups)]
)


@given(leaves)
def test_every_column_stands_under_its_own_groups(columns: list[Leaf]) -> None:
    head = head_rows(columns, ("Chỉ tiêu",))
    assert paths_of(head) == [("Chỉ tiêu",), *((*one.groups, one.label) for one in columns)]


@given(leaves)
def test_neighbours_under_equal_groups_share_one_cell(columns: list[Leaf]) -> None:
    grid = grid_of(head_rows(columns))
    for place, (one, other) in enumerate(pairwise(columns)):
        for level in range(len(grid) - 1):
            shared = len(one.groups) > level and one.groups[: level + 1] == other.groups[: level + 1]
            assert (grid[level][place] is grid[level][place + 1]) == shared


@given(leaves)
def test_a_head_copied_from_excel_is_read_as_the_columns_it_was_made_of(columns: list[Leaf]) -> None:
    head = head_rows(columns, ("STT", "Chỉ tiêu"))
    # Excel copies a merged cell as its text and then blanks, to the right and below.
    lines = [_first_of_each(row, above) for above, row in _with_above(grid_of(head))]
    read = pasted_table([*lines, ["1", "Dân số", *["" for _column in columns]]])
    assert read is not None
    assert [(one["group"], one["label"]) for one in read.columns] == [
        (" > ".join(one.groups), one.label) for one in columns
    ]
    assert read.rows[0][:2] == ["1", "Dân số"]


Line = Sequence[HeadCell | None]


def _with_above(grid: Sequence[Line]) -> list[tuple[Line, Line]]:
    return list(zip([[None] * len(grid[0]), *grid[:-1]], grid, strict=True))


def _first_of_each(row: Line, above: Line) -> list[str]:
    return [
        "" if cell is above[place] or (place and cell is row[place - 1]) else str(cell and cell.text)
        for place, cell in enumerate(row)
    ]


def test_marks_stand_under_the_columns_with_letters_for_those_that_name_rows() -> None:
    columns = [Leaf("Tổng", marker="1=2+3"), Leaf("Nam", marker="2"), Leaf("Ghi chú")]
    texts = [cell.text for cell in marker_row(columns, 3)]
    assert texts == ["A", "B", "C", "1=2+3", "2", ""]
    assert marker_row([Leaf("Nam")], 3) == ()


@pytest.mark.parametrize(
    ("typed", "groups"),
    [
        ("", ()),
        (" Cấp xã ", ("Cấp xã",)),
        ("Cấp xã > Công lập>Loại", ("Cấp xã", "Công lập", "Loại")),
        ("a > b > c > d", ("a", "b", "c – d")),
        ("> >", ()),
    ],
)
def test_groups_are_typed_with_signs_between_them(typed: str, groups: tuple[str, ...]) -> None:
    assert groups_of(stored_groups(typed)) == groups


EDUCATION = (
    "TT\tChỉ tiêu\tĐVT\tMã số\tTổng số\tCông lập\t\t\tTư thục\r\n"
    '\t\t\t\t\tTổng\t"Phân\nloại"\t\t\r\n'
    "\t\t\t\t\t\tTốt\tKhá\t\r\n"
    "A\tB\tC\tD\t1=2+5\t2=3+4\t3\t4\t5\r\n"
    "I\tTrường\ttrường\t01\t\t\t\t\t\r\n"
    "1\tMầm non\ttrường\t02\t\t\tx\tx\t\r\n"
)


def test_a_table_copied_whole_gives_columns_marks_and_rows() -> None:
    read = pasted_table(cells_of(EDUCATION))
    assert read is not None
    assert [(one["group"], one["label"], one["marker"]) for one in read.columns] == [
        ("", "Tổng số", "1=2+5"),
        ("Công lập", "Tổng", "2=3+4"),
        ("Công lập > Phân loại", "Tốt", "3"),
        ("Công lập > Phân loại", "Khá", "4"),
        ("", "Tư thục", "5"),
    ]
    assert read.rows == [
        ["I", "Trường", "trường", "01"],
        ["1", "Mầm non", "trường", "02", "", "", "x", "x"],
    ]


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("Chỉ tiêu\tMã số\tĐơn vị tính\tSố", "Dân số\t01\tngười\t"),
        ("Mã số\tChỉ tiêu\tĐVT\tSố", "01\tDân số\tngười\t"),
        ("STT\tMã số\tNội dung\tĐVT\tSố", "1\t01\tDân số\tngười\t"),
        ("Nội dung\tMã số\tSố", "Dân số\t01\t"),
        ("TT\tĐơn vị\tSố", "1\tDân số\t"),
        ("TT\tDanh mục\tĐVT\tSố", "1\tDân số\tngười"),
    ],
)
def test_columns_that_name_the_rows_are_told_by_their_heads(head: str, row: str) -> None:
    read = pasted_table(cells_of(f"{head}\n{row}"))
    assert read is not None
    ((_number, label, measure, code, *_cells),) = ([*one, "", "", ""] for one in read.rows)
    assert label == "Dân số"
    assert measure == ("người" if "người" in row else "")
    assert code == ("01" if "01" in row else "")
    assert [one["label"] for one in read.columns] == ["Số"]


@pytest.mark.parametrize(
    "text",
    ["Xe loa\nChiếu phim", "1\tXe loa\txe\n2\tChiếu phim", "", "STT\n1", "Chỉ tiêu\tĐVT\nDân số\tngười"],
)
def test_rows_alone_are_no_head(text: str) -> None:
    assert pasted_table(cells_of(text)) is None


def test_types_of_pasted_columns_follow_their_names() -> None:
    read = pasted_table(cells_of("TT\tChỉ tiêu\tSố lượng\tTỷ lệ\t% so\tGhi chú\n1\ta"))
    assert read is not None
    assert [one["type"] for one in read.columns] == ["integer", "percent", "percent", "short_text"]

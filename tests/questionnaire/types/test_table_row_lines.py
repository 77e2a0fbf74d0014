"""Rows of tables as lines of text: typed, copied from Excel, shown again and read back."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaire.types import BadSettings
from questionnaire.types.table_row_lines import cells_of, read_rows, row_lines
from questionnaire.types.table_rows import RowKind, rows_of

COLUMNS = ["c1", "c2", "c3"]


def read(
    text: str, previous: Any = (), columns: Any = COLUMNS, before: Any = COLUMNS
) -> list[dict[str, Any]]:
    return read_rows(cells_of(text), list(previous), columns, before)


def outline(text: str) -> list[tuple[int, str, str]]:
    """Return level, title and kind of each row."""
    return [(row.level, row.title, str(row.kind)) for row in rows_of({"rows": read(text)})]


def test_a_row_has_number_label_unit_and_code() -> None:
    (row,) = read("3.1.1.\tTrẻ em dưới 6 tuổi\tngười\t0012")
    assert {name: text for name, text in row.items() if name != "id"} == {
        "number": "3.1.1.", "label": "Trẻ em dưới 6 tuổi", "measure": "người", "code": "0012",
    }  # fmt: skip


HIERARCHY = """\
A\tPhần một
I\tTrường học\ttrường
1\tMầm non\ttrường
1.1\tNhà trẻ\ttrường
1.1.1\tTư thục\ttrường
a\tTrong thôn\ttrường
-\tMới mở\ttrường
+\tCó phép\ttrường
b\tNgoài thôn\ttrường
2\tTiểu học\ttrường
II\tHọc sinh\thọc sinh
B\tPhần hai
1\tKhác"""


def test_numbers_say_how_deep_a_row_stands() -> None:
    assert [level for level, _title, _kind in outline(HIERARCHY)] == [
        0, 1, 2, 3, 4, 5, 6, 7, 5, 2, 1, 0, 1,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("number", "title"),
    [("I", "I. Dân số"), ("1.1", "1.1. Dân số"), ("1.1.", "1.1. Dân số"), ("a)", "a) Dân số"),
     ("(1)", "(1) Dân số"), ("", "Dân số")],
)  # fmt: skip
def test_a_number_is_set_off_from_its_label(number: str, title: str) -> None:
    assert rows_of({"rows": read(f"{number}\tDân số\tngười")})[0].title == title


@pytest.mark.parametrize(
    ("number", "below"),
    [("I.1", "I"), ("II.10", "II"), ("A.I", "A"), ("A1", "A"), ("1.a", "1"), ("1.1.a", "1.1"),
     ("I-1", "I"), ("1a", "1"), ("1.2.3.4.5.6", "1.2.3.4.5")],
)  # fmt: skip
def test_numbers_made_of_several_are_numbers_and_stand_below_the_first(number: str, below: str) -> None:
    rows = rows_of({"rows": read(f"{below}\tTrên\tngười\n{number}\tDưới\tngười\n\tKhác\tngười")})
    assert [(row.number, row.label) for row in rows] == [(below, "Trên"), (number, "Dưới"), ("", "Khác")]
    assert [row.level for row in rows[:2]] == [0, 1]


def test_a_number_typed_before_a_label_is_set_apart() -> None:
    rows = rows_of({"rows": read("I. Trường\n1.1. Mầm non\na) Công lập\n2026 là năm\n5 xã\nTrường A")})
    assert [(row.number, row.label) for row in rows] == [
        ("I.", "Trường"), ("1.1.", "Mầm non"), ("a)", "Công lập"), ("", "2026 là năm"), ("", "5 xã"),
        ("", "Trường A"),
    ]  # fmt: skip


def test_rows_without_numbers_begin_with_their_label() -> None:
    rows = rows_of({"rows": read("Dân số\tngười\t01\nDiện tích\tha\t02")})
    assert [(row.label, row.measure, row.code) for row in rows] == [
        ("Dân số", "người", "01"), ("Diện tích", "ha", "02"),
    ]  # fmt: skip


def test_cells_of_several_lines_are_one_label() -> None:
    text = '1\t"Số hộ ""nghèo""\nvà cận nghèo"\thộ\r\n2\t"Số ""xã"\t\r\n3\tSố "thôn" mới\tthôn'
    assert [line[1] for line in cells_of(text)] == [
        'Số hộ "nghèo" và cận nghèo', 'Số "xã', 'Số "thôn" mới',
    ]  # fmt: skip


def test_reading_a_hostile_text_takes_no_time() -> None:
    assert cells_of('"' + "\n" * 60_000 + "a") == [['"'], ["a"]]
    assert len(cells_of('"a\n' * 20_000)) >= 1


def test_words_say_what_a_row_is_for() -> None:
    assert outline(
        "1\tDân số\tngười\n\tChia ra:\n-\tNam\tngười\n-\tNữ\tngười\n"
        "\tTrong đó:\n-\tTrẻ em\tngười\n2\tPhần khác:\n\tTổng\tngười\t\tcộng"
    ) == [
        (0, "1. Dân số", "input"), (1, "Chia ra:", "parts"), (2, "-. Nam", "input"),
        (2, "-. Nữ", "input"), (1, "Trong đó:", "within"), (2, "-. Trẻ em", "input"),
        (0, "2. Phần khác:", "label"), (1, "Tổng", "sum"),
    ]  # fmt: skip


def test_a_row_without_code_among_coded_ones_has_words_only() -> None:
    rows = rows_of({"rows": read("I\tDân số\n1\tNam\tngười\t01\n2\tNữ\tngười\t02\n3\tTrẻ\tngười\t03")})
    assert [row.kind for row in rows] == ["label", "input", "input", "input"]
    assert not rows[0].has_cells


def test_crosses_close_cells_in_the_order_of_the_columns() -> None:
    text = "1\tA\txe\t01\tnhập\tx\t\tX\n2\tB\txe\t02\t\t×\n3\tC\txe\t03\tchữ\tx\tx"
    assert [row.get("closed") for row in read(text)] == [["c1", "c3"], ["c2"], None]


def test_crosses_beside_columns_that_aren_t_there_are_left_out() -> None:
    assert "closed" not in read("1\tA\txe\t01\t\t\t\t\t\tx")[0]


def test_crosses_stay_with_their_columns_when_these_move() -> None:
    before = read("1\tA\txe\t01\tnhập\tx\n2\tB\txe\t02")
    text = row_lines(before, COLUMNS)
    moved = read(text, before, columns=["c3", "c2", "c1"], before=COLUMNS)
    assert moved[0]["closed"] == ["c1"]
    fewer = read(text, before, columns=["c2"], before=COLUMNS)
    assert fewer[0].get("closed", []) == []


FOUR = "1\tMột\tcái\t01\n2\tHai\tcái\t02\n3\tBa\tcái\t03\n4\tBốn\tcái\t04"


def ids_after(text: str, before: str = FOUR) -> list[str]:
    """Return which rows of `before` go on in `text`, by their label; "" for new ones."""
    old = read(before)
    names = {row["id"]: row["label"] for row in old}
    return [names.get(row["id"], "") for row in read(text, old)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (FOUR, ["Một", "Hai", "Ba", "Bốn"]),
        # Pasted again in another order, numbered anew.
        ("1\tBốn\tcái\t04\n2\tMột\tcái\t01", ["Bốn", "Một"]),
        # Numbers and codes shifted by a row in between.
        ("1\tMột\tcái\t01\n2\tMới\tcái\t02\n3\tHai\tcái\t03\n4\tBa\tcái\t04\n5\tBốn\tcái\t05",
         ["Một", "", "Hai", "Ba", "Bốn"]),
        # Reworded where it stands.
        ("1\tMột\tcái\t01\n2\tHai mới\tcái\t02\n3\tBa\tcái\t03\n4\tBốn\tcái\t04",
         ["Một", "Hai", "Ba", "Bốn"]),
        # Reworded, while another comes before it.
        ("1\tKhông\n2\tMột\n3\tHai chiếc\n4\tBa\n5\tBốn", ["", "Một", "Hai", "Ba", "Bốn"]),
        # Reworded, while one before it goes.
        ("Hai\nBa chiếc\nBốn", ["Hai", "Ba", "Bốn"]),
        # Reworded and moved, known by its code.
        ("1\tBa chiếc\tcái\t03\n2\tMột\tcái\t01\n3\tHai\tcái\t02", ["Ba", "Một", "Hai"]),
        # One goes and others come: none of them takes its place.
        ("Một\nLạ\nKhác hẳn\nBa\nBốn", ["Một", "", "", "Ba", "Bốn"]),
    ],
)  # fmt: skip
def test_rows_go_on_when_they_are_pasted_again(text: str, expected: list[str]) -> None:
    assert ids_after(text) == expected


def test_rows_of_one_label_are_told_apart_by_what_they_stand_under() -> None:
    before = "I\tNam\n1\tTrẻ em\tngười\t01\nII\tNữ\n1\tTrẻ em\tngười\t02"
    old = read(before)
    ids = [row["id"] for row in old]
    again = read("II\tNữ\n1\tTrẻ em\tngười\t02\nI\tNam\n1\tTrẻ em\tngười\t01", old)
    assert [row["id"] for row in again] == [ids[2], ids[3], ids[0], ids[1]]
    bare = "I\tNam\n1\tTrẻ em\tngười\nII\tNữ\n1\tTrẻ em\tngười"
    old = read(bare)
    ids = [row["id"] for row in old]
    again = read("II\tNữ\n1\tTrẻ em\tngười\nI\tNam\n1\tTrẻ em\tngười", old)
    assert [row["id"] for row in again] == [ids[2], ids[3], ids[0], ids[1]]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "ít nhất một dòng"),
        ("\t\t\n \t", "ít nhất một dòng"),
        ("Dân số\nDÂN SỐ", "“DÂN SỐ” có hai lần"),
        ("1\tDân số\tngười\t01\n1\tDân số\tngười\t01", "“Dân số” có hai lần"),
        ("\n".join(f"Dòng {place}" for place in range(301)), "Nhiều nhất 300 dòng"),
    ],
)
def test_rows_that_make_no_table_are_refused(text: str, message: str) -> None:
    with pytest.raises(BadSettings, match=message) as refused:
        read(text)
    assert set(refused.value.fields) == {"rows"}


def test_the_same_label_may_stand_under_several_headings() -> None:
    rows = read("1\tTuyển mới\tngười\n\tTrong đó: nữ\n2\tThôi việc\tngười\n\tTrong đó: nữ")
    assert len({row["id"] for row in rows}) == 4


def test_long_cells_are_cut_and_deep_rows_held() -> None:
    long = read(f"1\t{'d' * 400}\t{'m' * 90}\t{'c' * 90}")[0]
    assert len(long["label"]) == 300
    assert max(len(long.get(name, "")) for name in ("number", "measure", "code")) <= 60
    deep = "\n".join(f"{'  ' * level}dòng {level}" for level in range(12))
    assert [row.get("level", 0) for row in read(deep)] == [0, 1, 2, 3, 4, 5, 6, 7, 8, 8, 8, 8]


numbers = st.sampled_from(["", "I", "II", "A", "1", "2.", "1.1", "a)", "-", "+", "I.1"])
labels = st.sampled_from(["Dân số", "Chia ra:", "Trong đó:", "Nam", "Nữ", "Phần:", "a | b", "1. x", "x"])
drafts = st.lists(
    st.tuples(numbers, labels, st.sampled_from(["", "xe"]), st.sampled_from(["", "01"]),
              st.sampled_from(["", *RowKind]), st.integers(0, 3), st.sets(st.sampled_from(COLUMNS))),
    min_size=1, max_size=8,
)  # fmt: skip


@given(drafts)
def test_stored_rows_come_back_from_the_text_that_shows_them(given_rows: Any) -> None:
    rows = []
    least = min(level for *_names, level, _closed in given_rows)
    for place, (number, label, measure, code, kind, level, closed) in enumerate(given_rows):
        own = label if label[-1] == ":" else f"{label} {place}"
        row: dict[str, Any] = {"id": f"r{place}", "label": own}
        row |= {name: text for name, text in
                (("number", number), ("measure", measure), ("code", code)) if text}  # fmt: skip
        if level > least:
            row["level"] = level - least
        if kind and kind != RowKind.INPUT:
            row["kind"] = str(kind)
        if closed and kind in {"", RowKind.INPUT, RowKind.SUM}:
            row["closed"] = [one for one in COLUMNS if one in closed]
        rows.append(row)
    again, refusal = rows, "có hai lần"
    try:
        again = read(row_lines(rows, COLUMNS), rows)
    except BadSettings as refused:
        refusal = refused.fields["rows"]
    assert again == rows
    assert "có hai lần" in refusal


@given(st.text("abI1.-x\t\n| \"", max_size=80))
def test_no_text_raises_anything_but_a_refusal(text: str) -> None:
    try:
        rows = read(text)
    except BadSettings:
        return
    assert read(row_lines(rows, COLUMNS), rows) == rows

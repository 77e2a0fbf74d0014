"""Columns that are reckoned: said by a formula in the mark, or chosen and named."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaire.types import BadSettings
from questionnaire.types.table_design import clean_columns, column_lines
from questionnaire.types.table_formulas import mark_key


def line(label: str, marker: str = "", **more: Any) -> dict[str, Any]:
    return {"label": label, "type": "integer", "marker": marker, **more}


def columns(*lines: dict[str, Any], before: Any = ()) -> list[dict[str, Any]]:
    return clean_columns(lines, list(before))


def computed(*lines: dict[str, Any], at: int = 0) -> dict[str, Any] | None:
    """Return how the column at a place is reckoned, with the labels of the columns it needs."""
    found = columns(*lines)
    labels = {one["id"]: one["label"] for one in found}
    stored = found[at].get("compute")
    if stored is None:
        return None
    return {
        name: kind if name == "kind" else [labels[one] for one in kind]
        for name, kind in stored.items()
    }


ABC = (line("a", "1"), line("b", "2"), line("c", "3"), line("d", "22"))


@pytest.mark.parametrize(
    ("marker", "expected"),
    [
        ("4=1+3+22", {"kind": "sum", "plus": ["a", "c", "d"]}),
        ("4 = 1 + 2", {"kind": "sum", "plus": ["a", "b"]}),
        ("(4)=(1)+(2)-(3)", {"kind": "sum", "plus": ["a", "b"], "minus": ["c"]}),
        ("4=1–2", {"kind": "sum", "plus": ["a"], "minus": ["b"]}),
        ("4=1+...+22", {"kind": "sum", "plus": ["a", "b", "c", "d"]}),
        ("4=1+…+3", {"kind": "sum", "plus": ["a", "b", "c"]}),
        ("4(=2*100/3)", {"kind": "percent", "plus": ["b"], "over": ["c"]}),
        ("4=2/3*100", {"kind": "percent", "plus": ["b"], "over": ["c"]}),
        ("4=2/3×100%", {"kind": "percent", "plus": ["b"], "over": ["c"]}),
        ("4=(1+2)*100/(3+22)", {"kind": "percent", "plus": ["a", "b"], "over": ["c", "d"]}),
        ("4=2:3", {"kind": "ratio", "plus": ["b"], "over": ["c"]}),
        ("4=TB(1;2;3)", {"kind": "mean", "plus": ["a", "b", "c"]}),
        ("4", None),
        ("(4)", None),
        ("A", None),
    ],
)
def test_formulas_in_marks_work(marker: str, expected: Any) -> None:
    assert computed(*ABC, line("x", marker), at=4) == expected


@pytest.mark.parametrize(
    ("marker", "name"),
    [
        ("4=1+99", "99"),
        ("4=13", "13"),
        ("4(=2*100/5)", "5"),
        ("4=TB(1;7)", "7"),
        ("4=1+...+9", "9"),
    ],
)
def test_a_formula_with_an_unknown_mark_names_the_column_the_mark_and_what_is_unknown(
    marker: str, name: str
) -> None:
    with pytest.raises(BadSettings) as refused:
        columns(*ABC, line("Tổng số", marker))
    message = refused.value.fields["columns"]
    assert "“Tổng số”" in message
    assert f"“{marker}”" in message
    assert f"“{name}”" in message


@pytest.mark.parametrize(
    "marker", ["4=1*2", "4=1+", "4=((1)", "4=SUM(1;2)", "4=1/2/3", "4=-", "4=1/(2-3)"]
)
def test_a_formula_that_can_t_be_read_is_refused_with_its_column(marker: str) -> None:
    with pytest.raises(BadSettings, match="“Tổng số”") as refused:
        columns(*ABC, line("Tổng số", marker))
    assert marker in refused.value.fields["columns"]


def test_a_mark_that_only_looks_like_a_formula_stays_where_the_column_is_said_to_be_typed() -> None:
    found = columns(*ABC, line("x", "4=13+99", compute="apart"))[4]
    assert ("compute" in found, found["marker"], found["sums"]) == (False, "4=13+99", False)


@pytest.mark.parametrize("marker", ["1=2+1", "1=1", "1(=1*100/2)"])
def test_a_column_isn_t_reckoned_from_itself(marker: str) -> None:
    with pytest.raises(BadSettings, match="“x” được tính từ chính nó"):
        columns(line("x", marker), line("y", "2"))


def test_a_circle_over_several_columns_is_refused() -> None:
    with pytest.raises(BadSettings, match="được tính từ chính nó"):
        columns(line("x", "1=2"), line("y", "2=3"), line("z", "3=1"))


@pytest.mark.parametrize(
    "part",
    [
        {"type": "percent"},
        {"type": "short_text"},
        {"compute": "apart"},
        {"marker": "2=3*100/4"},
        {"marker": "2=TB(3;4)"},
    ],
)
def test_what_can_t_be_added_up_isn_t_part_of_a_sum(part: dict[str, Any]) -> None:
    lines = (line("x", "1=2+3"), {**line("y", "2"), **part}, line("z", "3"), line("t", "4"))
    with pytest.raises(BadSettings, match="“x” không thể tính từ cột “y”"):
        columns(*lines)


def test_sums_of_sums_are_one_chain() -> None:
    lines = (line("x", "1=2+3"), line("y", "2=3+4"), line("z", "3"), line("t", "4"))
    assert computed(*lines) == {"kind": "sum", "plus": ["y", "z"]}
    assert computed(*lines, at=1) == {"kind": "sum", "plus": ["z", "t"]}


@pytest.mark.parametrize(
    ("way", "parts", "expected"),
    [
        ("sum", "a; b", {"kind": "sum", "plus": ["a", "b"]}),
        ("sum", "1+3", {"kind": "sum", "plus": ["a", "c"]}),
        ("sum", "a; -b", {"kind": "sum", "plus": ["a"], "minus": ["b"]}),
        ("difference", "a; b", {"kind": "sum", "plus": ["a"], "minus": ["b"]}),
        ("percent", "1; 2", {"kind": "percent", "plus": ["a"], "over": ["b"]}),
        ("ratio", "a; 22", {"kind": "ratio", "plus": ["a"], "over": ["d"]}),
        ("mean", "1; 2; 3", {"kind": "mean", "plus": ["a", "b", "c"]}),
        ("mean", "1+2", {"kind": "mean", "plus": ["a", "b"]}),
    ],
)
def test_ways_are_chosen_and_columns_named(way: str, parts: str, expected: Any) -> None:
    assert computed(*ABC, line("x", compute=way, parts=parts), at=4) == expected


@pytest.mark.parametrize(
    ("way", "parts", "message"),
    [
        ("sum", "", "“x”: ghi các cột dùng để tính"),
        ("sum", "a; q", "“x”: không có cột nào tên “q”"),
        ("percent", "a", "“x”: ghi đúng hai cột"),
        ("percent", "a; b; c", "“x”: ghi đúng hai cột"),
        ("difference", "a", "“x”: ghi đúng hai cột"),
        ("mean", "a; -b", "“x”: ghi các cột"),
    ],
)
def test_ways_without_the_columns_that_they_need_are_refused(
    way: str, parts: str, message: str
) -> None:
    with pytest.raises(BadSettings, match=message):
        columns(*ABC, line("x", compute=way, parts=parts))


def test_a_name_that_two_columns_have_is_said_with_its_group() -> None:
    lines = (
        {**line("Số"), "group": "Nam"},
        {**line("Số"), "group": "Nữ"},
        line("x", compute="sum", parts="Nam > Số; Nữ > Số"),
    )
    found = columns(*lines)
    assert found[2]["compute"]["plus"] == [found[0]["id"], found[1]["id"]]
    with pytest.raises(BadSettings, match="“Số”"):
        columns(*lines[:2], line("x", compute="sum", parts="Số"))


def test_renaming_a_column_leaves_what_is_reckoned_from_it() -> None:
    before = columns(line("a"), line("b"), line("x", compute="sum", parts="a; b"))
    lines = column_lines(before)
    lines[0]["label"] = "đổi tên"
    # The line of the sum still names it as it was called when the page was shown.
    after = columns(*lines, before=before)
    assert [one["id"] for one in after] == [one["id"] for one in before]
    assert after[2]["compute"] == before[2]["compute"]


def test_types_of_reckoned_columns_follow_their_parts() -> None:
    money = {"type": "money"}
    lines = (
        line("a", "1") | money, line("b", "2") | money, line("c", "3"),
        line("d", "4") | {"type": "decimal"},
        line("m", "5=1+2"), line("n", "6=1+3"), line("o", "7=3+4"), line("p", "8=1/3*100"),
        line("q", "9=1/3"), line("r", "10=TB(1;2)"),
    )  # fmt: skip
    assert [one["type"] for one in columns(*lines)[4:]] == [
        "money", "decimal", "decimal", "percent", "decimal", "decimal",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("marker", "key"),
    [("1", "1"), ("(1)", "1"), ("1=4+13", "1"), ("4(=2*100/3)", "4"), ("(3)=(1)+(2)", "3"), ("A", "A"),
     ("15.1", "15.1")],
)  # fmt: skip
def test_formulas_call_columns_by_the_key_of_their_mark(marker: str, key: str) -> None:
    assert mark_key(marker) == key


signs = st.sampled_from(["+", "-"])
marks = st.sampled_from(["1", "2", "3", "22"])


@given(st.lists(st.tuples(signs, marks), min_size=1, max_size=6), st.sampled_from(["sum", "percent"]))
def test_what_the_designer_is_shown_is_read_back_as_the_same(
    terms: list[tuple[str, str]], kind: str
) -> None:
    text = "".join(sign + mark for sign, mark in terms).removeprefix("+")
    marker = f"9={text}" if kind == "sum" else f"9=({text})*100/(1+2)"
    before = columns(*ABC, line("x", marker))
    for unmarked in (False, True):
        shown = column_lines(before)
        if unmarked:
            shown[4]["marker"] = ""
        after = columns(*shown, before=before)
        assert after[4]["compute"] == before[4]["compute"]


text = st.text("0123456789abxy+-*/()=%:;. …TB", max_size=40)


@given(text)
def test_no_mark_raises_anything_but_a_refusal(marker: str) -> None:
    refused = {"columns": ""}
    found: list[dict[str, Any]] = []
    try:
        found = columns(*ABC, line("x", marker), line("y", compute="sum", parts=marker or "a"))
    except BadSettings as why:
        refused = why.fields
    assert len(found) in {0, 6}
    assert set(refused) == {"columns"}

"""Tables whose rows the secretariat gives."""

from decimal import Decimal
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from documents.blocks import HeadCell, Table, Total
from questionnaire.answers import NO_DATA, typed
from questionnaire.checks import problems_of
from questionnaire.definition import Question
from questionnaire.types import BadCell, BadSettings, BadValue, get
from questionnaire.types.fixed_table import FixedTable
from questionnaire.types.table_columns import new_column

TABLE = FixedTable()
SO = {**new_column("so", "Số buổi", "integer"), "group": "Tổ chức", "measure": "buổi"}
KINH_PHI = {**new_column("kp", "Kinh phí", "decimal"), "group": "Tổ chức"}
TY_LE = new_column("tl", "Tỷ lệ", "percent")
GHI_CHU = new_column("gc", "Ghi chú", "short_text")
SETTINGS: dict[str, Any] = {
    "columns": [SO, KINH_PHI, TY_LE, GHI_CHU],
    "rows": [{"id": "r1", "label": "Văn nghệ"}, {"id": "r2", "label": "Thể thao"}],
    "total": True,
}
QUESTION = Question("q", "fixed_table", "Hoạt động", summing="sum", settings=SETTINGS)


def value(**rows: Any) -> dict[str, Any]:
    return {"rows": rows}


def test_the_page_sends_each_cell_by_row_and_column() -> None:
    sent = MultiDict(
        [("q-r1-so", "1.200"), ("q-r1-kp", "7,5"), ("q-r1-gc", " "), ("q-r2-so", "abc"),
         ("q-r2-tl", "0"), ("q-r9-so", "5")]
    )  # fmt: skip
    assert TABLE.read(sent, "q", SETTINGS) == value(
        r1={"so": 1200, "kp": "7.5"}, r2={"so": typed("abc"), "tl": "0"}
    )


def test_blank_cells_are_not_stored_and_a_blank_table_is_no_answer() -> None:
    assert TABLE.read(MultiDict([("q-r1-so", ""), ("q-r2-gc", "  ")]), "q", SETTINGS) is None
    assert TABLE.is_empty({"rows": {}})
    assert not TABLE.is_empty(value(r1={"so": 0}))


def test_a_table_isn_t_typed_as_one_text() -> None:
    assert TABLE.parse(" ", SETTINGS) is None
    with pytest.raises(BadValue, match="từng ô"):
        TABLE.parse("5", SETTINGS)


def test_a_box_for_no_data_counts_for_its_cell_alone() -> None:
    assert TABLE.read(MultiDict([("q-r1-so-none", "1")]), "q", SETTINGS) == value(r1={"so": NO_DATA})


def test_what_is_wrong_is_said_by_row_and_column() -> None:
    given = value(r1={"so": typed("7,5"), "gc": "x" * 301}, r2={"so": 3})
    found = TABLE.cell_problems(given, SETTINGS)
    assert set(found) == {("r1", "so"), ("r1", "gc")}
    assert "“7,5” không phải số nguyên" in found["r1", "so"]
    messages = [one.message for one in problems_of(QUESTION, given)]
    assert messages[0].startswith("Văn nghệ – Số buổi: “7,5” không phải số nguyên")
    assert len(messages) == 2


def test_cells_of_rows_or_columns_that_are_gone_do_no_harm() -> None:
    given = value(r9={"so": 1}, r1={"zz": 5, "so": 2})
    assert TABLE.problems(given, SETTINGS) == []
    assert TABLE.as_text(given, SETTINGS) == "Văn nghệ – Số buổi: 2"
    assert TABLE.summarise([given], SETTINGS).cells["r1", "so"].figures["sum"] == 2
    assert TABLE.to_cells(given, SETTINGS)[0] == 2
    assert TABLE.column_totals(value(r1={"so": 2}), SETTINGS)["so"] == "2"


def test_the_head_has_two_rows_where_columns_stand_in_groups() -> None:
    assert TABLE.head(SETTINGS) == (
        (HeadCell("Nội dung", 1, 2), HeadCell("Tổ chức", 2, 1), HeadCell("Tỷ lệ", 1, 2),
         HeadCell("Ghi chú", 1, 2)),
        (HeadCell("Số buổi (buổi)"), HeadCell("Kinh phí")),
    )  # fmt: skip


def test_the_head_has_one_row_without_groups() -> None:
    assert TABLE.head({**SETTINGS, "columns": [TY_LE]}) == ((HeadCell("Nội dung"), HeadCell("Tỷ lệ")),)


def test_the_total_row_of_one_answer_adds_up_what_can_be() -> None:
    given = value(r1={"so": 1200, "kp": "0.1", "tl": "50"}, r2={"so": 1, "kp": "0.2", "gc": "x"})
    assert TABLE.column_totals(given, SETTINGS) == {"so": "1.201", "kp": "0,3"}
    assert TABLE.column_totals(None, SETTINGS) == {"so": "", "kp": ""}


def test_the_total_row_leaves_out_text_that_is_no_number() -> None:
    given = value(r1={"so": typed("x")}, r2={"so": 4})
    assert TABLE.column_totals(given, SETTINGS)["so"] == "4"


def test_the_summary_keeps_a_figure_for_each_cell() -> None:
    summary = TABLE.summarise([value(r1={"so": 2, "kp": "1.5"}), None, value(r1={"so": 3})], SETTINGS)
    assert summary.answered == 2
    assert summary.cells["r1", "so"].figures["sum"] == 5
    assert summary.cells["r1", "kp"].figures["sum"] == Decimal("1.5")
    assert summary.cells["r2", "so"].figures == {}


def test_the_summary_sheet_has_a_total_for_each_cell_and_a_row_of_grand_totals() -> None:
    summary = TABLE.summarise([value(r1={"so": 2}, r2={"so": 5})], SETTINGS)
    (table,) = TABLE.summary_blocks(QUESTION, summary)
    assert isinstance(table, Table)
    assert [row[0] for row in table.rows] == ["Văn nghệ", "Thể thao", "Tổng cộng"]
    first, grand = table.rows[0][1], table.rows[2][1]
    assert isinstance(first, Total)
    assert isinstance(grand, Total)
    assert (first.columns, first.value) == (("q.r1.so",), 2)
    assert (grand.columns, grand.value) == (("q.r1.so", "q.r2.so"), 7)
    assert table.rows[2][3:] == (None, None)
    assert table.strong_rows == {2}


def test_without_a_total_row_there_is_none() -> None:
    question = Question("q", "fixed_table", "x", settings={**SETTINGS, "total": False})
    (table,) = TABLE.summary_blocks(question, TABLE.summarise([], question.settings))
    assert isinstance(table, Table)
    assert (len(table.rows), table.strong_rows) == (2, frozenset())


def test_columns_of_the_workbook_go_row_by_row() -> None:
    columns = TABLE.columns(QUESTION)
    assert [one.key for one in columns[:5]] == ["q.r1.so", "q.r1.kp", "q.r1.tl", "q.r1.gc", "q.r2.so"]
    assert columns[0].headings == ("Hoạt động", "Văn nghệ", "Tổ chức – Số buổi")
    assert (columns[0].measure, columns[0].summing, columns[2].summing) == ("buổi", "sum", "none")


def test_a_bad_cell_is_named_with_its_column() -> None:
    with pytest.raises(BadCell, match="Số buổi: “x” không phải số nguyên"):
        TABLE.from_cells(["x", *[None] * 7], SETTINGS)


def test_a_document_shows_the_table_blank_or_filled() -> None:
    (blank,), (filled,) = TABLE.to_blocks(None, SETTINGS), TABLE.to_blocks(value(r1={"so": 5}), SETTINGS)
    assert isinstance(blank, Table)
    assert isinstance(filled, Table)
    assert blank.rows[0] == ("Văn nghệ", "", "", "", "")
    assert filled.rows[0] == ("Văn nghệ", "5", "", "", "")


def lines(*columns: dict[str, Any]) -> list[dict[str, Any]]:
    return [dict(one) for one in columns]


def changed(**data: Any) -> dict[str, Any]:
    return TABLE.clean_settings({**TABLE.form_settings(SETTINGS), **data}, SETTINGS)


def test_reworded_rows_and_columns_keep_their_ids() -> None:
    after = changed(
        rows="Văn nghệ quần chúng\nThể thao\nDu lịch",
        columns=lines({"id": "so", "label": "Số cuộc", "type": "integer"}, {"label": "Mới"}),
    )
    assert [row["id"] for row in after["rows"][:2]] == ["r1", "r2"]
    assert after["columns"][0]["id"] == "so"
    assert after["columns"][1]["id"] not in {"so", "kp", "tl", "gc"}


def test_a_column_of_another_type_is_another_column() -> None:
    after = changed(columns=lines({"id": "so", "label": "Số buổi", "type": "short_text"}))
    assert after["columns"][0]["id"] != "so"


def test_a_stranger_s_id_is_not_taken_over() -> None:
    sent = lines({"id": "<x>", "label": "a"}, {"id": "so", "label": "b"}, {"id": "so", "label": "c"})
    ids = [one["id"] for one in changed(columns=sent)["columns"]]
    assert ids[1] == "so"
    assert "<x>" not in ids
    assert len(set(ids)) == 3


def test_a_column_with_options_keeps_their_ids() -> None:
    before = changed(columns=lines({"label": "Loại", "type": "one_choice", "options": "A; B"}))
    (line, *_spare) = TABLE.form_settings(before)["columns"]
    assert line["options"] == "A; B"
    after = TABLE.clean_settings(
        {**TABLE.form_settings(before), "columns": [{**line, "options": "A; C; B"}]}, before
    )
    old, new = (one["columns"][0]["settings"]["options"] for one in (before, after))
    assert (new[0], new[2]) == (old[0], old[1])


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"rows": " \n"}, "ít nhất một dòng"),
        ({"rows": "a\nA"}, "“A” có hai lần"),
        ({"rows": "\n".join(map(str, range(301)))}, "Nhiều nhất 300 dòng"),
        ({"columns": []}, "ít nhất một cột"),
        ({"columns": [{"label": "a"}, {"label": "a"}]}, "“a” có hai lần"),
        ({"columns": [{"label": "a", "type": "fixed_table"}]}, "không dùng được trong bảng"),
        ({"columns": [{"label": "a", "type": "one_choice", "options": "x"}]}, "ít nhất hai lựa chọn"),
    ],
)
def test_tables_that_make_no_sense_are_refused(data: dict[str, Any], message: str) -> None:
    with pytest.raises(BadSettings, match=message):
        changed(**data)


def test_equal_names_in_different_groups_are_two_columns() -> None:
    after = changed(columns=lines({"group": "Nam", "label": "Số"}, {"group": "Nữ", "label": "Số"}))
    assert len(after["columns"]) == 2


def test_it_is_the_registered_one() -> None:
    assert type(get("fixed_table")) is FixedTable

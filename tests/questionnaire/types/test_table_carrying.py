"""Columns that take figures from earlier rounds: plan, the same time last year, what came so far."""

from typing import Any

import pytest
from flask import Flask

from questionnaire.types import BadSettings, get
from questionnaire.types.table_carrying import carries

pytestmark = [
    pytest.mark.usefixtures("app"),
    pytest.mark.parametrize("app", ["sqlite"], indirect=True),
]

TABLE = get("fixed_table")
LINES = [
    {"label": "Kế hoạch năm", "type": "integer", "marker": "1", "compute": "last", "parts": ""},
    {"label": "Cùng kỳ", "type": "integer", "marker": "2", "compute": "year", "parts": "4"},
    {"label": "Luỹ kế trước", "type": "integer", "marker": "3", "compute": "year_to_date",
     "parts": "Luỹ kế"},
    {"label": "Thực hiện", "type": "integer", "marker": "4"},
    {"label": "Luỹ kế", "type": "integer", "marker": "5=3+4"},
    {"label": "Ghi chú", "type": "short_text", "compute": "last"},
]  # fmt: skip


def made(lines: list[dict[str, str]] = LINES, previous: Any = None) -> dict[str, Any]:
    data = {"columns": lines, "rows": "Số vụ\nSố người\nGhi chung:", "total": ""}
    return TABLE.clean_settings(data, previous or TABLE.default_settings())


@pytest.fixture
def settings(app: Flask) -> dict[str, Any]:
    return made()


def answer(settings: dict[str, Any], *rows: dict[str, Any]) -> dict[str, Any]:
    """Return an answer; each row names its cells by the labels of the columns."""
    ids = {one["label"]: one["id"] for one in settings["columns"]}
    return {"rows": {
        row["id"]: {ids[label]: value for label, value in cells.items()}
        for row, cells in zip(settings["rows"], rows, strict=False) if cells
    }}  # fmt: skip


def test_figures_of_earlier_rounds_stand_in_the_columns_that_ask_for_them(
    settings: dict[str, Any],
) -> None:
    last = answer(settings, {"Kế hoạch năm": 100, "Luỹ kế trước": 20, "Thực hiện": 5, "Ghi chú": "a"})
    year = answer(settings, {"Thực hiện": 7}, {"Thực hiện": 0})
    found = TABLE.carried({"last": last, "year": year, "year_to_date": last}, settings)
    assert found == answer(
        settings,
        {"Kế hoạch năm": 100, "Cùng kỳ": 7, "Luỹ kế trước": 25, "Ghi chú": "a"},
        {"Cùng kỳ": 0},
    )
    assert carries(settings["columns"]) == {"last", "year", "year_to_date"}


@pytest.mark.parametrize(
    "value", [None, {"typed": "lạ"}, {"none": True}, {"rows": {"khác": {"lạ": 1}}}]
)
def test_what_was_no_figure_is_not_carried(settings: dict[str, Any], value: Any) -> None:
    assert TABLE.carried(dict.fromkeys(("last", "year", "year_to_date"), value), settings) is None
    cell = answer(settings, {"Kế hoạch năm": {"none": True}, "Ghi chú": {"typed": "x"}})
    assert TABLE.carried({"last": cell}, settings) is None


def test_the_designer_shows_what_is_carried_and_renaming_leaves_it(settings: dict[str, Any]) -> None:
    shown = TABLE.form_settings(settings)
    assert [(one.get("compute"), one.get("parts")) for one in shown["columns"][:3]] == [
        ("last", ""), ("year", "4"), ("year_to_date", "5"),
    ]  # fmt: skip
    shown["columns"][3] |= {"label": "Làm được", "marker": ""}
    again = TABLE.clean_settings(shown, settings)
    assert [one.get("carry") for one in again["columns"]] == [
        one.get("carry") for one in settings["columns"]
    ]


def test_a_column_of_another_kind_or_name_is_not_carried() -> None:
    with pytest.raises(BadSettings, match="không có cột nào tên “9”"):
        made([*LINES[:1], {**LINES[1], "parts": "9"}, *LINES[2:]])
    with pytest.raises(BadSettings, match="không lấy được từ cột “Thực hiện”"):
        made([*LINES[:5], {**LINES[5], "parts": "Thực hiện"}])

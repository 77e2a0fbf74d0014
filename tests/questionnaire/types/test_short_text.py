"""Texts of one line, and what both kinds of text share."""

from datetime import date

from questionnaire.types import get

SHORT = get("short_text")
NONE = SHORT.default_settings()


def test_text_comes_clean_and_on_one_line() -> None:
    assert SHORT.parse("  Nhà \n văn\u200b hóa ", NONE) == "Nhà văn hóa"
    assert SHORT.parse(" \t ", NONE) is None


def test_text_that_looks_like_a_formula_stays_as_it_is() -> None:
    assert SHORT.to_cells(SHORT.parse("=1+1", NONE), NONE) == ["=1+1"]


def test_too_long_a_text_is_a_problem_and_nothing_is_cut() -> None:
    assert SHORT.problems("x" * 300, NONE) == []
    assert SHORT.problems("x" * 301, NONE) == ["Dài 301 ký tự; nhiều nhất 300. Hãy viết gọn lại."]
    assert SHORT.parse("x" * 301, NONE) == "x" * 301


def test_the_length_is_a_setting_with_a_default() -> None:
    assert SHORT.clean_settings({"longest": 40}, {})["longest"] == 40
    assert SHORT.clean_settings({"longest": None}, {})["longest"] == 300


def test_cells_that_excel_made_numbers_or_dates_of_read_as_text() -> None:
    read = [SHORT.from_cells([cell], NONE) for cell in (12.0, 12, 1.5, date(2026, 12, 5), None, " a ")]
    assert read == ["12", "12", "1.5", "05/12/2026", None, "a"]


def test_the_summary_counts_answers_and_has_no_figures() -> None:
    summary = SHORT.summarise(["a", None, "", "b"], NONE)
    assert (summary.answered, summary.figures) == (2, {})

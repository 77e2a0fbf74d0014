"""Numbers, dates and text as people in Vietnam write and sort them."""

import unicodedata
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import clock, vietnamese
from core.clock import ZONE
from core.vietnamese import clean_text, parse_date, parse_decimal, parse_integer, search_key

WHOLE = st.integers(-(10**15), 10**15)
DECIMALS = st.decimals(min_value=-(10**12), max_value=10**12, places=6)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0), ("-0", 0), ("1250", 1250), ("1.250", 1250), ("1 250", 1250), ("+7", 7),
        ("1.234.567", 1_234_567), (" 12 ", 12), ("12,0", 12), ("1.250,00", 1250),
        ("−5", -5), ("–5", -5), ("1\u00a0250", 1250), ("\u200b3", 3), ("007", 7),
    ],
)  # fmt: skip
def test_a_whole_number_is_read_as_people_type_it(text: str, number: int) -> None:
    assert parse_integer(text) == number


@pytest.mark.parametrize(
    "text",
    ["", "7,5", "1.25", "1,250", "12.5", "abc", "1e3", "12 34", "1..250", "--1", "12 lượt", "1.2345",
     "0x10", "1_000", "1.234 567", "1.250.5", ",", "-", "9" * 400],
)  # fmt: skip
def test_what_is_no_whole_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"số nguyên|quá lớn"):
        parse_integer(text)


def test_a_refusal_names_what_was_typed_and_how_to_write_it() -> None:
    with pytest.raises(ValueError, match=r"“7,5” không phải số nguyên.*ví dụ 1250"):
        parse_integer("7,5")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12,5", "12.5"), ("1.234.567,89", "1234567.89"), ("1 234,5", "1234.5"), ("0,05", "0.05"),
        ("-3,25", "-3.25"), ("1.234.567", "1234567"), ("12", "12"), ("1 234", "1234"),
        ("1 234 567", "1234567"), ("−0,5", "-0.5"),
    ],
)  # fmt: skip
def test_a_decimal_has_a_comma(text: str, number: str) -> None:
    assert parse_decimal(text) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "first", "second"), [("12.5", "125", "12,5"), ("1.234", "1234", "1,234")]
)
def test_a_lone_dot_could_mean_two_numbers_and_both_are_named(
    text: str, first: str, second: str
) -> None:
    with pytest.raises(ValueError, match=f"“{text}” có thể hiểu là {first} hoặc {second}"):
        parse_decimal(text)


@pytest.mark.parametrize("text", ["", "abc", "1,2,3", "1.23,4", ",5", "5,", "1.234 567,8", "∞", "NaN"])
def test_what_is_no_decimal_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="không phải số"):
        parse_decimal(text)


@pytest.mark.parametrize("parse", [parse_integer, parse_decimal])
def test_a_number_beyond_every_budget_is_refused(parse: object) -> None:
    assert callable(parse)
    assert parse("1" + "0" * 15) == 10**15
    with pytest.raises(ValueError, match="Số quá lớn"):
        parse("1" + "0" * 15 + "1")


@given(WHOLE)
def test_a_shown_whole_number_is_read_back(number: int) -> None:
    assert parse_integer(vietnamese.format_number(number)) == number


@given(DECIMALS)
def test_a_shown_decimal_is_read_back(number: Decimal) -> None:
    assert parse_decimal(vietnamese.format_number(number)) == number


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused_with_a_sentence(text: str) -> None:
    for parse in (parse_integer, parse_decimal, parse_date):
        refusal = "."
        try:
            parse(text)
        except ValueError as error:
            refusal = str(error)
        assert refusal.endswith(".")


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (1234567, None, "1.234.567"), (Decimal("1234567.89"), None, "1.234.567,89"), (0, None, "0"),
        (None, None, ""), ("1234.5", None, "1.234,5"), (-1234, None, "-1.234"),
        (Decimal("12.345"), 2, "12,34"), (Decimal("12"), 2, "12,00"), ("x", None, "x"),
        (Decimal("1E+3"), None, "1.000"),
    ],
)  # fmt: skip
def test_numbers_are_shown_with_dots_and_a_comma(
    value: int | Decimal | str | None, decimals: int | None, text: str
) -> None:
    assert vietnamese.format_number(value, decimals) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("05/12/2026", date(2026, 12, 5)), ("5/1/2026", date(2026, 1, 5)),
        ("5-1-2026", date(2026, 1, 5)), ("5.1.2026", date(2026, 1, 5)),
        ("2026-12-05", date(2026, 12, 5)), (" 29/02/2028 ", date(2028, 2, 29)),
    ],
)  # fmt: skip
def test_a_date_is_day_month_year(text: str, expected: date) -> None:
    assert parse_date(text) == expected


@pytest.mark.parametrize(
    "text", ["", "29/02/2026", "12/25/2026", "31/04/2026", "1/1/26", "2026/12/05", "05/12/0026", "mai"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"không phải ngày.*05/12/2026"):
        parse_date(text)


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_a_shown_date_is_read_back(value: date) -> None:
    assert parse_date(vietnamese.format_date(value)) == value
    assert parse_date(value.isoformat()) == value


def test_an_instant_is_shown_as_clocks_in_vietnam_do() -> None:
    instant = datetime(2026, 12, 4, 17, 30, tzinfo=UTC)
    assert vietnamese.format_date(instant) == "05/12/2026"
    assert vietnamese.format_time(instant) == "00:30"
    assert vietnamese.format_datetime(instant) == "00:30 05/12/2026"
    assert vietnamese.format_deadline(instant) == "00 giờ 30 phút, Thứ Bảy, ngày 05/12/2026"


def test_no_date_is_shown_as_nothing() -> None:
    shown = (
        vietnamese.format_date(None), vietnamese.format_date(""), vietnamese.format_time(None),
        vietnamese.format_datetime(None), vietnamese.format_deadline(None),
    )  # fmt: skip
    assert set(shown) == {""}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (date(2026, 2, 5), "ngày 05 tháng 02 năm 2026"),
        (date(2026, 3, 15), "ngày 15 tháng 3 năm 2026"),
        (date(2026, 12, 1), "ngày 01 tháng 12 năm 2026"),
    ],
)
def test_documents_write_the_date_as_decree_30_says(value: date, text: str) -> None:
    assert vietnamese.document_date(value) == text


def test_text_comes_clean() -> None:
    assert clean_text("  a\t b\u200b\u202e\x00  c\n d ") == "a b c d"
    assert clean_text(" a \r\n\r\n b\rc \n", lines=True) == "a\n\n b\nc"
    assert clean_text(unicodedata.normalize("NFD", "Nguyễn Thị Ngọc")) == "Nguyễn Thị Ngọc"
    assert clean_text("👩‍🌾") == "👩🌾"


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    for lines in (False, True):
        once = clean_text(text, lines=lines)
        assert clean_text(once, lines=lines) == once
        assert unicodedata.is_normalized("NFC", once)


def test_names_sort_by_vietnamese_letters_and_then_tones() -> None:
    names = ["ca", "cà", "cả", "cã", "cá", "cạ", "căn", "cân", "co", "cô", "cơ", "da", "đa", "e", "ê"]
    for ordered in (names, ["12", "An", "ông a", "Ông B"]):
        keys = [vietnamese.sort_key(name) for name in ordered]
        assert all(before < after for before, after in pairwise(keys))


def test_digits_spaces_and_signs_sort_before_letters() -> None:
    assert sorted(["Xã Bế", "Xã", "Xã 1"], key=vietnamese.sort_key) == ["Xã", "Xã 1", "Xã Bế"]


@pytest.mark.parametrize(
    ("text", "key"), [("Đà Nẵng", "da nang"), ("SỞ  VĂN HÓA", "so van hoa"), ("ư ơ ê", "u o e")]
)
def test_the_search_key_has_no_accents(text: str, key: str) -> None:
    assert search_key(text) == key
    assert search_key(unicodedata.normalize("NFD", text)) == key


def test_a_recent_instant_names_its_day_only_when_it_isn_t_today() -> None:
    now = datetime(2026, 12, 5, 10, 0, tzinfo=ZONE)
    with clock.stopped_at(now):
        assert vietnamese.format_recent(now.replace(hour=0, minute=5)) == "00:05"
        assert vietnamese.format_recent(now - timedelta(hours=11)) == "23:00 04/12"
        assert vietnamese.format_recent(None) == ""

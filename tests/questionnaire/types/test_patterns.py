"""What a short text must look like: patterns from the list, and free ones."""

from time import perf_counter
from typing import Any

import pytest

from questionnaire.types import BadSettings, get
from questionnaire.types.patterns import FAULTS, PATTERNS, BadPattern, check, matches

SHORT = get("short_text")
NONE = SHORT.default_settings()


def with_pattern(expression: str, **more: Any) -> dict[str, Any]:
    return SHORT.clean_settings({"pattern": "own", "expression": expression, **more}, {})


RIGHT = {
    "phone": ["0912345678", "0912 345 678", "+84 912.345.678", "02253 842 009", "1900 1234", "18001091"],
    "email": ["a@b.vn", "van.thu+1@so-vhttdl.tinh.gov.vn"],
    "document": ["12/KH-SVHTTDL", "30/2020/NĐ-CP", "1234/UBND-VX1", "5a/TB-BCĐ", "15-KH/TU"],
    "tax": ["0101234567", "0101234567-001", "001099012345"],
    "citizen": ["001099012345"],
    "insurance": ["0123456789"],
    "web": ["https://tinh.gov.vn", "http://a.b.vn/trang?x=1"],
    "time": ["7:05", "07:30", "23h59", "8g00", "8 giờ 15"],
    "digits": ["0", "00125"],
}
WRONG = {
    "phone": ["912345678", "091234", "0912-345-6789-01", "điện thoại", "0912345678 (Lan)"],
    "email": ["a@b", "a b@c.vn", "@c.vn", "a@c..vn"],
    "document": ["12", "KH-SVHTTDL", "12/kh-sv", "12/KH-", "12/KH SVHTTDL", "số 12/KH-SVHTTDL"],
    "tax": ["010123456", "0101234567-01", "101099012345"],
    "citizen": ["012345678", "101099012345", "00109901234"],
    "insurance": ["012345678", "01234567890"],
    "web": ["tinh.gov.vn", "https://tinh", "https:// tinh.gov.vn"],
    "time": ["24:00", "7:60", "7"],
    "digits": ["1a", "1 2", "-1"],
}


def test_every_pattern_is_tried_here_and_follows_its_own_example() -> None:
    assert set(RIGHT) == set(WRONG) == set(PATTERNS)
    for key, one in PATTERNS.items():
        assert SHORT.problems(one.example, {**NONE, "pattern": key}) == []


@pytest.mark.parametrize(("key", "text"), [(key, one) for key in RIGHT for one in RIGHT[key]])
def test_what_follows_a_pattern_is_let_through(key: str, text: str) -> None:
    assert SHORT.problems(text, {**NONE, "pattern": key}) == []


@pytest.mark.parametrize(("key", "text"), [(key, one) for key in WRONG for one in WRONG[key]])
def test_what_doesn_t_is_said_with_an_example(key: str, text: str) -> None:
    (said,) = SHORT.problems(text, {**NONE, "pattern": key})
    assert PATTERNS[key].example in said


def test_a_free_pattern_must_fit_the_whole_text_and_says_the_designers_words() -> None:
    settings = with_pattern(r"TP-\d{3}", said="Ghi mã kho, ví dụ TP-001.")
    assert SHORT.problems("TP-001", settings) == []
    for text in ("TP-0012", "xTP-001", "tp-001"):
        assert SHORT.problems(text, settings) == ["Ghi mã kho, ví dụ TP-001."]
    assert SHORT.problems("x", with_pattern("y")) == ["Chưa đúng mẫu đã quy định."]


def test_letters_with_accents_are_one_character_however_they_were_typed() -> None:
    settings = with_pattern("ĐỊA ch\u0069\u0309 .")
    assert SHORT.problems(SHORT.parse("ĐỊA chỉ ế", settings), settings) == []


@pytest.mark.parametrize(
    ("expression", "place"),
    [
        ("a(b", "Thiếu dấu )"), ("a)", "Thừa một dấu )"), ("[a", "Thiếu dấu ]"), ("*a", "“*”"),
        ("a**", "“**”"), ("a{3000}", "1000"), ("[z-a]", "z-a"), (r"\k", r"\k"), ("a\\", "ở cuối"),
        ("(?=a)", "nhìn trước"), ("(?P<n", "Tên nhóm"), (r"\p{Foo}", r"\p{Foo}"),
        (r"\pL{900}" * 9, "phức tạp"),
    ],
)  # fmt: skip
def test_a_free_pattern_that_can_t_be_used_is_refused_in_words(expression: str, place: str) -> None:
    with pytest.raises(BadSettings) as caught:
        with_pattern(expression)
    assert place in caught.value.fields["expression"]
    assert "Không hiểu mẫu này" not in caught.value.fields["expression"]


def test_own_pattern_needs_to_be_written_and_isn_t_kept_for_another() -> None:
    with pytest.raises(BadSettings):
        with_pattern("  ")
    clean = SHORT.clean_settings({"pattern": "tax", "expression": "(", "said": "x"}, {})
    assert (clean["pattern"], clean["expression"], clean["said"]) == ("tax", "", "")


def test_no_pattern_runs_long() -> None:
    check("(a+)+$")
    began = perf_counter()
    assert not matches("own", "(a+)+$", "a" * 20_000 + "b")
    assert perf_counter() - began < 1


def test_a_pattern_too_long_is_refused() -> None:
    with pytest.raises(BadPattern, match="300"):
        check("a" * 301)


def test_a_stored_pattern_that_can_t_be_read_lets_answers_through() -> None:
    assert SHORT.problems("x", {**NONE, "pattern": "own", "expression": "("}) == []


def test_the_words_of_every_fault_take_the_place() -> None:
    for words in FAULTS.values():
        assert words % {"place": "x"}


def test_too_short_a_text_is_a_problem() -> None:
    settings = SHORT.clean_settings({"shortest": 3, "longest": 5}, {})
    assert SHORT.problems("abc", settings) == []
    assert SHORT.problems("ab", settings) == ["Mới có 2 ký tự; ít nhất 3. Hãy ghi đầy đủ hơn."]
    with pytest.raises(BadSettings):
        SHORT.clean_settings({"shortest": 9, "longest": 5}, {})

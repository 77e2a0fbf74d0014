"""What is wrong with a report and how far it is, as every page shows it."""

from typing import Any

import pytest

from questionnaire import checks
from questionnaire.answers import NO_DATA, typed
from questionnaire.checks import SectionState
from questionnaire.definition import FormDefinition, Question, Section

FORM = FormDefinition(
    "F",
    sections=(
        Section("s1", "Một", questions=(
            Question("n", "note", "Đọc kỹ", required=True),
            Question("a", "integer", "Số buổi", required=True, settings={"least": 0, "most": 10}),
            Question("b", "short_text", "Nơi"),
        )),
        Section("s2", "Hai", questions=(Question("c", "yes_no", "Đã làm?", required=True),)),
        Section("s3", "Chỉ đọc", questions=(Question("h", "heading", "Hết"),)),
        Section("s4", "Cũ", questions=(Question("z", "hologram", "Loại đã bỏ", required=True),)),
    ),
)  # fmt: skip


def messages(**answers: Any) -> list[tuple[str, str]]:
    return [(one.question, one.message) for one in checks.problems(FORM, answers)]


def first_state(**answers: Any) -> SectionState:
    return checks.progress(FORM, answers)[0].state


def test_missing_answers_are_named_in_reading_order() -> None:
    assert messages() == [("a", "Chưa trả lời câu này."), ("c", "Chưa trả lời câu này.")]


@pytest.mark.parametrize("value", [0, NO_DATA, 10])
def test_zero_and_no_data_are_answers(value: Any) -> None:
    assert messages(a=value, c=False) == []


def test_no_is_an_answer() -> None:
    assert messages(a=1, c=False) == []


def test_what_isn_t_understood_is_a_problem_that_says_why() -> None:
    ((uid, message),) = messages(a=typed("mười"), c=True)
    assert uid == "a"
    assert message.startswith("“mười” không phải số nguyên")


def test_an_optional_question_may_stay_blank_but_not_be_wrong() -> None:
    assert messages(a=1, c=True, b="") == []
    form = FormDefinition("F", sections=(Section("s", "S", questions=(Question("d", "date", "Ngày"),)),))
    assert checks.problems(form, {}) == []
    assert len(checks.problems(form, {"d": typed("mai")})) == 1


def test_what_the_type_finds_is_a_problem() -> None:
    assert messages(a=11, c=True) == [("a", "Phải từ 10 trở xuống.")]


def test_a_type_that_is_gone_asks_for_nothing() -> None:
    gone = FORM.questions["z"]
    assert not checks.holds_answer(gone)
    assert checks.problems_of(gone, "còn đây") == []
    assert not checks.is_answered(gone, "còn đây")


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ({}, SectionState.NOT_STARTED),
        ({"b": "Cao Bằng"}, SectionState.IN_PROGRESS),
        ({"a": 0}, SectionState.IN_PROGRESS),
        ({"a": typed("x")}, SectionState.HAS_PROBLEMS),
        ({"a": 11, "b": "Cao Bằng"}, SectionState.HAS_PROBLEMS),
        ({"a": NO_DATA, "b": "Cao Bằng"}, SectionState.COMPLETE),
    ],
)
def test_a_section_says_how_far_it_is(answers: dict[str, Any], state: SectionState) -> None:
    assert first_state(**answers) == state


def test_progress_counts_what_can_be_answered() -> None:
    first, second, read_only, gone = checks.progress(FORM, {"a": 1})
    assert (first.answered, first.total) == (1, 2)
    assert (second.answered, second.total, second.state) == (0, 1, SectionState.NOT_STARTED)
    assert (read_only.total, read_only.state) == (0, SectionState.COMPLETE)
    assert (gone.total, gone.state) == (0, SectionState.COMPLETE)
    assert [one.question for one in second.problems] == ["c"]


def test_only_questions_are_numbered_and_a_type_that_is_gone_keeps_its_number() -> None:
    assert [(number, one.uid) for number, one in checks.numbered(FORM)] == [
        ("", "n"), ("1.1", "a"), ("1.2", "b"), ("2.1", "c"), ("", "h"), ("4.1", "z"),
    ]  # fmt: skip


def test_a_submission_holds_the_answers_of_the_form_without_blank_ones() -> None:
    answers = {"c": False, "a": 0, "b": "", "zz": "lạ", "z": "loại đã bỏ", "n": "x"}
    kept = checks.submitted_answers(FORM, answers)
    assert kept == {"a": 0, "c": False}
    assert list(kept) == ["a", "c"]


def test_what_is_only_read_takes_no_number() -> None:
    kinds = ("heading", "integer", "note", "gone", "date")
    asked = tuple(Question(f"q{place}", kind, "Câu") for place, kind in enumerate(kinds))
    form = FormDefinition("F", sections=(Section("a", "A"), Section("b", "B", questions=asked)))
    assert [number for number, _question in checks.numbered(form)] == ["", "2.1", "", "2.2", "2.3"]

"""Random histories of a form: no answer of any version is dropped, doubled or shifted."""

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from questionnaire import tally
from questionnaire.definition import FormDefinition, Question, Section
from questionnaire.types import get

KINDS = ("integer", "long_text", "one_choice", "many_choices", "fixed_table", "period", "yes_no")
BLANK = (None, 0)


def settings_of(kind: str, ids: list[int]) -> dict[str, Any]:
    """Return settings whose options, or rows and columns, have these ids."""
    if "choice" in kind:
        return {"options": [{"id": f"o{one}", "label": f"Lựa chọn {one}"} for one in ids]}
    if kind == "fixed_table":
        columns = [
            {"id": f"c{one}", "group": "", "label": f"Cột {one}", "type": "integer", "measure": "",
             "settings": {"least": None, "most": None}}
            for one in ids
        ]  # fmt: skip
        return {"columns": columns, "rows": [{"id": f"d{one}", "label": f"Dòng {one}"} for one in ids],
                "total": False}  # fmt: skip
    return dict(get(kind).default_settings())


@st.composite
def versions(draw: st.DrawFn) -> FormDefinition:
    """Draw one version: some of the questions there ever were, in any order, with some parts."""
    numbers = draw(st.lists(st.integers(0, 9), unique=True, min_size=1, max_size=6))
    questions = []
    for number in numbers:
        kind = KINDS[number % len(KINDS)]
        ids = draw(st.lists(st.integers(0, 4), unique=True, min_size=2, max_size=4))
        questions.append(Question(f"q{number}", kind, f"Câu {number}", settings=settings_of(kind, ids)))
    half = draw(st.integers(0, len(questions)))
    sections = (Section("a", "A", questions=tuple(questions[:half])),
                Section("b", "B", questions=tuple(questions[half:])))  # fmt: skip
    return FormDefinition("F", sections=sections)


def answer_to(draw: st.DrawFn, question: Question) -> Any:
    """Draw an answer that a unit could have given to this version of the question."""
    settings = question.settings
    number = st.integers(1, 10**6)
    if question.type == "one_choice":
        return draw(st.sampled_from([one["id"] for one in settings["options"]]))
    if question.type == "many_choices":
        ids = [one["id"] for one in settings["options"]]
        return [one for one in ids if draw(st.booleans())] or ids[:1]
    if question.type == "fixed_table":
        rows = {
            row["id"]: {one["id"]: draw(number) for one in settings["columns"]}
            for row in settings["rows"]
        }
        return {"rows": rows}
    return {
        "integer": draw(number),
        "long_text": f"Chữ {draw(number)}",
        "period": {"from": "2026-01-01", "to": "2026-02-01"},
        "yes_no": draw(st.booleans()),
    }[question.type]


@given(st.data())
def test_every_answer_stands_once_under_its_own_column(data: st.DataObject) -> None:
    history = data.draw(st.lists(versions(), min_size=1, max_size=5))
    merged = tally.merged(history)
    assert set(merged.questions) == {uid for one in history for uid in one.questions}
    for version in history:
        for question in version.questions.values():
            given_answer = answer_to(data.draw, question)  # type: ignore[arg-type]
            _stands_once(question, merged.questions[question.uid], given_answer)


def _stands_once(then: Question, now: Question, value: Any) -> None:
    kind = get(then.type)
    cells = dict(zip(_keys(then), kind.to_cells(value, then.settings), strict=True))
    found = dict(zip(_keys(now), kind.to_cells(value, now.settings), strict=True))
    assert {key: found[key] for key in cells} == cells
    assert all(cell in BLANK for key, cell in found.items() if key not in cells)


def _keys(question: Question) -> list[str]:
    keys = [column.key for column in get(question.type).columns(question)]
    assert len(keys) == len(set(keys))
    return keys


@given(st.data())
def test_sums_over_a_history_are_those_of_the_answers(data: st.DataObject) -> None:
    history = data.draw(st.lists(versions(), min_size=1, max_size=5))
    documents = [
        {
            uid: answer_to(data.draw, question)  # type: ignore[arg-type]
            for uid, question in version.questions.items()
        }
        for version in history
    ]
    summaries = tally.tally(tally.merged(history), documents)
    for uid, summary in summaries.items():
        given_answers = [one[uid] for one in documents if uid in one]
        assert summary.answered == len(given_answers)
        if all(isinstance(one, int) and not isinstance(one, bool) for one in given_answers):
            assert summary.figures["sum"] == sum(given_answers)


def test_a_reworded_question_keeps_its_column() -> None:
    old = Question("q", "integer", "Cũ")
    forms = [
        FormDefinition("F", sections=(Section("s", "S", questions=(one,)),))
        for one in (old, replace(old, label="Mới"))
    ]
    (only,) = tally.merged(forms).questions.values()
    assert only.label == "Mới"

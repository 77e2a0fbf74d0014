"""Many reports become one, over all versions of a form."""

from copy import deepcopy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from questionnaire.answers import NO_DATA
from questionnaire.definition import FormDefinition, Question, Section, Summing
from questionnaire.tally import merged, tally


def form(*questions: Question, title: str = "F") -> FormDefinition:
    return FormDefinition(title, sections=(Section("s", "S", questions=questions),))


def choice(*labels: str) -> Question:
    options = [{"id": label.casefold(), "label": label} for label in labels]
    return Question("q", "one_choice", "Chọn", settings={"options": options})


def number(uid: str, label: str = "Số") -> Question:
    return Question(uid, "integer", label, summing=Summing.SUM)


def test_one_version_is_itself() -> None:
    only = form(number("a"))
    assert merged([only]) == only


def test_the_newest_version_decides_on_order_and_words() -> None:
    older = form(number("a", "Cũ"), number("b"), title="Cũ")
    union = merged([older, form(number("b"), number("a", "Mới"))])
    assert list(union.questions) == ["b", "a"]
    assert (union.title, union.questions["a"].label) == ("F", "Mới")


def test_questions_of_older_versions_follow_in_a_section_of_their_own() -> None:
    union = merged([form(number("a"), number("b")), form(number("b"), number("c")), form(number("c"))])
    assert [section.title for section in union.sections] == ["S", "Câu hỏi của phiên bản trước"]
    assert list(union.questions) == ["c", "a", "b"]


def test_an_option_is_kept_from_every_older_version() -> None:
    versions = [form(choice("A", "B")), form(choice("A", "C")), form(choice("C", "D"))]
    options = merged(versions).questions["q"].settings["options"]
    assert [one["label"] for one in options] == ["C", "D", "A", "B"]


def test_the_last_words_of_an_option_that_is_gone_are_kept() -> None:
    first, second = choice("A", "B"), choice("A", "B")
    second.settings["options"][1]["label"] = "B, nói rõ hơn"
    options = merged([form(first), form(second), form(choice("A"))]).questions["q"].settings["options"]
    assert [one["label"] for one in options] == ["A", "B, nói rõ hơn"]


def test_rows_and_columns_of_tables_are_kept_too() -> None:
    def table(rows: str, columns: str) -> Question:
        settings = {
            "rows": [{"id": one, "label": one} for one in rows],
            "columns": [{"id": one, "label": one, "type": "integer"} for one in columns],
        }
        return Question("q", "fixed_table", "Bảng", settings=settings)

    union = merged([form(table("ab", "xy")), form(table("bc", "yz"))])
    settings = union.questions["q"].settings
    assert [one["id"] for one in settings["rows"]] == ["b", "c", "a"]
    assert [one["id"] for one in settings["columns"]] == ["y", "z", "x"]
    summary = tally(union, [{"q": {"rows": {"a": {"x": 3}}}}, {"q": {"rows": {"c": {"z": 4}}}}])["q"]
    assert (summary.cells["a", "x"].figures["sum"], summary.cells["c", "z"].figures["sum"]) == (3, 4)


def test_versions_stay_as_they_were() -> None:
    versions = [form(choice("A", "B")), form(choice("C", "B"))]
    before = deepcopy(versions)
    merged(versions)
    assert versions == before


def test_every_question_has_a_summary_even_without_reports() -> None:
    found = tally(form(number("a"), Question("b", "short_text", "Chữ")), [])
    assert {uid: one.answered for uid, one in found.items()} == {"a": 0, "b": 0}


def test_a_report_that_lacks_a_question_counts_as_blank() -> None:
    found = tally(form(number("a"), number("b")), [{"a": 1}, {"a": 2, "b": 0}, {}, {"b": NO_DATA}])
    assert (found["a"].answered, found["a"].figures["sum"]) == (2, 3)
    assert (found["b"].answered, found["b"].no_data, found["b"].figures["sum"]) == (2, 1, 0)


def test_answers_to_unknown_questions_are_left_out() -> None:
    assert tally(form(number("a")), [{"zz": 5}]).keys() == {"a"}


def test_a_type_that_is_gone_still_counts_its_answers() -> None:
    found = tally(form(Question("a", "hologram", "Đã bỏ")), [{"a": "x"}, {}])
    assert (found["a"].answered, found["a"].figures) == (1, {})


@given(st.lists(st.dictionaries(st.sampled_from(["a", "b", "c"]), st.integers(-(10**6), 10**6))))
def test_a_sum_is_that_of_the_answers_in_any_order(documents: list[dict[str, Any]]) -> None:
    definition = form(number("a"), number("b"))
    found, reversed_ = (tally(definition, order) for order in (documents, documents[::-1]))
    for uid in ("a", "b"):
        given_ = [one[uid] for one in documents if uid in one]
        assert found[uid].answered == len(given_)
        assert found[uid].figures.get(Summing.SUM, 0) == sum(given_)
        assert reversed_[uid].figures.get(Summing.SUM) == found[uid].figures.get(Summing.SUM)

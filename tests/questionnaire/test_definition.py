"""A form goes to JSON and back without loss."""

from dataclasses import FrozenInstanceError, replace

import orjson
import pytest

from questionnaire.definition import FormDefinition, Question, Section, Summing
from questionnaire.types import all_types

FORM = FormDefinition(
    "Báo cáo quý",
    "Kính gửi các đơn vị",
    (
        Section("s1", "Chung", "Lời dẫn", (
            Question("q1", "integer", "Số buổi", "SB", "Đếm cả năm", "buổi", True, Summing.MEAN,
                     {"least": 0, "most": None}),
            Question("q2", "note", "Ghi chú"),
        )),
        Section("s2", "Riêng", questions=(Question("q3", "short_text", "Nơi"),)),
        Section("s3", "Trống"),
    ),
)  # fmt: skip


def test_a_form_comes_back_from_json_as_it_was() -> None:
    assert FormDefinition.from_json(orjson.loads(orjson.dumps(FORM.to_json()))) == FORM


@pytest.mark.parametrize("kind", all_types(), ids=lambda kind: kind.key)
def test_a_question_of_each_type_comes_back_too(kind: object) -> None:
    question = Question("q", kind.key, "Câu", settings=kind.default_settings())  # type: ignore[attr-defined]
    form = FormDefinition("F", sections=(Section("s", "S", questions=(question,)),))
    assert FormDefinition.from_json(orjson.loads(orjson.dumps(form.to_json()))) == form


def test_what_an_older_version_lacks_takes_its_default() -> None:
    old = {"title": "F", "sections": [{"uid": "s", "title": "S", "questions": [
        {"uid": "q", "type": "integer", "label": "Câu"}]}]}  # fmt: skip
    assert FormDefinition.from_json(old).questions["q"] == Question("q", "integer", "Câu")


def test_a_form_can_t_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        FORM.title = "Khác"  # type: ignore[misc]
    assert replace(FORM, title="Khác") != FORM


def test_questions_are_found_in_reading_order() -> None:
    assert list(FORM.questions) == ["q1", "q2", "q3"]
    section = FORM.section("s2")
    assert section is not None
    assert section.title == "Riêng"
    assert FORM.section("zz") is None


def test_ways_of_summing_are_stored_as_words() -> None:
    stored = FORM.to_json()["sections"][0]["questions"][0]
    assert stored["summing"] == "mean"
    assert type(stored["summing"]) is str

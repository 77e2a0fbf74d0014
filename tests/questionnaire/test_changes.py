"""What sets two versions of a form apart, and which changes reports forbid."""

from dataclasses import replace
from typing import Any

import pytest

from questionnaire.changes import ChangeKind, changes, refusals
from questionnaire.definition import FormDefinition, Question, Section

COUNT = Question("q1", "integer", "Số buổi", "SB", "Cả năm", "buổi", summing="sum")
CHOICE = Question(
    "q2", "one_choice", "Xếp loại",
    settings={"options": [{"id": "a", "label": "Tốt"}, {"id": "b", "label": "Khá"}]},
)  # fmt: skip
TABLE = Question(
    "q3", "fixed_table", "Bảng",
    settings={
        "rows": [{"id": "r", "label": "Panô"}],
        "columns": [{"id": "c", "label": "Số", "type": "integer", "measure": "cái", "settings": {}}],
    },
)  # fmt: skip


def form(*questions: Question, title: str = "F", section: str = "Chung") -> FormDefinition:
    return FormDefinition(title, sections=(Section("s", section, questions=questions),))


def with_options(*options: tuple[str, str]) -> Question:
    return replace(CHOICE, settings={"options": [{"id": id_, "label": label} for id_, label in options]})


def told(old: FormDefinition, new: FormDefinition) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(str(one.kind), one.label, one.details) for one in changes(old, new)]


def test_the_same_form_has_no_changes() -> None:
    assert changes(form(COUNT, CHOICE, TABLE), form(COUNT, CHOICE, TABLE)) == []


def test_what_is_added_and_removed_is_named_with_its_number() -> None:
    found = changes(form(COUNT, CHOICE), form(CHOICE, TABLE))
    assert [(one.kind, one.number, one.question) for one in found] == [
        (ChangeKind.ADDED, "1.2", "q3"), (ChangeKind.REMOVED, "1.1", "q1"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "detail"),
    [
        ({"label": "Số cuộc"}, "sửa nội dung câu hỏi"),
        ({"hint": ""}, "sửa hướng dẫn"),
        ({"code": "X"}, "sửa mã"),
        ({"summing": "max"}, "đổi cách cộng"),
        ({"required": True}, "thành bắt buộc"),
        ({"measure": ""}, "đổi đơn vị tính từ “buổi” thành “không có”"),
        ({"type": "money"}, "đổi loại từ “Số nguyên” thành “Số tiền (đồng)”"),
        ({"type": "hologram"}, "đổi loại từ “Số nguyên” thành “hologram”"),
        ({"settings": {"least": 1}}, "đổi thiết lập"),
    ],
)
def test_what_changed_in_a_question_is_said(change: dict[str, Any], detail: str) -> None:
    assert told(form(COUNT), form(replace(COUNT, **change))) == [
        ("changed", change.get("label", "Số buổi"), (detail,))
    ]


def test_changed_options_are_named() -> None:
    ((_kind, _label, details),) = told(form(CHOICE), form(with_options(("a", "Rất tốt"), ("c", "Yếu"))))
    assert details == ("bỏ “Khá”", "thêm “Yếu”", "“Tốt” thành “Rất tốt”")


def test_changes_of_the_form_itself_are_told() -> None:
    titled = told(form(COUNT), form(COUNT, title="G"))
    assert titled == [("changed", "Tên hoặc lời dẫn của biểu mẫu", ())]
    assert told(form(COUNT), form(COUNT, section="Riêng")) == [("changed", "Mục “Riêng”", ("sửa lời",))]
    assert told(form(COUNT, CHOICE), form(CHOICE, COUNT)) == [("changed", "Thứ tự câu hỏi", ())]
    other = FormDefinition("F", sections=(Section("t", "Mới", questions=(COUNT,)),))
    assert told(form(COUNT), other) == [("added", "Mục “Mới”", ()), ("removed", "Mục “Chung”", ())]


def test_nothing_is_refused_before_anything_was_sent() -> None:
    assert refusals(form(COUNT), form(replace(COUNT, type="money")), []) == []


@pytest.mark.parametrize("change", [{"type": "short_text"}, {"measure": "cuộc"}])
def test_another_nature_is_refused_once_reports_were_sent(change: dict[str, Any]) -> None:
    (refused,) = refusals(form(COUNT), form(replace(COUNT, **change)), [{}])
    assert refused.question == "q1"


@pytest.mark.parametrize(
    ("options", "answer", "refused"),
    [
        ((("a", "Tốt"), ("c", "Yếu")), "b", ["bỏ lựa chọn “Khá” đã có đơn vị chọn"]),
        ((("a", "Tốt"), ("c", "Yếu")), "a", []),
        ((("a", "Kém"), ("b", "Khá")), "a", ["đổi “Tốt” đã có đơn vị dùng thành “Kém”"]),
        ((("a", "Kém"), ("b", "Khá")), "b", []),
        ((("a", "tốt."), ("b", "Khá")), "a", []),
    ],
)
def test_an_option_in_use_may_only_be_spelt_better(
    options: tuple[tuple[str, str], ...], answer: str, refused: list[str]
) -> None:
    found = refusals(form(CHOICE), form(with_options(*options)), [{"q2": answer}])
    assert [detail for one in found for detail in one.details] == refused


def table(row: str = "Panô", **column: str) -> Question:
    columns = [{**TABLE.settings["columns"][0], **column}]
    return replace(TABLE, settings={"rows": [{"id": "r", "label": row}], "columns": columns})


@pytest.mark.parametrize(
    ("new", "detail"),
    [
        (table(row="Băng rôn"), "đổi “Panô” đã có đơn vị dùng thành “Băng rôn”"),
        (table(label="Tiền"), "đổi “Số” đã có đơn vị dùng thành “Tiền”"),
        (table(measure="m2"), "đổi kiểu hoặc đơn vị tính của cột “Số”"),
    ],
)
def test_rows_and_columns_in_use_keep_their_meaning(new: Question, detail: str) -> None:
    sent = [{"q3": {"rows": {"r": {"c": 5}}}}]
    (refused,) = refusals(form(TABLE), form(new), sent)
    assert refused.details == (detail,)
    assert refusals(form(TABLE), form(new), [{"q3": None}]) == []


def test_a_new_question_is_never_refused() -> None:
    assert refusals(form(COUNT), form(COUNT, CHOICE), [{"q1": 5}]) == []

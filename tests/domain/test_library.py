from typing import Any

import pytest

from core.errors import InvalidError
from core.extensions import db
from core.permissions import Role
from domain import audit, builder, library, steps, undoing, working_copy
from models import AuditEntry, Form, LibraryItem, Question, Section
from tests.factories import actor_for, make_form, make_person, make_task

pytestmark = pytest.mark.usefixtures("app")


def above_zero(uid: str) -> dict[str, Any]:
    return {"do": ">", "with": [{"question": uid}, {"number": "0"}]}


def total(*uids: str) -> dict[str, Any]:
    return {"do": "SUM", "with": [{"question": uid} for uid in uids]}


def source() -> Form:
    """A form whose section has a condition, a check and a formula over its own questions."""
    form = make_form(
        make_task("Kế hoạch cũ"),
        {"type": "integer", "uid": "nam", "label": "Số nam", "code": "A1", "measure": "người"},
        {"type": "integer", "uid": "nu", "label": "Số nữ", "visible": above_zero("nam"),
         "checks": [{"id": "k1", "rule": above_zero("nam"), "level": "error", "message": "Xem"}]},
        {"type": "computed", "uid": "tong", "label": "Cộng",
         "settings": {"rule": total("nam", "nu"), "places": 0, "change": None}},
    )  # fmt: skip
    builder.sections_of(form)[0].title = "Nhân sự"
    return form


def first_section(form: Form) -> Section:
    return builder.sections_of(form)[0]


def asked(form: Form) -> dict[str, Any]:
    db.session.expire_all()
    return {one.label: one for one in working_copy.definition_of(form).questions.values()}


def titles(form: Form) -> list[str]:
    db.session.expire_all()
    return [one.title for one in builder.sections_of(form)]


def test_a_section_is_copied_with_rules_that_read_the_copy() -> None:
    item = library.save_section(None, first_section(source()))
    form = make_form(make_task(), "date")
    added = library.add_to_form(None, form, [item])
    assert (added.sections, added.questions, added.dropped) == (1, 3, {})
    assert titles(form) == ["Mục chung", "Nhân sự"]
    copies = asked(form)
    uids = {label: one.uid for label, one in copies.items()}
    assert not set(uids.values()) & {"nam", "nu", "tong"}
    assert copies["Số nữ"].visible == above_zero(uids["Số nam"])
    assert copies["Số nữ"].checks[0]["rule"] == above_zero(uids["Số nam"])
    assert copies["Số nữ"].checks[0]["message"] == "Xem"
    assert copies["Cộng"].settings["rule"] == total(uids["Số nam"], uids["Số nữ"])
    assert (copies["Số nam"].measure, copies["Số nam"].code) == ("người", "A1")


def test_a_rule_that_reads_what_is_left_behind_is_dropped_and_named() -> None:
    form = source()
    question = Question.query.filter_by(uid="nu").one()
    item = library.save_question(None, question)
    computed = library.save_question(None, Question.query.filter_by(uid="tong").one())
    assert item.outside == {"nam": "Số nam"}
    other = make_form(make_task(), "date")
    added = library.add_to_form(None, other, [item, computed])
    copies = asked(other)
    assert (copies["Số nữ"].visible, copies["Số nữ"].checks) == (None, ())
    assert copies["Cộng"].settings["rule"] is None
    assert added.dropped == {"Số nữ": ("Số nam",), "Cộng": ("Số nam",)}
    assert asked(form)["Số nữ"].visible == above_zero("nam")


def test_a_rule_goes_on_to_read_what_is_in_the_form_already() -> None:
    form = source()
    item = library.save_question(None, Question.query.filter_by(uid="nu").one())
    added = library.add_to_form(None, form, [item])
    first, second = Question.query.filter_by(label="Số nữ").order_by(Question.id)
    assert added.dropped == {}
    assert first.uid != second.uid
    assert second.visible == above_zero("nam")


def test_items_chosen_together_read_each_other() -> None:
    source()
    items = [library.save_question(None, one) for one in Question.query.order_by(Question.id)]
    form = make_form(make_task(), "date")
    assert library.add_to_form(None, form, list(reversed(items))).dropped == {}
    copies = asked(form)
    parts = (copies["Số nam"].uid, copies["Số nữ"].uid)
    assert copies["Cộng"].settings["rule"] == total(*parts)


def test_questions_go_to_the_end_of_a_section_and_sections_right_after_it() -> None:
    form = source()
    whole = library.save_section(None, first_section(form))
    single = library.save_question(None, Question.query.filter_by(uid="nam").one())
    other = make_form(make_task(), "date")
    builder.add_section(None, other, "Mục cuối")
    library.add_to_form(None, other, [whole, single, whole], first_section(other))
    assert titles(other) == ["Mục chung", "Nhân sự", "Nhân sự", "Mục cuối"]
    labels = [one.label for one in builder.questions_of(first_section(other))]
    assert labels == ["Câu 1", "Số nam"]
    assert [one.position for one in builder.sections_of(other)] == [0, 1, 2, 3]


def test_a_form_without_a_section_gets_one_for_single_questions() -> None:
    source()
    single = library.save_question(None, Question.query.filter_by(uid="nam").one())
    empty = Form(task_id=make_task().id, title="Trống", updated_at=make_task().updated_at)
    db.session.add(empty)
    db.session.flush()
    library.add_to_form(None, empty, [single, single])
    assert titles(empty) == ["Câu hỏi từ thư viện"]
    assert len(builder.questions_of(first_section(empty))) == 2


def test_a_code_that_the_form_has_already_is_left_out() -> None:
    form = source()
    item = library.save_question(None, Question.query.filter_by(uid="nam").one())
    library.add_to_form(None, form, [item])
    assert [one.code for one in Question.query.filter_by(label="Số nam").order_by("id")] == ["A1", ""]


def test_what_is_kept_stays_when_the_form_changes_and_forms_stay_when_it_is_deleted() -> None:
    form = source()
    item = library.save_section(None, first_section(form))
    builder.change_question(None, Question.query.filter_by(uid="nam").one(), label="Đã sửa")
    other = make_form(make_task(), "date")
    library.add_to_form(None, other, [item])
    library.delete(None, item)
    assert "Số nam" in asked(other)
    assert library.items_of([item.id]) == []
    library.restore(None, item)
    assert library.items_of([item.id]) == [item]


def test_the_library_is_found_by_names_and_by_questions_without_accents() -> None:
    form = source()
    section = library.save_section(None, first_section(form))
    question = library.save_question(None, Question.query.filter_by(uid="tong").one())
    library.rename(None, question, "Tổng nhân sự")

    def found(text: str) -> list[LibraryItem]:
        return [item for (item,) in library.list_items(text, 1).rows]

    assert found("") == [question, section]
    assert found("so nu") == [section]
    assert found("tong nhan") == [question]
    assert found("khong co") == []
    library.delete(None, question)
    assert found("") == [section]


def test_an_empty_section_is_not_kept() -> None:
    form = make_form(make_task(), "date")
    empty = builder.add_section(None, form, "Mục rỗng")
    with pytest.raises(InvalidError):
        library.save_section(None, empty)


def test_too_many_at_once_and_types_that_are_gone_are_refused() -> None:
    source()
    item = library.save_question(None, Question.query.filter_by(uid="nam").one())
    form = make_form(make_task(), "date")
    with pytest.raises(InvalidError):
        library.add_to_form(None, form, [item] * (library.MOST_AT_ONCE + 1))
    Question.query.filter_by(uid="nam").one().type = "bo_roi"
    gone = library.save_question(None, Question.query.filter_by(uid="nam").one())
    with pytest.raises(InvalidError, match="Số nam"):
        library.add_to_form(None, form, [item, gone])
    assert list(asked(form)) == ["Câu 1"]


def test_every_step_is_in_the_log() -> None:
    item = library.save_section(None, first_section(source()))
    library.rename(None, item, "Nhân sự huyện")
    library.delete(None, item)
    library.delete(None, item)
    library.restore(None, item)
    library.add_to_form(None, make_form(make_task(), "date"), [item])
    actions = [one.action for one in AuditEntry.query.order_by(AuditEntry.id)]
    steps = [one for one in actions if one.startswith("library.")]
    assert steps == ["library.saved", "library.renamed", "library.deleted", "library.restored",
                     "library.used"]  # fmt: skip
    assert list(audit.broken_entries()) == []


def test_what_came_from_the_library_is_undone_in_one_step() -> None:
    secretary = actor_for(make_person(Role.SECRETARIAT))
    form = make_form(make_task(), "integer", "date")
    section = builder.sections_of(form)[0]
    items = [
        library.save_section(secretary, section),
        library.save_question(secretary, builder.questions_of(section)[0]),
    ]
    before = working_copy.definition_of(form)
    library.add_to_form(secretary, form, items, section)
    after = working_copy.definition_of(form)
    step = steps.latest(form)
    assert step is not None
    assert after != before
    undoing.undo(secretary, form, step.id)
    assert working_copy.definition_of(form) == before
    undoing.redo(secretary, form, step.id)
    assert working_copy.definition_of(form) == after

"""The round before: found by unit and question, shown beside the figure, and asked about."""

from typing import Any

import pytest

from core.errors import InvalidError
from core.extensions import db
from core.permissions import Role
from domain import answering, copying, previous, publishing, submitting, working_copy
from models import Assignment, Form, Question, ResponseState, Round, Unit
from questionnaire.rules import Names, parse
from tests.conftest import Browser
from tests.factories import (
    actor_for,
    make_form,
    make_person,
    make_task,
    make_unit,
    publish,
    response_of,
)
from tests.support.reports import submit

pytestmark = pytest.mark.usefixtures("app")

ASKED: tuple[dict[str, Any], ...] = (
    {"type": "integer", "uid": "vu", "label": "Số vụ", "measure": "vụ",
     "settings": {"least": None, "most": None, "change": 20}},
    {"type": "money", "uid": "chi", "label": "Kinh phí"},
    {"type": "short_text", "uid": "noi", "label": "Nơi làm"},
    {"type": "integer", "uid": "dan", "label": "Số dân"},
)  # fmt: skip


@pytest.fixture
def unit() -> Unit:
    return make_unit()


@pytest.fixture
def form() -> Form:
    return make_form(make_task("Kế hoạch năm 2025"), *ASKED)


def next_year(form: Form, *units: Unit) -> tuple[Form, list[Assignment], dict[str, str]]:
    """Copy the form's task and publish it; return the new form and its uids by the old ones."""
    copy = copying.copy_task(None, form.task).forms[0]
    new = {one.origin: one.uid for one in Question.query if one.origin}
    return copy, publish(copy, *[one for one in units if not copy.targets]), new


def second_round(form: Form) -> Assignment:
    """Open another round of the form's task; return what the first unit owes in it."""
    round_ = Round(task_id=form.task_id, name="Kỳ 2", position=1)
    db.session.add(round_)
    db.session.flush()
    publishing.publish(form.task, round_, None)
    found: Assignment = Assignment.query.filter_by(round_id=round_.id).first()
    return found


def test_the_answers_of_last_year_s_task_are_found_by_question(form: Form, unit: Unit) -> None:
    (old,) = publish(form, unit)
    before = submit(old, {"vu": 12, "chi": 0, "dan": {"none": True}})
    _copy, (new,), uids = next_year(form)
    assert previous.submission_before(new) == before
    assert previous.of_report(response_of(new)) == {
        uids["vu"]: 12, uids["chi"]: 0, uids["noi"]: None, uids["dan"]: {"none": True},
    }  # fmt: skip


def test_the_answers_of_the_round_before_are_found_in_the_same_form(form: Form, unit: Unit) -> None:
    (old,) = publish(form, unit)
    submit(old, {"vu": 12})
    assert previous.of_report(response_of(old)) is None
    last = previous.of_report(response_of(second_round(form)))
    assert last == {"vu": 12, "chi": None, "noi": None, "dan": None}


@pytest.mark.parametrize("state", [ResponseState.RETURNED, ResponseState.DRAFT])
def test_there_is_none_while_that_report_doesn_t_count(
    form: Form, unit: Unit, state: ResponseState
) -> None:
    (old,) = publish(form, unit)
    submit(old, {"vu": 12}, state=state)
    assert previous.of_report(response_of(second_round(form))) is None


def test_the_figures_of_another_unit_are_never_those_of_the_round_before(form: Form) -> None:
    first, second = make_unit(), make_unit()
    (old, _other) = publish(form, first, second)
    submit(old, {"vu": 12})
    _copy, assignments, _uids = next_year(form)
    by_unit = {one.unit_id: previous.of_report(response_of(one)) for one in assignments}
    assert by_unit[first.id] is not None
    assert by_unit[second.id] is None


def test_a_question_that_became_of_another_type_has_no_figure_before(
    form: Form, unit: Unit
) -> None:
    (old,) = publish(form, unit)
    submit(old, {"vu": 12, "chi": 5000})
    copy = copying.copy_task(None, form.task).forms[0]
    changed = Question.query.filter_by(origin="vu").one()
    changed.type, changed.settings = "decimal", {"least": None, "most": None, "places": 2}
    (new,) = publish(copy)
    last = previous.of_report(response_of(new))
    assert last is not None
    assert changed.uid not in last
    assert 5000 in last.values()


def test_a_copy_for_another_group_compares_with_the_same_form(form: Form, unit: Unit) -> None:
    (old,) = publish(form, unit)
    submit(old, {"vu": 12})
    copy = copying.copy_task(None, form.task).forms[0]
    twin = copying.copy_form(None, copy)
    uid = Question.query.filter_by(origin="vu").order_by(Question.id.desc()).first().uid
    (new,) = [one for one in publish(twin) if one.form_id == twin.id]
    last = previous.of_report(response_of(new))
    assert last is not None
    assert last[uid] == 12


def test_a_large_change_asks_for_a_reason(form: Form, unit: Unit) -> None:
    (old,) = publish(form, unit)
    before = submit(old, {"vu": 10})
    _copy, (new,), uids = next_year(form)
    person, report = actor_for(make_person(Role.REPORTER, unit)), response_of(new)
    answering.save_answer(person, report, uids["vu"], 13)
    check = uids["vu"] + "-change"
    with pytest.raises(InvalidError):
        submitting.submit(person, report)
    submission = submitting.submit(person, report, {check: "Thêm ba vụ mới"})
    assert submission is not None
    assert (submission.reasons, submission.previous) == ({check: "Thêm ba vụ mới"}, before)


def test_a_submission_stays_compared_with_what_it_was(form: Form, unit: Unit) -> None:
    (old,) = publish(form, unit)
    submit(old, {"vu": 10})
    _copy, (new,), uids = next_year(form)
    person, report = actor_for(make_person(Role.REPORTER, unit)), response_of(new)
    answering.save_answer(person, report, uids["vu"], 11)
    submission = submitting.submit(person, report)
    assert submission is not None
    submit(old, {"vu": 99})
    last = previous.of_submission(submission)
    assert last is not None
    assert last[uids["vu"]] == 10


def test_a_computed_question_reads_the_round_before(form: Form, unit: Unit, browser: Browser) -> None:
    (old,) = publish(form, unit)
    submit(old, {"vu": 10})
    copy = copying.copy_task(None, form.task).forms[0]
    section = Question.query.filter_by(origin="vu").one().section
    names = Names.of(working_copy.definition_of(copy))
    rule = parse("[Số vụ] - KỲTRƯỚC([Số vụ])", names).to_json()
    db.session.add(
        Question(section_id=section.id, uid="them", type="computed", label="Tăng thêm", position=9,
                 settings={"rule": rule, "places": 0, "change": None})
    )  # fmt: skip
    db.session.flush()
    (new,) = publish(copy)
    uid = Question.query.filter_by(origin="vu").one().uid
    browser.sign_in(make_person(Role.REPORTER, unit))
    sent = browser.post(
        f"/reports/{new.id}/answers/{uid}", data={uid: "11"}, headers={"HX-Request": "true"}
    )
    assert '"them": "1"' in sent.headers["HX-Trigger"]
    browser.post(f"/reports/{new.id}/submit")
    db.session.expire_all()
    submission = response_of(new).current_submission
    assert submission is not None
    assert submission.answers["them"] == "1"
    receipt = browser.get(f"/reports/{new.id}/receipts/1").text
    assert "Tăng thêm" in receipt


def test_the_page_shows_figure_nought_no_data_and_blank_apart(
    form: Form, unit: Unit, browser: Browser
) -> None:
    (old,) = publish(form, unit)
    submit(old, {"vu": 1200, "dan": {"none": True}, "noi": "Hội trường"})
    (new,) = next_year(form)[1]
    browser.sign_in(make_person(Role.REPORTER, unit))
    uid = Question.query.filter_by(origin="vu").one().section.uid
    page = browser.get(f"/reports/{new.id}/sections/{uid}").text
    assert "Kỳ trước: 1.200 vụ" in page
    assert "Kỳ trước: chưa trả lời" in page
    assert "Kỳ trước: không có số liệu" in page
    assert "Kỳ trước: Hội trường" in page
    assert page.count("Kỳ trước:") == 4
    submit(old, {"vu": 0})
    assert "Kỳ trước: 0 vụ" in browser.get(f"/reports/{new.id}/sections/{uid}").text


def test_without_a_round_before_nothing_is_shown(form: Form, unit: Unit, browser: Browser) -> None:
    (assignment,) = publish(form, unit)
    browser.sign_in(make_person(Role.REPORTER, unit))
    page = browser.get(f"/reports/{assignment.id}/sections/s{form.id}").text
    assert "Số vụ" in page
    assert "Kỳ trước" not in page

import pytest
from flask import Flask

from core import clock
from core.extensions import db
from core.permissions import Role
from domain import builder, publishing
from models import Assignment, Form, FormVersion
from tests.conftest import Browser
from tests.factories import make_form, make_group, make_person, make_task, make_unit, publish
from tests.support.reports import submit


@pytest.fixture
def secretary(app: Flask, browser: Browser) -> Browser:
    return browser.sign_in(make_person(Role.SECRETARIAT))


def names(form: Form) -> list[str]:
    db.session.expire_all()
    return [one.unit.name for one in publishing.recipients(form)]


def chosen_form(*questions: str) -> Form:
    form = make_form(make_task(), *(questions or ("integer",)))
    publishing.set_targets(
        None, form, groups=[], units=[make_unit("Bảo Lạc"), make_unit("Hạ Lang")], excluded=[]
    )
    return form


def test_a_group_is_chosen_without_the_units_that_were_unticked(secretary: Browser) -> None:
    a, b, c = (make_unit(name) for name in "ABC")
    group, form = make_group(a, b), make_form(make_task(), "integer")
    answer = secretary.post(
        f"/forms/{form.id}/units",
        data={"groups": [group.id], "members": [f"{group.id}:{b.id}"], "units": [c.id]},
    )
    assert answer.location == f"/tasks/{form.task_id}"
    assert names(form) == ["B", "C"]
    page = secretary.get(f"/forms/{form.id}/units").text
    assert f'id="group-{group.id}" checked' in page
    assert f'id="member-{group.id}-{b.id}" checked' in page
    assert f'id="member-{group.id}-{a.id}">' in page
    assert f'id="unit-{c.id}" checked' in page


def test_a_unit_unticked_in_one_group_but_not_in_another_stays(secretary: Browser) -> None:
    a, b = make_unit("A"), make_unit("B")
    one, two = make_group(a, b), make_group(a)
    form = make_form(make_task(), "integer")
    secretary.post(
        f"/forms/{form.id}/units",
        data={"groups": [one.id, two.id], "members": [f"{one.id}:{b.id}", f"{two.id}:{a.id}"]},
    )
    assert sorted(names(form)) == ["A", "B"]


def test_a_group_that_is_not_chosen_has_all_its_members_ticked_in_advance(
    secretary: Browser,
) -> None:
    unit = make_unit()
    group, form = make_group(unit), make_form(make_task(), "integer")
    page = secretary.get(f"/forms/{form.id}/units").text
    assert f'id="group-{group.id}">' in page
    assert f'id="member-{group.id}-{unit.id}" checked' in page


@pytest.mark.parametrize(
    "data", [{"groups": "99"}, {"units": "99"}, {"members": "1:99"}, {"units": "x"}]
)
def test_what_was_not_offered_is_refused(secretary: Browser, data: dict[str, str]) -> None:
    form = chosen_form()
    assert secretary.post(f"/forms/{form.id}/units", data=data).status_code == 422
    assert names(form) == ["Bảo Lạc", "Hạ Lang"]


def test_a_choice_of_nothing_is_no_units(secretary: Browser) -> None:
    form = chosen_form()
    assert secretary.post(f"/forms/{form.id}/units").status_code == 303
    assert names(form) == []


def test_a_closed_unit_is_not_offered(secretary: Browser) -> None:
    closed = make_unit("Đã đóng", closed_at=clock.now())
    form = chosen_form()
    make_group(closed)
    assert "Đã đóng" not in secretary.get(f"/forms/{form.id}/units").text
    answer = secretary.post(f"/forms/{form.id}/units", data={"units": closed.id})
    assert answer.status_code == 422


def test_the_page_of_consequences_counts_and_publishing_does_what_it_says(
    secretary: Browser,
) -> None:
    form = chosen_form()
    url = f"/tasks/{form.task_id}/publish"
    page = secretary.get(url).text
    assert "2 đơn vị sẽ nhận báo cáo" in page
    assert "Công bố cho 2 đơn vị" in page
    assert Assignment.query.count() == 0
    assert secretary.post(url).location == f"/tasks/{form.task_id}"
    assert Assignment.query.count() == 2
    assert "không có gì thay đổi" in secretary.get(url).text


def test_publishing_by_a_second_click_makes_nothing_twice(secretary: Browser) -> None:
    form = chosen_form()
    for _time in range(2):
        assert secretary.post(f"/tasks/{form.task_id}/publish").status_code == 303
    assert (FormVersion.query.count(), Assignment.query.count()) == (1, 2)


def test_each_flaw_leads_to_where_it_is_mended(secretary: Browser) -> None:
    form = chosen_form()
    builder.add_section(None, form, "Mục trống")
    task = form.task
    task.rounds[0].due_at = None
    bare = make_form(task, "integer", title="Biểu chưa có đơn vị")
    url = f"/tasks/{task.id}/publish"
    links = (f"/tasks/{task.id}/edit#due_date", f"/forms/{bare.id}/units", f"/forms/{form.id}#s-")
    for answer in (secretary.get(url), secretary.post(url)):
        assert "Mục trống" in answer.text
        for link in links:
            assert f'href="{link}' in answer.text
        assert "Công bố cho" not in answer.text
    assert answer.status_code == 422
    assert Assignment.query.count() == 0


def test_changes_against_the_published_version_are_told_in_words(secretary: Browser) -> None:
    form = chosen_form("integer", "short_text")
    owed = publish(form)
    submit(owed[0], {})
    section = builder.sections_of(form)[0]
    first, second = builder.questions_of(section)
    builder.change_question(None, first, label="Số hộ gia đình")
    builder.delete_question(None, second)
    builder.add_question(None, section, type="money", label="Kinh phí")
    page = secretary.get(f"/tasks/{form.task_id}/publish").text
    for words in (
        "So với phiên bản 1", "Số hộ gia đình", "sửa nội dung câu hỏi", "Câu 1.2: Câu 2", "Kinh phí",
        "1 báo cáo chưa nộp chuyển sang phiên bản mới", "1 báo cáo đã nộp giữ phiên bản cũ",
    ):  # fmt: skip
        assert words in page
    compared = secretary.get(f"/forms/{form.id}/changes").text
    for words in ("Phiên bản 1 đang dùng", "Câu 1.1: Số hộ gia đình", "<div>Câu 1</div>"):
        assert words in compared


def test_a_form_without_a_version_or_without_changes_says_so(secretary: Browser) -> None:
    form = chosen_form("integer")
    assert "chưa công bố lần nào" in secretary.get(f"/forms/{form.id}/changes").text
    publish(form)
    assert "Không có thay đổi nào" in secretary.get(f"/forms/{form.id}/changes").text


def test_a_changed_measuring_unit_after_a_submission_is_named_and_blocks(
    secretary: Browser,
) -> None:
    form = chosen_form()
    submit(publish(form)[0], {})
    question = builder.questions_of(builder.sections_of(form)[0])[0]
    builder.change_question(None, question, measure="hộ")
    url = f"/tasks/{form.task_id}/publish"
    assert "đổi đơn vị tính" in secretary.get(url).text
    assert secretary.post(url).status_code == 422
    assert FormVersion.query.count() == 1


def test_a_deadline_that_has_passed_is_warned_of(secretary: Browser) -> None:
    form = chosen_form()
    form.task.rounds[0].due_at = clock.now()
    assert "Hạn nộp đã qua" in secretary.get(f"/tasks/{form.task_id}/publish").text
    assert secretary.post(f"/tasks/{form.task_id}/publish").status_code == 303


def test_a_deleted_task_or_form_can_not_be_published(secretary: Browser) -> None:
    form = chosen_form()
    form.task.deleted_at = clock.now()
    assert secretary.get(f"/tasks/{form.task_id}/publish").status_code == 404
    assert secretary.post(f"/tasks/{form.task_id}/publish").status_code == 404
    assert secretary.get(f"/forms/{form.id}/units").status_code == 404

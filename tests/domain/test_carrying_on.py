"""Tables begin with what the unit reported before: the plan, last year's figures, what came so far."""

import re
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from core.extensions import db
from core.permissions import Role
from domain import answering, copying, previous, publishing, versions
from models import Assignment, Form, Question, Response, Round, Unit
from questionnaire import checks
from questionnaire.filling import filled
from questionnaire.types import get
from tests.conftest import Browser
from tests.factories import actor_for, make_form, make_person, make_task, make_unit, publish, response_of
from tests.support.reports import submit

pytestmark = pytest.mark.usefixtures("app")

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
LINES: list[dict[str, str]] = [
    {"label": "Kế hoạch", "type": "integer", "marker": "1", "compute": "last"},
    {"label": "Cùng kỳ", "type": "integer", "marker": "2", "compute": "year", "parts": "4"},
    {"label": "Luỹ kế trước", "type": "integer", "marker": "3", "compute": "year_to_date",
     "parts": "5"},
    {"label": "Thực hiện", "type": "integer", "marker": "4"},
    {"label": "Luỹ kế", "type": "integer", "marker": "5=3+4"},
]  # fmt: skip


def due(year: int, month: int, day: int = 25) -> datetime:
    return datetime(year, month, day, 17, 0, tzinfo=ZONE)


@pytest.fixture
def form() -> Form:
    table = get("fixed_table")
    data = {"columns": LINES, "rows": "Số vụ", "total": ""}
    settings = table.clean_settings(data, table.default_settings())
    return make_form(
        make_task("Báo cáo tháng", due_at=due(2026, 1)),
        {"type": "fixed_table", "uid": "bang", "label": "Kết quả", "settings": settings,
         "required": True},
    )  # fmt: skip


@pytest.fixture
def unit() -> Unit:
    return make_unit()


def next_round(form: Form, due_at: datetime) -> Assignment:
    round_ = Round(task_id=form.task_id, name="Kỳ", position=len(form.task.rounds), due_at=due_at)
    form.task.rounds.append(round_)
    db.session.flush()
    publishing.publish(form.task, round_, None)
    found: Assignment = Assignment.query.filter_by(round_id=round_.id).one()
    return found


def answer(**cells: int) -> dict[str, Any]:
    """Return the table's answer, its cells named by what the mark of their column begins with."""
    settings = Question.query.order_by(Question.id).first().settings
    ids = {f"c{one['marker'][0]}": one["id"] for one in settings["columns"]}
    return {"rows": {settings["rows"][0]["id"]: {ids[name]: value for name, value in cells.items()}}}


def standing(report: Response) -> Any:
    definition = versions.definition(report.version_id)
    now = filled(definition, report.answers, previous.of_report(report)).answers
    return now.get(next(iter(definition.questions)))


def test_what_came_so_far_and_the_plan_go_on_from_round_to_round(form: Form, unit: Unit) -> None:
    (january,) = publish(form, unit)
    submit(january, {"bang": answer(c1=100, c4=5)})
    february = next_round(form, due(2026, 2))
    assert standing(response_of(february)) == answer(c1=100, c3=5)
    submit(february, {"bang": answer(c1=100, c3=5, c4=3)})
    assert standing(response_of(next_round(form, due(2026, 3)))) == answer(c1=100, c3=8)


def test_what_came_so_far_begins_anew_with_the_year(form: Form, unit: Unit) -> None:
    form.task.rounds[0].due_at = due(2025, 12)
    publish(form, unit)
    december = next_round(form, due(2026, 1, 5))
    submit(december, {"bang": answer(c1=100, c3=50, c4=5)})
    assert standing(response_of(next_round(form, due(2026, 2, 5)))) == answer(c1=100)


def test_the_year_is_that_of_the_figures_where_the_round_says_it(form: Form, unit: Unit) -> None:
    (december,) = publish(form, unit)
    december.round.due_at, december.round.data_to = due(2026, 1, 28), date(2025, 12, 31)
    submit(december, {"bang": answer(c3=50, c4=5)})
    january = next_round(form, due(2026, 2, 28))
    assert standing(response_of(january)) is None
    january.round.data_to = date(2025, 12, 31)
    assert standing(response_of(january)) == answer(c3=55)


def test_the_same_time_last_year_is_found_among_the_rounds(form: Form, unit: Unit) -> None:
    (january,) = publish(form, unit)
    submit(january, {"bang": answer(c4=7)})
    for month in range(2, 13):
        submit(next_round(form, due(2026, month)), {"bang": answer(c4=month)})
    assert standing(response_of(next_round(form, due(2027, 1, 20)))) == answer(c2=7)


def test_a_task_made_from_last_year_s_carries_on_too(form: Form, unit: Unit) -> None:
    (old,) = publish(form, unit)
    submit(old, {"bang": answer(c1=100, c4=7)})
    copy = copying.copy_task(None, form.task).forms[0]
    copy.task.rounds[0].due_at = due(2027, 1)
    (new,) = publish(copy)
    assert standing(response_of(new)) == answer(c1=100, c2=7)


def test_what_somebody_has_saved_stays_blank_cells_too(form: Form, unit: Unit) -> None:
    (january,) = publish(form, unit)
    submit(january, {"bang": answer(c1=100, c4=5)})
    report = response_of(next_round(form, due(2026, 2)))
    answering.save_answer(actor_for(make_person(Role.REPORTER, unit)), report, "bang", answer(c4=1))
    assert standing(report) == answer(c4=1)


def test_what_is_only_carried_on_is_no_answer_yet(form: Form, unit: Unit) -> None:
    (january,) = publish(form, unit)
    submit(january, {"bang": answer(c1=100, c4=5)})
    report = response_of(next_round(form, due(2026, 2)))
    definition, last = versions.definition(report.version_id), previous.of_report(report)
    assert [one.state for one in checks.progress(definition, report.answers, last)] == ["not_started"]
    assert [one.message for one in checks.errors(definition, report.answers, last)] == [
        "Chưa trả lời câu này."
    ]


def test_a_page_shows_it_and_saving_the_page_stores_it(
    form: Form, unit: Unit, browser: Browser
) -> None:
    (january,) = publish(form, unit)
    submit(january, {"bang": answer(c1=100, c4=5)})
    assignment = next_round(form, due(2036, 1) - timedelta(days=1))
    report = response_of(assignment)
    person = make_person(Role.REPORTER, unit)
    uid = form.versions[0].definition["sections"][0]["uid"]
    page = browser.sign_in(person)
    url = f"/reports/{assignment.id}/sections/{uid}"
    shown = page.get(url).text
    assert 'value="100"' in shown
    assert "Lấy sẵn từ báo cáo trước" in shown
    (plan, *_others, done) = re.findall(r'name="(bang-[^"]+)"', shown)
    page.post(url, data={plan: "110", done: "6"})
    db.session.refresh(report)
    assert report.answers == {"bang": answer(c1=110, c4=6)}

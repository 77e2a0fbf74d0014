"""What units sent in time, late or not at all, worked out by hand."""

import io
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from core import clock
from core.extensions import db
from core.permissions import Role
from domain import exemptions, extensions, punctuality, punctuality_book, review, submitting
from domain.punctuality import Chosen, Record
from models import Assignment, Unit
from tests.factories import (
    actor_for,
    make_form,
    make_group,
    make_person,
    make_task,
    make_unit,
    publish,
    response_of,
)

DUE = datetime(2026, 3, 10, 17, 0, tzinfo=clock.ZONE)
LATER = datetime(2026, 11, 20, 8, 0, tzinfo=clock.ZONE)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def owed(app: Any) -> Callable[..., list[Assignment]]:
    """Publish a form to units, to be sent by a deadline."""

    def publish_to(*units: Unit, due_at: datetime = DUE, title: str = "Phòng, chống ma tuý") -> Any:
        with clock.stopped_at(due_at - 30 * DAY):
            return publish(make_form(make_task(title, due_at=due_at), "long_text"), *units)

    return publish_to


def send(assignment: Assignment, at: datetime) -> None:
    person = actor_for(make_person(Role.REPORTER, assignment.unit))
    with clock.stopped_at(at):
        submitting.submit(person, response_of(assignment))


def record(unit: Unit, year: int = 2026, at: datetime = LATER) -> Record:
    with clock.stopped_at(at):
        return punctuality.of_unit(unit, year).record


def test_a_report_is_in_time_up_to_its_deadline_and_late_by_begun_days_after_it(owed: Any) -> None:
    units = [make_unit() for _place in range(4)]
    moments = (DUE, DUE + timedelta(seconds=1), DUE + DAY, DUE + DAY + HOUR)
    for assignment, moment in zip(owed(*units), moments, strict=True):
        send(assignment, moment)
    assert [(one.in_time, one.late, one.days_late) for one in map(record, units)] == [
        (1, 0, 0), (0, 1, 1), (0, 1, 1), (0, 1, 2),
    ]  # fmt: skip


def test_what_never_came_is_missing_once_it_is_due_and_nothing_before(owed: Any) -> None:
    unit = make_unit()
    owed(unit)
    assert record(unit, at=DUE).due == 0
    assert record(unit, at=DUE + HOUR).missing == 1
    with clock.stopped_at(DUE + 3 * DAY - HOUR):
        (report,) = punctuality.of_unit(unit, 2026).reports
        assert (report.sent_at, report.days_late) == (None, 3)


def test_the_first_submission_counts_unless_the_unit_withdrew_it(owed: Any) -> None:
    returned, withdrawn = make_unit(), make_unit()
    first, second = owed(returned, withdrawn)
    secretary = actor_for(make_person(Role.SECRETARIAT))
    send(first, DUE - DAY)
    with clock.stopped_at(DUE + DAY):
        review.return_report(secretary, response_of(first), "Thiếu số liệu", {})
    send(first, DUE + 5 * DAY)
    send(second, DUE - DAY)
    with clock.stopped_at(DUE - HOUR):
        submitting.withdraw(actor_for(make_person(Role.REPORTER, withdrawn)), response_of(second))
    send(second, DUE + 2 * DAY)
    assert record(returned) == Record(in_time=1, returned=1)
    assert record(withdrawn) == Record(late=1, days_late=2)


def test_a_later_deadline_counts_and_an_exempted_report_does_not(owed: Any) -> None:
    extended, exempted = make_unit(), make_unit()
    first, second = owed(extended, exempted)
    secretary = actor_for(make_person(Role.SECRETARIAT))
    with clock.stopped_at(DUE - DAY):
        extensions.grant(secretary, [first], DUE + 3 * DAY, "Mưa lũ")
        exemptions.exempt(secretary, [second], "Đơn vị giải thể")
    send(first, DUE + 2 * DAY)
    assert record(extended) == Record(in_time=1, extended=1)
    assert record(exempted) == Record()
    with clock.stopped_at(LATER):
        assert [one.unit for one in punctuality.page(Chosen(2026)).rows] == [extended]


def test_each_year_and_month_has_the_deadlines_that_fell_into_it_in_vietnam(owed: Any) -> None:
    unit = make_unit()
    midnight = datetime(2026, 1, 1, 0, 0, tzinfo=clock.ZONE)
    for due_at in (midnight - timedelta(seconds=1), midnight, DUE):
        send(owed(unit, due_at=due_at)[0], due_at)
    owed(unit, due_at=DUE + HOUR)
    assert [record(unit, year).due for year in (2025, 2026)] == [1, 3]
    with clock.stopped_at(LATER):
        assert punctuality.years() == [2026, 2025]
        assert punctuality.by_month(Chosen(2026)) == {
            1: Record(in_time=1), 3: Record(in_time=1, missing=1),
        }  # fmt: skip


def test_units_are_found_by_words_and_by_the_group_that_they_stood_in(owed: Any) -> None:
    museum, library = make_unit("Bảo tàng tỉnh"), make_unit("Thư viện tỉnh")
    make_group(museum, library, name="Sự nghiệp")
    for assignment in owed(museum, library):
        assignment.group_name = "Sự nghiệp" if assignment.unit is museum else ""
    db.session.flush()
    with clock.stopped_at(LATER):
        assert punctuality.groups(2026) == ["Sự nghiệp"]
        for chosen, found in (
            (Chosen(2026), [museum, library]),
            (Chosen(2026, words="thu vien"), [library]),
            (Chosen(2026, group="Sự nghiệp"), [museum]),
            (Chosen(2025), []),
        ):
            assert [one.unit for one in punctuality.page(chosen).rows] == found
            assert [one.unit for one in punctuality.all_records(chosen)] == found


def test_the_workbook_says_the_same_with_the_rule_below(owed: Any) -> None:
    units = [make_unit("=1+1"), make_unit("Thư viện tỉnh", code="0012")]
    first, second = owed(*units, title="Gia đình văn hóa")
    send(first, DUE)
    send(second, DUE + 3 * DAY)
    file = io.BytesIO()
    with clock.stopped_at(LATER):
        punctuality_book.write(Chosen(2026), file)
    file.seek(0)
    book = CalamineWorkbook.from_filelike(file)
    rows = book.get_sheet_by_name("Chấp hành thời hạn").to_python(skip_empty_area=False)
    assert rows[0][0] == "Chấp hành thời hạn báo cáo năm 2026"
    assert rows[3][1:] == [units[0].code, "=1+1", 1, 1, 0, 0, 100, 0, 0, 0]
    assert rows[4][1:] == ["0012", "Thư viện tỉnh", 1, 0, 1, 0, 0, 3, 0, 0]
    assert rows[5][2:] == ["Toàn bộ", 2, 1, 1, 0, 50, 3, 0, 0]
    assert rows[7][0] == punctuality_book.RULE
    reports = book.get_sheet_by_name("Từng báo cáo").to_python(skip_empty_area=False)
    assert reports[4][:4] == ["0012", "Thư viện tỉnh", "Gia đình văn hóa", second.form.title]
    assert reports[4][5:9] == [
        datetime(2026, 3, 10, 17, 0), datetime(2026, 3, 13, 17, 0), 3, 0,
    ]  # fmt: skip


def test_shares_and_means_have_one_place_and_are_blank_without_reports() -> None:
    some = Record(in_time=1, late=2, days_late=5)
    assert (some.share, some.mean_days) == (Decimal("33.3"), Decimal("2.5"))
    assert (Record().share, Record().mean_days) == (None, None)

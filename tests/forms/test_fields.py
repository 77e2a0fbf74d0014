from datetime import date, datetime, time

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from core.clock import ZONE
from forms.base import WebForm
from forms.fields import DateField, HourField, day_and_hour, instant


class Meeting(WebForm):
    class Meta(WebForm.Meta):
        csrf = False

    day = DateField("Ngày")
    hour = HourField("Giờ")


def filled(app: Flask, day: str, hour: str = "") -> Meeting:
    with app.test_request_context():
        form = Meeting(MultiDict({"day": day, "hour": hour}))
        form.validate()
        return form


@pytest.mark.parametrize("typed", ["05/12/2026", "5/12/2026", " 05-12-2026 ", "2026-12-05"])
def test_a_date_is_read_as_people_write_it(sqlite_app: Flask, typed: str) -> None:
    assert filled(sqlite_app, typed).day.data == date(2026, 12, 5)


@pytest.mark.parametrize("typed", ["31/02/2026", "12/2026", "mai", "05/13/2026"])
def test_what_is_no_date_is_refused_and_stays_in_the_field(sqlite_app: Flask, typed: str) -> None:
    form = filled(sqlite_app, typed)
    assert form.day.data is None
    assert "không phải ngày" in form.day.errors[0]
    assert f'value="{typed}"' in str(form.day())


@pytest.mark.parametrize(
    ("typed", "hour"),
    [
        ("17:00", time(17)),
        ("17", time(17)),
        ("17h", time(17)),
        ("7h30", time(7, 30)),
        ("07.30", time(7, 30)),
        ("17 giờ", time(17)),
        ("17 giờ 15 phút", time(17, 15)),
    ],
)
def test_an_hour_is_read_as_people_write_it(sqlite_app: Flask, typed: str, hour: time) -> None:
    assert filled(sqlite_app, "", typed).hour.data == hour


@pytest.mark.parametrize("typed", ["24:00", "17:60", "năm giờ", "-1", "17:0"])
def test_what_is_no_hour_is_refused(sqlite_app: Flask, typed: str) -> None:
    form = filled(sqlite_app, "", typed)
    assert form.hour.data is None
    assert "không phải giờ" in form.hour.errors[0]


def test_nothing_typed_is_no_date_and_no_fault(sqlite_app: Flask) -> None:
    form = filled(sqlite_app, "  ")
    assert (form.day.data, form.day.errors, form.hour.data) == (None, [], None)


def test_a_date_without_an_hour_lasts_until_its_end_in_vietnam() -> None:
    assert instant(date(2023, 12, 5), None) == datetime(2023, 12, 5, 23, 59, 59, tzinfo=ZONE)
    assert instant(date(2023, 12, 5), time(17)) == datetime(2023, 12, 5, 17, tzinfo=ZONE)
    assert instant(None, None) is None


@pytest.mark.parametrize("hour", [None, time(0), time(17), time(23, 59)])
def test_an_instant_is_shown_as_it_was_typed(hour: time | None) -> None:
    day = date(2023, 12, 5)
    assert day_and_hour(instant(day, hour)) == (day, hour)

"""Calendar files (iCalendar, RFC 5545), as calendars of other programs read them."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Calendar
from icalendar import Event as CalendarEvent

PRODUCT = "-//Tong Hop//Tong Hop//VI"
READ_AGAIN = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Event:
    """A moment in the calendar; `key` stays the same when it moves."""

    key: str
    at: datetime
    title: str
    text: str = ""
    is_sure: bool = True


def calendar(name: str, events: Iterable[Event], *, at: datetime) -> bytes:
    """Return a calendar file written at the instant `at`; times are in UTC, which all programs know."""
    file = Calendar()
    file.add("prodid", PRODUCT)
    file.add("version", "2.0")
    file.add("method", "PUBLISH")
    file.add("x-wr-calname", name)
    file.add("refresh-interval", READ_AGAIN)
    for event in events:
        file.add_component(_component(event, at))
    return file.to_ical()


def _component(event: Event, at: datetime) -> CalendarEvent:
    component = CalendarEvent()
    component.add("uid", f"{hashlib.sha256(event.key.encode()).hexdigest()[:32]}@tong-hop")
    component.add("dtstamp", at.astimezone(UTC).replace(microsecond=0))
    component.add("dtstart", event.at.astimezone(UTC).replace(microsecond=0))
    component.add("summary", event.title)
    component.add("description", event.text)
    component.add("status", "CONFIRMED" if event.is_sure else "TENTATIVE")
    component.add("transp", "TRANSPARENT")
    return component

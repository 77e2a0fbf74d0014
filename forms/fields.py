"""Fields for dates and hours as people in Vietnam write them."""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from functools import cached_property
from html import escape
from typing import Any

from markupsafe import Markup
from wtforms import Field, SelectField
from wtforms.widgets import Select, TextInput, html_params

from core.clock import ZONE, local
from core.vietnamese import format_date, parse_date
from core.words import _

END_OF_DAY = time(23, 59, 59)
_HOUR = re.compile(r"(\d{1,2})(?:\s*(?:[:.]|h|giờ)\s*(\d{2})?)?(?:\s*phút)?", re.IGNORECASE)


class Options:
    """Choices that many lists of a page share: written once, and only if one is shown."""

    def __init__(self, make: Callable[[], Iterable[tuple[str, str]]]) -> None:
        self._make = make

    @cached_property
    def lines(self) -> dict[str, str]:
        """The options as HTML by value, in order."""
        return {
            value: f'<option value="{escape(value)}">{escape(label)}</option>'
            for value, label in self._make()
        }

    @cached_property
    def _whole(self) -> str:
        return "".join(self.lines.values())

    def html(self, chosen: str | None) -> Markup:
        """Return the options as HTML with one of them chosen."""
        line = self.lines.get(chosen or "")
        text = self._whole
        if line is not None:
            text = text.replace(line, line.replace("<option", "<option selected", 1), 1)
        return Markup(text)  # noqa: S704 -- every line has escaped its words.


class LongSelect(Select):
    """A list of `Options`, written in one go: a form may offer hundreds."""

    def __call__(self, field: SelectField, **kwargs: Any) -> Markup:
        """Return the list as HTML."""
        kwargs = {"id": field.id, "name": field.name, **kwargs}
        named = Markup(html_params(**kwargs))  # noqa: S704 -- it has escaped the values.
        return Markup("<select %s>%s</select>") % (named, field.choices.html(field.data))


class DateField(Field):
    """A date, typed as dd/mm/yyyy; its data is a date or None."""

    widget = TextInput()

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return format_date(self.data)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the date; raises ValueError with how to write it."""
        text = valuelist[0].strip() if valuelist else ""
        self.data = None
        self.data = parse_date(text) if text else None


class HourField(Field):
    """An hour of the day, typed as 17:00, 17h or 17; its data is a time or None."""

    widget = TextInput()

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return self.data.strftime("%H:%M") if self.data else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the hour; raises ValueError with how to write it."""
        text = valuelist[0].strip() if valuelist else ""
        self.data = None
        self.data = _parse_hour(text) if text else None


def instant(
    day: date | None, hour: time | None, *, excludes_day: bool = False
) -> datetime | None:
    """Return the instant that is meant in Vietnam; a date without an hour means its end.

    `excludes_day` makes that the end of the day before, as "trước ngày" has it; an hour stays.
    """
    if day is None:
        return None
    if excludes_day and hour is None:
        day -= timedelta(days=1)
    return datetime.combine(day, hour or END_OF_DAY, tzinfo=ZONE)


def day_and_hour(moment: datetime | None) -> tuple[date | None, time | None]:
    """Return what a person types for the instant; no hour for the end of a day."""
    if moment is None:
        return None, None
    here = local(moment)
    hour = here.time().replace(microsecond=0)
    return here.date(), None if hour == END_OF_DAY else hour.replace(second=0)


def _parse_hour(text: str) -> time:
    found: Any = _HOUR.fullmatch(text)
    try:
        if not found:
            raise ValueError(text)
        return time(int(found[1]), int(found[2] or 0))
    except ValueError:
        raise ValueError(
            _("“%(text)s” không phải giờ. Nhập giờ và phút, ví dụ 17:00.", text=text[:20])
        ) from None

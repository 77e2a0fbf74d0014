"""Fields for dates and hours as people in Vietnam write them."""

import re
from datetime import date, datetime, time
from typing import Any

from wtforms import Field
from wtforms.widgets import TextInput

from core.clock import ZONE, local
from core.vietnamese import format_date, parse_date
from core.words import _

END_OF_DAY = time(23, 59, 59)
_HOUR = re.compile(r"(\d{1,2})(?:\s*(?:[:.]|h|giờ)\s*(\d{2})?)?(?:\s*phút)?", re.IGNORECASE)


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


def instant(day: date | None, hour: time | None) -> datetime | None:
    """Return the instant that is meant in Vietnam; a date without an hour means its end."""
    if day is None:
        return None
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

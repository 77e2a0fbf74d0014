"""Units, groups, people and the days of the office."""

from blueprints._access import actor
from blueprints._load.getting import get
from core.errors import NotFoundError
from core.extensions import db
from core.permissions import Permission
from models import CalendarFeed, OfficeDay, Person, Unit, UnitChange, UnitGroup


def unit_or_404(unit_id: int, permission: Permission) -> Unit:
    """Return a unit."""
    return get(Unit, unit_id, permission)


def unit_change_or_404(change_id: int, permission: Permission) -> UnitChange:
    """Return a change of units."""
    return get(UnitChange, change_id, permission)


def unit_to_read_or_404(unit_id: int) -> Unit:
    """Return a unit for its own people, and for those who read the reports of all."""
    unit = db.session.get(Unit, unit_id)
    own = actor().units_with(Permission.REPORTS_FILL)
    if unit is None or not (unit.id in own or actor().has(Permission.RESPONSES_READ)):
        raise NotFoundError
    return unit


def group_or_404(group_id: int, permission: Permission) -> UnitGroup:
    """Return a group of units."""
    return get(UnitGroup, group_id, permission)


def person_or_404(person_id: int, permission: Permission) -> Person:
    """Return a person."""
    return get(Person, person_id, permission)


def own_unit_or_404(unit_id: int) -> Unit:
    """Return a unit that the person reports for."""
    unit = db.session.get(Unit, unit_id)
    if unit is None or unit.id not in actor().units_with(Permission.REPORTS_FILL):
        raise NotFoundError
    return unit


def calendar_feed_or_404(feed_id: int) -> CalendarFeed:
    """Return a private link of the person, or of a unit that the person reports for."""
    feed = db.session.get(CalendarFeed, feed_id)
    units = actor().units_with(Permission.REPORTS_FILL)
    if feed is None or not (feed.person_id == actor().person_id or feed.unit_id in units):
        raise NotFoundError
    return feed


def office_day_or_404(day_id: int, permission: Permission) -> OfficeDay:
    """Return a day of the office's own."""
    return get(OfficeDay, day_id, permission)

"""The reports of a round in the structure of then or of now: which stand together under which unit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import selectinload

from core import clock
from core.extensions import db
from core.words import _, ngettext
from domain import successors
from domain.successors import Heir, Structure
from domain.summary_records import ROWS_AT_ONCE, FormInRound, Record, records
from domain.summary_reminders import state_words
from domain.unit_versions import day_of
from models import Assignment, ResponseState, Round, Unit, UnitGroup
from questionnaire.combining import Combined, combine

MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit with the reports that stand under it.

    `note` says why figures stay under a unit that is no more as it was.
    """

    code: str
    name: str
    group: str
    note: str = ""
    assignments: Sequence[int] = ()


@dataclass(slots=True)
class _Gathered:
    """Reports that stand together; `rank` is their place among the others."""

    standing: Standing
    rank: tuple[Any, ...]
    assignments: list[int] = field(default_factory=list)


def standings(round_: Round, form_id: int) -> list[Standing]:
    """Return the units of now, in official order, with the reports of a round that they stand for.

    What a unit reported before it was split can't be divided, and stays under it.
    """
    day = day_of(round_.published_at or clock.now())
    history = successors.read()
    owed = db.session.execute(
        select(
            Assignment.id,
            Assignment.unit_id,
            Assignment.unit_code,
            Assignment.unit_name,
            Assignment.group_name,
        )
        .where(Assignment.round_id == round_.id, Assignment.form_id == form_id)
        .order_by(Assignment.position, Assignment.id)
    ).all()
    heirs = {unit: history.now(unit, day) for unit in {one.unit_id for one in owed}}
    units = _units([heir.unit_id for heir in heirs.values()])
    parts = _names([part for heir in heirs.values() for part in heir.parts])
    place_of = _places_of_groups([one.group_name for one in owed])
    found: dict[Heir, _Gathered] = {}
    for place, one in enumerate(owed):
        heir = heirs[one.unit_id]
        if heir not in found:
            frozen = Standing(one.unit_code, one.unit_name, one.group_name)
            standing, rank = _standing(heir, one.unit_id, units[heir.unit_id], frozen, parts)
            found[heir] = _Gathered(standing, (*place_of[standing.group], *rank, place))
        found[heir].assignments.append(one.id)
    ordered = sorted(found.values(), key=lambda one: one.rank)
    return [replace(one.standing, assignments=tuple(one.assignments)) for one in ordered]


def gathered(
    form: FormInRound,
    structure: Structure,
    *,
    where: Sequence[ColumnElement[bool]] = (),
) -> Iterator[tuple[Standing, list[Record]]]:
    """Yield each unit with its reports, reading them as they are asked for."""
    if structure == Structure.THEN:
        for record in records(form, where=where):
            yield of_then(record.assignment), [record]
        return
    yield from reports_of(form, standings(form.round, form.form.id), where=where)


def reports_of(
    form: FormInRound,
    units: Sequence[Standing],
    *,
    where: Sequence[ColumnElement[bool]] = (),
) -> Iterator[tuple[Standing, list[Record]]]:
    """Yield units of now with their reports, some at a time."""
    for some in _portions(units):
        ids = [id_ for standing in some for id_ in standing.assignments]
        chosen = (Assignment.id.in_(ids), *where)
        by_id = {record.assignment.id: record for record in records(form, where=chosen)}
        for standing in some:
            found = [by_id[id_] for id_ in standing.assignments if id_ in by_id]
            if found:
                yield standing, found


def state_of(found: Sequence[Record]) -> str:
    """Return where the reports of a unit are, in words."""
    owed = [record for record in found if record.state != ResponseState.EXEMPT] or found[:1]
    if len(owed) == 1:
        return state_words(owed[0])
    sent = sum(record.answers is not None for record in owed)
    return _("%(sent)d/%(all)d báo cáo đã nộp", sent=sent, all=len(owed))


def combined(form: FormInRound, found: Sequence[Record]) -> Combined | None:
    """Return the submitted answers of a unit's reports as one; None where nothing is submitted."""
    sent = [
        (record.assignment.unit_name, record.answers)
        for record in found
        if record.answers is not None
    ]
    return combine(form.definition, sent) if sent else None


def of_then(one: Assignment) -> Standing:
    """Return the unit that owes a report as it was called when it was asked for."""
    return Standing(one.unit_code, one.unit_name, one.group_name, "", (one.id,))


def _standing(
    heir: Heir, unit_id: int, unit: Unit, frozen: Standing, parts: dict[int, str]
) -> tuple[Standing, tuple[int, int]]:
    """Return under what name figures stand now, and its place in the group: gone units come last."""
    now = Standing(unit.code, unit.name, frozen.group)
    if heir.parts or heir.has_ended:
        note = _("Đã giải thể")
        if heir.parts:
            note = _("Đã chia tách thành %(units)s; số liệu không chia được nên giữ ở đơn vị cũ",
                     units=_several([parts[one] for one in heir.parts]))  # fmt: skip
        kept = frozen if heir.unit_id == unit_id else now
        return replace(kept, note=note), (1, unit.position)
    if unit.groups:
        now = replace(now, group=unit.groups[0].name)
    return now, (0, unit.position)


def _several(names: Sequence[str]) -> str:
    if len(names) > MOST_NAMED:
        return ngettext("%(num)d đơn vị", "%(num)d đơn vị", len(names))
    return "; ".join(names)


def _places_of_groups(frozen: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Return the place of each group: those of now, then those that there were, then no group."""
    query = select(UnitGroup.name).order_by(UnitGroup.position, UnitGroup.id)
    names = list(dict.fromkeys([*db.session.scalars(query), *(one for one in frozen if one)]))
    return {"": (1, 0)} | {name: (0, place) for place, name in enumerate(names)}


def _units(ids: Sequence[int]) -> dict[int, Unit]:
    query = select(Unit).where(Unit.id.in_(ids)).options(selectinload(Unit.groups))
    return {unit.id: unit for unit in db.session.scalars(query)}


def _names(ids: Sequence[int]) -> dict[int, str]:
    query = select(Unit.id, Unit.name).where(Unit.id.in_(ids))
    return dict(db.session.execute(query).all())


def _portions(found: Sequence[Standing]) -> Iterator[list[Standing]]:
    """Yield as many units at a time as have few enough reports to be held in memory."""
    some: list[Standing] = []
    count = 0
    for standing in found:
        if some and count + len(standing.assignments) > ROWS_AT_ONCE:
            yield some
            some, count = [], 0
        some.append(standing)
        count += len(standing.assignments)
    if some:
        yield some

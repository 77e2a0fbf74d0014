"""Deadlines of levels: a group or a kind of units reports earlier or later than the round says."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import selectinload

from core import clock
from core.errors import ForbiddenError, InvalidError
from core.extensions import db
from core.permissions import Actor, Permission
from core.words import _
from domain import audit, cycles, organisation
from models import Assignment, Recurrence, Round, RoundLevel, Unit, UnitGroup

MOST = 12


def choices() -> list[tuple[str, str]]:
    """Return whom a level can be for, with what that is called: groups in order, then kinds."""
    query = select(UnitGroup.id, UnitGroup.name).order_by(UnitGroup.position, UnitGroup.id)
    groups = [(f"group:{id_}", name) for id_, name in db.session.execute(query)]
    return groups + [(f"kind:{kind}", _(name)) for kind, name in organisation.KIND_NAMES.items()]


def of_round(round_: Round) -> Sequence[RoundLevel]:
    """Return the levels of a round in the order in which they count."""
    query = (
        select(RoundLevel)
        .where(RoundLevel.round_id == round_.id)
        .options(selectinload(RoundLevel.group).selectinload(UnitGroup.units))
        .order_by(RoundLevel.id)
    )
    return db.session.scalars(query).all()


def change(actor: Actor, round_: Round, wanted: Mapping[str, datetime]) -> None:
    """Give levels of a round their deadlines, by whom they are for; all others lose theirs.

    Raises InvalidError for somebody unknown, and for a new deadline that units were not told and
    that has passed. The caller holds the row of the round.
    """
    if not actor.may(Permission.TASKS_EDIT):
        raise ForbiddenError
    before = {one.who: one.due_at for one in of_round(round_)}
    if before == dict(wanted):
        return
    _check(round_, wanted, before)
    for one in of_round(round_):
        db.session.delete(one)
    db.session.flush()
    _add(round_, wanted)
    apply(round_)
    audit.record(actor, "round.levels_set", round_, levels=sorted(wanted))


def begin(round_: Round, recurrence: Recurrence) -> None:
    """Give a new round the levels that its task's rule has, in place of any other."""
    for one in of_round(round_):
        db.session.delete(one)
    db.session.flush()
    if round_.due_at is None:
        return
    known = {who for who, _name in choices()}
    wanted = [one for one in recurrence.levels if one["who"] in known]
    _add(round_, {one["who"]: cycles.moved(round_.due_at, one["days"]) for one in wanted})


def apply(round_: Round) -> None:
    """Write down for each report of the round by when its unit's level owes it.

    A unit of several levels goes by the first group, and by its kind only where no group has it.
    """
    db.session.execute(
        update(Assignment)
        .where(Assignment.round_id == round_.id, Assignment.level_due_at.is_not(None))
        .values(level_due_at=None)
        .execution_options(synchronize_session="fetch")
    )
    found = of_round(round_)
    kinds, groups = ([one for one in found if bool(one.kind) == is_kind] for is_kind in (True, False))
    for one in [*kinds, *reversed(groups)]:
        if one.kind:
            units = select(Unit.id).where(Unit.kind == one.kind)
            chosen = Assignment.unit_id.in_(units)
        else:
            members = [unit.id for unit in one.group.units] if one.group else []
            chosen = Assignment.unit_id.in_(members)
        db.session.execute(
            update(Assignment)
            .where(Assignment.round_id == round_.id, chosen)
            .values(level_due_at=one.due_at)
            .execution_options(synchronize_session="fetch")
        )


def _add(round_: Round, wanted: Mapping[str, datetime]) -> None:
    for who, due_at in wanted.items():
        sort, _colon, value = who.partition(":")
        db.session.add(
            RoundLevel(
                round_id=round_.id,
                group_id=int(value) if sort == "group" else None,
                kind=value if sort == "kind" else "",
                due_at=due_at,
            )
        )
    db.session.flush()


def _check(
    round_: Round, wanted: Mapping[str, datetime], before: Mapping[str, datetime]
) -> None:
    known = {who for who, _name in choices()} | before.keys()
    if wanted.keys() - known or len(wanted) > MOST:
        raise InvalidError(_("Cấp báo cáo này không có trong danh sách."))
    told = round_.published_at is not None
    for who, due_at in wanted.items():
        if told and before.get(who) != due_at and due_at < clock.now():
            text = _("Kỳ báo cáo đã công bố: hạn mới của từng cấp phải ở sau lúc này.")
            raise InvalidError(text)


"""Publication: working copies become versions, and each chosen unit comes to owe its form."""

from dataclasses import dataclass

from sqlalchemy import case, func, select, update
from sqlalchemy.orm import selectinload

from core import clock
from core.extensions import db
from core.permissions import Actor
from domain import audit, levels, versions, working_copy
from models import (
    Assignment,
    Form,
    FormTarget,
    FormVersion,
    Response,
    ResponseState,
    Round,
    Task,
    Unit,
    UnitGroup,
)
from questionnaire.comparison import Comparison, compare

DONE = (ResponseState.SUBMITTED, ResponseState.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Recipient:
    """A unit that is to get a form, with the group that it stands under."""

    unit: Unit
    group_name: str


def forms_of(task: Task) -> list[Form]:
    """Return the forms of `task` in order, with whom they go to, in few queries."""
    query = (
        select(Form)
        .where(Form.task_id == task.id, Form.deleted_at.is_(None))
        .order_by(Form.position, Form.id)
        .options(
            selectinload(Form.targets).options(
                selectinload(FormTarget.unit),
                selectinload(FormTarget.group).selectinload(UnitGroup.units),
            )
        )
    )
    return list(db.session.scalars(query))


def recipients(form: Form) -> list[Recipient]:
    """Return the units that `form` goes to: its groups in their order, then single units.

    A unit in several groups stands under the first; closed and excluded units are left out.
    """
    excluded = {one.unit_id for one in form.targets if one.excluded}
    groups = sorted(
        (one.group for one in form.targets if one.group is not None),
        key=lambda group: (group.position, group.id),
    )
    found: dict[int, Recipient] = {}
    for group in groups:
        for unit in group.units:
            found.setdefault(unit.id, Recipient(unit, group.name))
    singles = [one.unit for one in form.targets if one.unit is not None and not one.excluded]
    for unit in sorted(singles, key=lambda unit: (unit.position, unit.id)):
        found.setdefault(unit.id, Recipient(unit, ""))
    return [
        one
        for one in found.values()
        if one.unit.id not in excluded and one.unit.closed_at is None
    ]


def groups_to_choose() -> list[tuple[UnitGroup, list[Unit]]]:
    """Return every group in order, each with its open units."""
    query = (
        select(UnitGroup)
        .order_by(UnitGroup.position, UnitGroup.id)
        .options(selectinload(UnitGroup.units))
    )
    return [
        (group, [unit for unit in group.units if unit.closed_at is None])
        for group in db.session.scalars(query)
    ]


def set_targets(
    actor: Actor | None,
    form: Form,
    *,
    groups: list[UnitGroup],
    units: list[Unit],
    excluded: list[Unit],
) -> None:
    """Say whom `form` is to go to: `groups` without `excluded`, and `units` one by one.

    Nobody is told before the task is published.
    """
    wanted: list[tuple[int | None, int | None, bool]] = [
        (group.id, None, False) for group in groups
    ]
    wanted += [(None, unit.id, False) for unit in units]
    wanted += [(None, unit.id, True) for unit in excluded]
    there = {(one.group_id, one.unit_id, one.excluded): one for one in form.targets}
    if there.keys() == set(wanted):
        return
    form.targets = [
        there.get(one) or FormTarget(group_id=one[0], unit_id=one[1], excluded=one[2])
        for one in dict.fromkeys(wanted)
    ]
    form.updated_at = clock.now()
    db.session.flush()
    audit.record(
        actor,
        "form.units_chosen",
        form,
        groups=[group.id for group in groups],
        units=[unit.id for unit in units],
        excluded=[unit.id for unit in excluded],
    )


def publish(task: Task, round_: Round, actor: Actor | None) -> None:
    """Publish every form of `task` in `round_`: versions, then assignments not there yet.

    Reports that aren't submitted move to the new version with all that was typed; submitted ones
    stay on theirs. Publishing twice, at once even, makes nothing twice.
    """
    db.session.refresh(round_, with_for_update=True)
    published: dict[str, int] = {}
    for form in forms_of(task):
        db.session.refresh(form, ["rev", "title", "intro"])
        version = publish_version(form, actor)
        _move_open_reports(form, version, round_)
        _assign(form, version, round_)
        published[str(form.id)] = version.number
    levels.apply(round_)
    if round_.published_at is None:
        round_.published_at = clock.now()
        round_.published_by_id = actor.person_id if actor else None
    db.session.flush()
    audit.record(actor, "task.published", task, round=round_.id, versions=published)


def open_round(task: Task, round_: Round) -> int:
    """Ask for the forms of `task` in a new round, as they were last published; return of how many units.

    What is being edited waits for the secretariat to publish it.
    """
    for form in forms_of(task):
        version = latest_version(form)
        if version is not None:
            _assign(form, version, round_)
    levels.apply(round_)
    round_.published_at = clock.now()
    db.session.flush()
    owing = select(func.count(Assignment.unit_id.distinct()))
    return db.session.execute(owing.where(Assignment.round_id == round_.id)).scalar_one()


def latest_version(form: Form) -> FormVersion | None:
    """Return the newest published version of `form`."""
    return db.session.scalars(
        select(FormVersion)
        .where(FormVersion.form_id == form.id)
        .order_by(FormVersion.number.desc())
        .limit(1)
    ).first()


def compared(form: Form) -> tuple[FormVersion | None, list[Comparison]]:
    """Return the newest version, and what the working copy changes in it."""
    newest = latest_version(form)
    if newest is None:
        return None, []
    return newest, compare(versions.definition(newest.id), working_copy.definition_of(form))


def publish_version(form: Form, actor: Actor | None) -> FormVersion:
    """Return a version equal to the working copy, made now unless the newest one already is."""
    newest = latest_version(form)
    if newest is not None and newest.form_rev == form.rev:
        return newest
    version = FormVersion(
        form_id=form.id,
        number=newest.number + 1 if newest else 1,
        definition=working_copy.definition_of(form).to_json(),
        form_rev=form.rev,
        published_at=clock.now(),
        published_by_id=actor.person_id if actor else None,
    )
    db.session.add(version)
    db.session.flush()
    return version


def _move_open_reports(form: Form, version: FormVersion, round_: Round) -> None:
    of_form = select(Assignment.id).where(
        Assignment.round_id == round_.id, Assignment.form_id == form.id
    )
    db.session.execute(
        update(Response)
        .where(
            Response.assignment_id.in_(of_form),
            Response.version_id != version.id,
            Response.state.not_in(DONE),
        )
        .values(
            version_id=version.id,
            carried_from_id=func.coalesce(
                Response.carried_from_id,
                case((Response.state != ResponseState.NOT_STARTED, Response.version_id)),
            ),
        )
        .execution_options(synchronize_session="fetch")
    )


def _assign(form: Form, version: FormVersion, round_: Round) -> None:
    owed = set(
        db.session.scalars(
            select(Assignment.unit_id).where(
                Assignment.round_id == round_.id, Assignment.form_id == form.id
            )
        )
    )
    start = db.session.execute(
        select(func.coalesce(func.max(Assignment.position), -1)).where(
            Assignment.round_id == round_.id, Assignment.form_id == form.id
        )
    ).scalar_one()
    new = [one for one in recipients(form) if one.unit.id not in owed]
    assignments = [
        Assignment(
            round_id=round_.id,
            form_id=form.id,
            unit_id=one.unit.id,
            unit_code=one.unit.code,
            unit_name=one.unit.name,
            group_name=one.group_name,
            position=place,
        )
        for place, one in enumerate(new, start=start + 1)
    ]
    db.session.add_all(assignments)
    db.session.flush()
    db.session.add_all(
        Response(assignment_id=one.id, version_id=version.id) for one in assignments
    )
    db.session.flush()

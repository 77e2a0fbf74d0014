"""From an uploaded plan to a drafted task: read, checked, and made once; nothing is published."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import IO, Any

from sqlalchemy import select

from core import clock
from core.errors import ConflictError
from core.extensions import db
from core.permissions import Actor
from core.words import N_, _
from documents import legacy_text
from documents.plan_text import REASONS as UNREADABLE
from domain import (
    audit,
    builder,
    files,
    plan_files,
    plan_forms,
    plan_matching,
    plan_proposals,
    plans,
    publishing,
    steps,
    tasks,
)
from domain.plan_files import UnreadablePlanError
from models import PlanDraft, Task, Unit, UnitGroup

#: Why nothing is proposed, beside what makes a file unreadable.
REASONS = {
    **UNREADABLE,
    plans.LEGACY: N_("Văn bản dùng phông chữ cũ, chưa phải Unicode."),
    plans.DAMAGED: N_(
        "Chữ trong tệp bị hỏng: phần lớn các từ đã mất dấu nên đọc ra sẽ sai. "
        "Hãy gửi tệp Word gốc, hoặc nhập nhiệm vụ bằng tay."
    ),
    plans.EMPTY: N_("Tệp có quá ít chữ để đọc."),
}
MOST_OPEN = 20
SAMPLE, FEWEST_LETTERS = 6, 20
MOST_NAMES = 400


@dataclass(slots=True)
class ChosenQuestion:
    """A question that is kept, as it was corrected."""

    kind: str
    label: str
    hint: str = ""
    measure: str = ""


@dataclass(slots=True)
class ChosenForm:
    """A form that is kept: for whom, and what it asks; `name` is what the document calls them."""

    name: str
    title: str
    groups: list[UnitGroup] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    questions: list[ChosenQuestion] = field(default_factory=list)


def begin(actor: Actor | None, stream: IO[bytes], filename: str) -> PlanDraft:
    """Keep a file and read it; one that can't be read is kept too, with the reason.

    Raises InvalidError for a file that isn't taken at all.
    """
    stored, name = files.keep(stream, filename)
    draft = PlanDraft(
        file_id=stored.id,
        file=stored,
        file_name=name,
        created_by_id=actor.person_id if actor else None,
        created_at=clock.now(),
    )
    db.session.add(draft)
    _read(draft, convert=False)
    db.session.flush()
    audit.record(actor, "plan.read", draft, reason=draft.reason)
    return draft


def convert(actor: Actor | None, draft: PlanDraft) -> None:
    """Make the text of old fonts Unicode, and read it."""
    _read(draft, convert=True)
    db.session.flush()
    audit.record(actor, "plan.converted", draft, reason=draft.reason)


def open_drafts(actor: Actor) -> list[PlanDraft]:
    """Return the plans that a person has uploaded and not made a task of, the newest first."""
    query = (
        select(PlanDraft)
        .where(PlanDraft.created_by_id == actor.person_id, PlanDraft.task_id.is_(None))
        .order_by(PlanDraft.id.desc())
        .limit(MOST_OPEN)
    )
    return list(db.session.scalars(query))


def discard(actor: Actor | None, draft: PlanDraft) -> None:
    """Drop a plan of which no task was made."""
    audit.record(actor, "plan.discarded", draft)
    db.session.delete(draft)
    db.session.flush()


def sentence_of(draft: PlanDraft) -> str:
    """Return why nothing is proposed; blank where something is."""
    return _(REASONS[draft.reason]) if draft.reason else ""


def sample(draft: PlanDraft) -> list[tuple[str, str]]:
    """Return some lines of old fonts as they stand, and as they would read in Unicode."""
    if not draft.encoding:
        return []
    encoding = legacy_text.Encoding(draft.encoding)
    lines = [line for line in draft.lines if sum(map(str.isalpha, line)) >= FEWEST_LETTERS]
    return [(line, legacy_text.converted(line, encoding)) for line in lines[:SAMPLE]]


def make_task(
    actor: Actor | None, draft: PlanDraft, *, chosen: Sequence[ChosenForm], **fields: Any
) -> Task:
    """Make the draft task with the file, and a form for each that is chosen; learn corrected names."""
    if draft.task_id is not None:
        raise ConflictError(_("Văn bản này đã được lập thành nhiệm vụ."))
    known = plan_matching.names()
    task = tasks.create(actor, **fields)
    tasks.attach(actor, task, draft.file, draft.file_name)
    for one in chosen:
        _add_form(actor, task, one)
        _learn(actor, one, known)
    draft.task_id = task.id
    db.session.flush()
    db.session.expire(task, ["forms"])
    audit.record(actor, "plan.task_made", draft, task=task.id)
    return task


def deadlines_of(draft: PlanDraft) -> list[dict[str, Any]]:
    """Return the proposed deadlines, those with a day as the days that may be meant by them."""
    found = []
    for place, one in enumerate(draft.proposals.get("deadlines", ())):
        day = date.fromisoformat(one["date"]) if one["date"] else None
        before = None if day is None or one["inclusive"] or one["hour"] else day - timedelta(1)
        found.append({**one, "place": place, "day": day, "before": before})
    return found


def groups_by_id(ids: Iterable[int]) -> list[UnitGroup]:
    """Return the groups with these ids, in order."""
    query = select(UnitGroup).where(UnitGroup.id.in_(set(ids)))
    return list(db.session.scalars(query.order_by(UnitGroup.position, UnitGroup.id)))


def units_by_id(ids: Iterable[int]) -> list[Unit]:
    """Return the open units with these ids, in official order."""
    query = select(Unit).where(Unit.id.in_(set(ids)), Unit.closed_at.is_(None))
    return list(db.session.scalars(query.order_by(Unit.position, Unit.id)))


def group_choices() -> list[tuple[int, str, int]]:
    """Return every group with how many open units it has."""
    return [(group.id, group.name, len(units)) for group, units in publishing.groups_to_choose()]


def unit_names() -> list[str]:
    """Return the names of open units to choose from while typing; none where they are too many."""
    query = select(Unit.name).where(Unit.closed_at.is_(None)).order_by(Unit.position, Unit.id)
    found = list(db.session.scalars(query.limit(MOST_NAMES + 1)))
    return found if len(found) <= MOST_NAMES else []


def _read(draft: PlanDraft, *, convert: bool) -> None:
    draft.lines, draft.proposals, draft.encoding, draft.reason = [], {}, "", ""
    with files.open_stored(draft.file) as file:
        content = file.read()
    try:
        found = plan_files.read(content, convert=convert)
    except UnreadablePlanError as error:
        draft.reason = error.reason
        return
    if found.encoding:
        draft.lines = found.text.splitlines()
        draft.encoding, draft.reason = str(found.encoding), plans.LEGACY
        return
    draft.lines = plan_files.lines_of(found)
    draft.reason = plans.damage(draft.lines)
    if not draft.reason:
        draft.proposals = plan_proposals.of(plans.understand(draft.lines), draft.lines)


def _add_form(actor: Actor | None, task: Task, chosen: ChosenForm) -> None:
    form = tasks.add_form(actor, task, chosen.title)
    with steps.gathered():
        if chosen.questions:
            section = builder.add_section(actor, form, plan_forms.RESULTS)
            for one in chosen.questions:
                builder.add_question(
                    actor,
                    section,
                    type=plan_forms.KINDS[one.kind],
                    label=one.label,
                    hint=one.hint,
                    measure=one.measure,
                )
        section = builder.add_section(actor, form, plan_forms.CLOSING)
        for label in plan_forms.CLOSING_QUESTIONS:
            builder.add_question(actor, section, type=plan_forms.KINDS["narrative"], label=label)
    if chosen.groups or chosen.units:
        publishing.set_targets(
            actor, form, groups=chosen.groups, units=chosen.units, excluded=[]
        )


def _learn(actor: Actor | None, chosen: ChosenForm, known: plan_matching.Names) -> None:
    """Learn whom a name means where that isn't what it was taken for."""
    proposed = plan_matching.match(chosen.name, known)
    said = ({one.id for one in chosen.groups}, {one.id for one in chosen.units})
    if said != (set(proposed.group_ids), set(proposed.unit_ids)):
        plan_matching.learn(actor, chosen.name, groups=chosen.groups, units=chosen.units)

"""Between the checking page of a plan and its task: proposals become fields, fields what is kept."""

from datetime import date
from typing import Any

from core.errors import InvalidError
from core.words import _
from domain import office, plan_drafts, plan_matching
from domain.plan_drafts import ChosenForm, ChosenQuestion
from domain.plan_matching import Match, Names
from forms.plans import BEFORE, KINDS, NO_DUE, ON, PlanForm
from models import PlanDraft


def matches_of(draft: PlanDraft, names: Names) -> list[Match]:
    """Return whom each proposed group means today."""
    return [plan_matching.match(one["name"], names) for one in groups_of(draft)]


def groups_of(draft: PlanDraft) -> list[dict[str, Any]]:
    """Return the proposed groups."""
    found: list[dict[str, Any]] = draft.proposals.get("groups", [])
    return found


def proposed(draft: PlanDraft, matches: list[Match]) -> dict[str, Any]:
    """Return the proposals as the form's fields begin with them; unmatched groups begin unticked."""
    values = {name: one["value"] for name, one in draft.proposals.get("fields", {}).items()}
    issued = values.pop("issued_on", "")
    return {
        **values,
        "issued_on": date.fromisoformat(issued) if issued else None,
        "due": _due(draft),
        "groups": [
            {
                "kept": bool(match.group_ids or match.unit_ids),
                "title": one["title"],
                "groups": match.group_ids,
                "units": match.unit_ids,
                "questions": [{**question, "kept": True} for question in one["questions"]],
            }
            for one, match in zip(groups_of(draft), matches, strict=True)
        ],
    }


def _due(draft: PlanDraft) -> str:
    deadlines = draft.proposals.get("deadlines", [])
    place = draft.proposals.get("due")
    if place is None:
        return NO_DUE
    one = deadlines[place]
    excluded = not one["inclusive"] and not one["hour"] and office.settings().before_excludes_day
    return f"{place}:{BEFORE if excluded else ON}"


def chosen(draft: PlanDraft, form: PlanForm, names: Names) -> list[ChosenForm]:
    """Return the forms that are kept; raises InvalidError for units that nobody is known by."""
    found = []
    for group, entry in zip(groups_of(draft), form.groups, strict=False):
        part = entry.form
        if not part.kept.data:
            continue
        more, unknown = plan_matching.units_named(part.more.data or "", names)
        if unknown:
            words = _("Không thấy đơn vị nào tên “%(name)s”.", name=unknown[0])
            part.more.errors = [words]
            raise InvalidError(f"{part.title.data or group['title']}: {words}")
        found.append(
            ChosenForm(
                name=group["name"],
                title=part.title.data or group["title"],
                groups=plan_drafts.groups_by_id(part.groups.data or ()),
                units=plan_drafts.units_by_id([*(part.units.data or ()), *more]),
                questions=_questions(group, part),
            )
        )
    return found


def _questions(group: dict[str, Any], part: Any) -> list[ChosenQuestion]:
    return [
        ChosenQuestion(
            kind=entry.form.kind.data if entry.form.kind.data in KINDS else one["kind"],
            label=" ".join(entry.form.label.data.split()) or one["label"],
            hint=one["hint"],
            measure=entry.form.measure.data or "",
        )
        for one, entry in zip(group["questions"], part.questions, strict=False)
        if entry.form.kept.data
    ]


def sources_of(draft: PlanDraft) -> set[int]:
    """Return the paragraphs from which something is proposed."""
    lines = [one["line"] for one in draft.proposals.get("fields", {}).values()]
    lines += [one["line"] for one in draft.proposals.get("deadlines", [])]
    for group in groups_of(draft):
        lines += [group["line"], *(one["line"] for one in group["questions"])]
    return {line for line in lines if line is not None}

"""Uploaded plans, and the names that were learnt of them."""

from blueprints._load.getting import get
from core.permissions import Permission
from models import PlanDraft, UnitAlias


def plan_draft_or_404(draft_id: int, permission: Permission) -> PlanDraft:
    """Return an uploaded plan; staff who make tasks check each other's."""
    return get(PlanDraft, draft_id, permission)


def alias_or_404(alias_id: int, permission: Permission) -> UnitAlias:
    """Return a learnt name."""
    return get(UnitAlias, alias_id, permission)

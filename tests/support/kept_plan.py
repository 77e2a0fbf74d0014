"""A plan that is being checked, as an upload leaves it."""

from core import clock
from core.extensions import db
from domain import plan_lines, plan_proposals, plans
from models import PlanDraft, TaskFile
from tests.support.plans import STATE_PLAN


def kept_plan(file: TaskFile, *, said: str = "") -> PlanDraft:
    """Keep a plan with the file of a task; its texts end with `said`."""
    # The tasks of the tests have "UBND tỉnh" for an issuer, with `said` behind it wherever it stands.
    lines = plan_lines.paragraphs(STATE_PLAN.replace("UBND tỉnh", "UBND Tỉnh"))
    proposals = plan_proposals.of(plans.understand(lines), lines)
    proposals["fields"]["title"]["value"] += said
    for asked in proposals["groups"][0]["questions"]:
        asked["label"] += said
    plan = PlanDraft(
        file=file.file,
        file_name=file.name,
        lines=[*lines, "Hết" + said],
        proposals=proposals,
        created_at=clock.now(),
    )
    db.session.add(plan)
    db.session.flush()
    return plan

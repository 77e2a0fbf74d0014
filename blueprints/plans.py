"""A task from a plan: uploaded, read, checked beside its text, and made; and names learnt of it."""

from typing import Any

from flask import Blueprint, render_template, url_for

from blueprints import _load, _plans
from blueprints._access import actor, requires
from blueprints._htmx import notify, redirect_to
from core.errors import InvalidError
from core.extensions import db
from core.permissions import Permission
from core.words import _
from domain import plan_drafts, plan_matching
from forms.plans import PlanFileForm, PlanForm
from models import PlanDraft

bp = Blueprint("plans", __name__)

EDIT = Permission.TASKS_EDIT


@bp.route("/tasks/from-plan", methods=["GET", "POST"])
@requires(EDIT)
def upload() -> Any:
    """Take a document and read it; what is read is shown to be checked."""
    form = PlanFileForm()
    if form.validate_on_submit():
        try:
            draft = plan_drafts.begin(actor(), form.file.data.stream, form.file.data.filename or "")
        except InvalidError as error:
            form.refuse(fields={"file": [error.message]})
        else:
            db.session.commit()
            return redirect_to(url_for("plans.check", draft_id=draft.id))
    status = 422 if form.is_submitted() else 200
    drafts = plan_drafts.open_drafts(actor())
    return render_template("plans/upload.html", form=form, drafts=drafts), status


@bp.route("/plans/<int:draft_id>", methods=["GET", "POST"])
@requires(EDIT)
def check(draft_id: int) -> Any:
    """Show the document beside its proposals; make the task of those that are kept."""
    draft = _load.plan_draft_or_404(draft_id, EDIT)
    if draft.task_id is not None:
        return redirect_to(url_for("tasks.show_task", task_id=draft.task_id))
    names = plan_matching.names()
    matches = _plans.matches_of(draft, names)
    form = PlanForm(data=_plans.proposed(draft, matches))
    if form.validate_on_submit():
        try:
            values = form.task_values(draft.proposals.get("deadlines", []))
            chosen = _plans.chosen(draft, form, names)
            task = plan_drafts.make_task(actor(), draft, chosen=chosen, **values)
        except InvalidError as error:
            db.session.rollback()
            form.refuse_deadline(error.message, error.fields)
        else:
            db.session.commit()
            notify(_("Đã tạo nhiệm vụ nháp. Xem lại biểu mẫu và đơn vị rồi công bố."))
            return redirect_to(url_for("tasks.show_task", task_id=task.id))
    return _page(draft, form, matches), 422 if form.is_submitted() else 200


@bp.post("/plans/<int:draft_id>/convert")
@requires(EDIT)
def convert(draft_id: int) -> Any:
    """Make the text of old fonts Unicode, as was agreed to, and read it."""
    plan_drafts.convert(actor(), _load.plan_draft_or_404(draft_id, EDIT))
    db.session.commit()
    return redirect_to(url_for("plans.check", draft_id=draft_id))


@bp.post("/plans/<int:draft_id>/discard")
@requires(EDIT)
def discard(draft_id: int) -> Any:
    """Drop a document of which no task was made."""
    plan_drafts.discard(actor(), _load.plan_draft_or_404(draft_id, EDIT))
    db.session.commit()
    notify(_("Đã bỏ văn bản đang đọc."))
    return redirect_to(url_for("plans.upload"))


@bp.get("/units/aliases")
@requires(EDIT)
def list_aliases() -> Any:
    """List the names that documents give to units and groups, as they were learnt."""
    return render_template("plans/aliases.html", aliases=plan_matching.aliases())


@bp.post("/units/aliases/<int:alias_id>/forget")
@requires(EDIT)
def forget_alias(alias_id: int) -> Any:
    """Take a learnt name away."""
    plan_matching.forget(actor(), _load.alias_or_404(alias_id, EDIT))
    db.session.commit()
    notify(_("Đã bỏ tên gọi này."))
    return redirect_to(url_for("plans.list_aliases"))


def _page(draft: PlanDraft, form: PlanForm, matches: list[Any]) -> str:
    return render_template(
        "plans/check.html",
        draft=draft,
        form=form,
        reason=plan_drafts.sentence_of(draft),
        sample=plan_drafts.sample(draft),
        fields=draft.proposals.get("fields", {}),
        deadlines=plan_drafts.deadlines_of(draft),
        groups=_plans.groups_of(draft),
        matches=matches,
        sources=_plans.sources_of(draft),
        choices=plan_drafts.group_choices(),
        units=plan_drafts.units_by_id([one for match in matches for one in match.unit_ids]),
        known_units=plan_drafts.unit_names(),
    )

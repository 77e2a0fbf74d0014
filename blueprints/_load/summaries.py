"""What is kept of a summary: views, templates and prepared files."""

from blueprints._access import actor
from blueprints._load.getting import get
from core.errors import NotFoundError
from core.permissions import Permission
from models import PreparedFile, Round, SummaryTemplate, SummaryView


def summary_view_or_404(
    round_: Round, view_id: int, permission: Permission, *, deleted: bool = False
) -> SummaryView:
    """Return a named view of the round's task; a deleted one to take it back."""
    view = get(SummaryView, view_id, permission)
    if view.task_id != round_.task_id or (view.deleted_at is not None) != deleted:
        raise NotFoundError
    return view


def summary_template_or_404(
    round_: Round, template_id: int, permission: Permission, *, deleted: bool = False
) -> SummaryTemplate:
    """Return a template for a form of the round's task; a deleted one to take it back."""
    template = get(SummaryTemplate, template_id, permission)
    other = template.form.task_id != round_.task_id or template.form.deleted_at is not None
    if other or (template.deleted_at is not None) != deleted:
        raise NotFoundError
    return template


def prepared_file_or_404(round_: Round, prepared_id: int, permission: Permission) -> PreparedFile:
    """Return a prepared file to the one who has asked for it, and to nobody else."""
    file = get(PreparedFile, prepared_id, permission)
    if file.person_id != actor().person_id or file.round_id != round_.id:
        raise NotFoundError
    return file

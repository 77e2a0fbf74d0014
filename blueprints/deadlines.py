"""A deadline in a sentence, while it is being typed."""

from flask import Blueprint, render_template, request

from blueprints._access import requires
from core.permissions import Permission
from domain import office
from forms.deadlines import DeadlineWordsForm

bp = Blueprint("deadlines", __name__)


@bp.get("/deadline-words/<any(opens, due, lock, until):name>")
@requires(Permission.TASKS_EDIT, Permission.REPORTS_FILL)
def say(name: str) -> str:
    """Say which instant is meant by what stands in the fields, and whether it is a day off."""
    form = DeadlineWordsForm(request.args, prefix=f"{name}_")
    form.word.offer(before_excludes_day=office.settings().before_excludes_day)
    instant = form.instant if form.validate() else None
    return render_template("deadlines/_words.html", name=name, instant=instant)

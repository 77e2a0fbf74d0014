"""Undoing steps in the builder, and doing them again."""

from flask import Blueprint, Response, request

from blueprints import _builder, _load
from blueprints._access import actor, requires
from core.extensions import db
from core.permissions import Permission
from domain import undoing
from domain.steps import Move
from models import Form

bp = Blueprint("undoing", __name__)

EDIT = Permission.TASKS_EDIT


@bp.post("/forms/<int:form_id>/undo")
@requires(EDIT)
def undo(form_id: int) -> Response:
    """Undo the step that the page names."""
    form = _load.form_or_404(form_id, EDIT)
    moves = undoing.undo(actor(), form, request.form.get("step", 0, type=int))
    db.session.commit()
    return _answer(form, moves)


@bp.post("/forms/<int:form_id>/redo")
@requires(EDIT)
def redo(form_id: int) -> Response:
    """Do the step that the page names once more."""
    form = _load.form_or_404(form_id, EDIT)
    moves = undoing.redo(actor(), form, request.form.get("step", 0, type=int))
    db.session.commit()
    return _answer(form, moves)


def _answer(form: Form, moves: list[Move]) -> Response:
    """Answer with what one move has changed, or with the whole form after several."""
    if len(moves) > 1 or "uid" not in moves[0]:
        return _builder.changed(form, "")
    thing = undoing.thing_of(form, moves[0])
    match moves[0]["act"]:
        case "place":
            return _builder.placed(form, thing)
        case "delete":
            return _builder.gone(form, thing)
        case "restore":
            return _builder.back(form, thing)
    return _builder.rewritten(form, thing)

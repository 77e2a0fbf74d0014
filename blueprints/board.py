"""The board of a round: who has reported, who hasn't."""

from flask import Blueprint, Response, request

from blueprints import _load
from blueprints._access import actor, requires
from blueprints._htmx import render
from blueprints._structure import structure_asked
from core.permissions import Permission
from domain import board, extensions
from forms.board import KINDS, BoardFilter

bp = Blueprint("board", __name__)

READ = Permission.RESPONSES_READ


@bp.get("/rounds/<int:round_id>/board")
@requires(READ)
def show_board(round_id: int) -> Response:
    """Show the units of a round with the state of their reports, narrowed as the address says."""
    round_ = _load.round_or_404(round_id, READ)
    form, structure = BoardFilter(request.args), structure_asked()
    wanted = board.Filter(structure=structure)
    if form.validate():
        wanted = board.Filter(
            form.q.data, form.kind.data or "", form.form.data, form.group.data, structure
        )
    return render(
        "board/board.html",
        "board/_reports.html",
        round=round_,
        task=round_.task,
        form=form,
        wanted=wanted,
        kinds=KINDS,
        found=board.rows(round_, wanted, request.args.get("page", 1, type=int)),
        counts=board.counts(round_, wanted),
        groups=board.groups(round_),
        forms=board.forms(round_),
        owed=board.owed(round_),
        asked=extensions.waiting_in(round_),
        may_edit=actor().may(Permission.TASKS_EDIT),
    )

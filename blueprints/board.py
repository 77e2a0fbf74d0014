"""The board of a round: who has reported, who hasn't."""

from flask import Blueprint, Response, render_template, request

from blueprints import _load
from blueprints._access import actor, requires
from blueprints._htmx import render
from blueprints._structure import structure_asked
from core import clock
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
    form, wanted = _wanted()
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


@bp.get("/rounds/<int:round_id>/board/changes")
@requires(READ)
def show_changes(round_id: int) -> Response:
    """Show again what has changed since the page was made, or nothing; pages ask by themselves."""
    round_ = _load.round_or_404(round_id, READ)
    _form, wanted = _wanted()
    found = board.rows(round_, wanted, request.args.get("page", 1, type=int))
    rows = board.changed(found, request.args.getlist("seen")[: board.PAGE_SIZE])
    if not rows:
        return Response(status=204)
    page = render_template(
        "board/_changes.html",
        round=round_,
        wanted=wanted,
        kinds=KINDS,
        rows=rows,
        counts=board.counts(round_, wanted),
        may_edit=actor().may(Permission.TASKS_EDIT),
        now=clock.now(),
    )
    return Response(page)


def _wanted() -> tuple[BoardFilter, board.Filter]:
    form, structure = BoardFilter(request.args), structure_asked()
    if not form.validate():
        return form, board.Filter(structure=structure)
    kind = form.kind.data or ""
    return form, board.Filter(form.q.data, kind, form.form.data, form.group.data, structure)

"""The way to a report: from the inbox for its unit, from the board for the office."""

from flask import Flask, url_for

from blueprints._access import actor
from core.permissions import Permission
from core.words import _
from domain import entering
from domain.inbox import Item

Crumbs = list[tuple[str, str]]
LONGEST = 60


def to_report(item: Item) -> Crumbs:
    """Return the links that lead to a report, without the report itself."""
    if actor().may(Permission.REPORTS_FILL, item.assignment.unit_id):
        return [(_("Báo cáo cần làm"), url_for("answering.inbox"))]
    return to_board(item)


def to_board(item: Item) -> Crumbs:
    """Return the links that lead to the board on which a report is."""
    round_ = item.assignment.round
    return [
        (_("Nhiệm vụ"), url_for("tasks.list_tasks")),
        (_short(round_.task.title), url_for("tasks.show_task", task_id=round_.task_id)),
        (_("Theo dõi nộp"), url_for("board.show_board", round_id=round_.id)),
    ]


def from_report(item: Item) -> Crumbs:
    """Return the links that lead to a page of a report."""
    title = _short(item.assignment.form.title)
    url = url_for("answering.show_report", assignment_id=item.assignment.id)
    return [*to_report(item), (title, url)]


def to_paper(item: Item) -> Crumbs:
    """Return the links that lead to the report on paper."""
    if entering.may_fill(actor(), item.response):
        return from_report(item)
    url = url_for("review.show_report", assignment_id=item.assignment.id)
    return [*to_board(item), (_short(item.assignment.unit_name), url)]


def bind(app: Flask) -> None:
    """Let the templates of `app` show the way to a report."""
    app.jinja_env.globals |= {
        "crumbs_to_report": to_report,
        "crumbs_to_board": to_board,
        "crumbs_from_report": from_report,
    }


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 3] + "..."

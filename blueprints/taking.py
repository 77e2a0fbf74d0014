"""Taking answers over from the round before, and putting answers back as they were."""

from typing import Any

from flask import Blueprint, request, url_for

from blueprints import _answers, _load
from blueprints._access import FILLS, actor, requires
from blueprints._htmx import notify, redirect_to
from blueprints._next import this_page
from core.extensions import db
from core.permissions import Permission
from core.words import _, ngettext
from domain import previous, taking
from forms.answers import read_section
from models import Response as Report

bp = Blueprint("taking", __name__, url_prefix="/reports/<int:assignment_id>")

FILL = Permission.REPORTS_FILL


@bp.post("/sections/<uid>/previous")
@requires(*FILLS)
def take_in_section(assignment_id: int, uid: str) -> Any:
    """Save what the page holds, then take one answer over, or all that are blank in the section."""
    report = _load.report_to_change_or_404(assignment_id, FILL)
    definition, section = _answers.section_of(report, uid)
    conflicts = _answers.save_posted(report, section)
    if conflicts:
        db.session.commit()
        views = _answers.views_of(report, definition, section, checked=False)
        posted = read_section(section, request.form)
        return _answers.show(
            report, definition, section, _answers.with_conflicts(views, conflicts, posted)
        ), 409
    one = request.form.get("take", "")
    uids = [one] if one else taking.blank(report, (each.uid for each in section.questions))
    _take(report, uids)
    url = url_for("answering.show_section", assignment_id=assignment_id, uid=uid)
    return redirect_to(f"{url}#q-{one}" if one else url)


@bp.post("/previous")
@requires(*FILLS)
def take_in_report(assignment_id: int) -> Any:
    """Take over all answers that are blank in the report."""
    report = _load.report_to_change_or_404(assignment_id, FILL)
    _take(report, taking.blank(report, taking.takeable(report, previous.of_report(report))))
    return redirect_to(url_for("answering.show_report", assignment_id=assignment_id))


@bp.post("/put-back")
@requires(*FILLS)
def put_back(assignment_id: int) -> Any:
    """Undo the person's own saves of some revisions."""
    report = _load.report_to_change_or_404(assignment_id, FILL)
    first, last = (request.args.get(name, 0, type=int) for name in ("first", "last"))
    count = taking.put_back(actor(), report, first, last)
    db.session.commit()
    notify(ngettext("Đã trả lại %(num)d câu như trước.", "Đã trả lại %(num)d câu như trước.", count))
    return redirect_to(this_page())


def _take(report: Report, uids: list[str]) -> None:
    saved = taking.take(actor(), report, uids)
    db.session.commit()
    if not saved.count:
        notify(_("Kỳ trước không có số liệu nào để lấy thêm."), "info")
        return
    undo_url = url_for(
        ".put_back", assignment_id=report.assignment_id, first=saved.first, last=saved.last
    )
    notify(ngettext("Đã lấy %(num)d câu từ kỳ trước. Hãy xem lại trước khi nộp.",
                    "Đã lấy %(num)d câu từ kỳ trước. Hãy xem lại trước khi nộp.", saved.count),
           undo_url=undo_url)  # fmt: skip

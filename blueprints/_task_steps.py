"""The steps of a task, from its forms to the summary, as the hub shows them."""

from dataclasses import dataclass

from flask import url_for

from core.words import _, ngettext
from domain.task_list import Row
from domain.task_overview import FormRow


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what it is, how far it is in words, and where it is done."""

    title: str
    text: str
    state: str
    done: bool
    url: str = ""


def steps_of(row: Row, forms: list[FormRow], *, may_edit: bool) -> list[Step]:
    """Return the steps of the task in order."""
    round_, published = row.round, row.round.published_at is not None
    publish_url = url_for("publishing.review_publication", task_id=row.task.id)
    return [
        _write_forms(forms),
        _choose_units(forms, may_edit=may_edit),
        _publish(row, forms, publish_url if may_edit else ""),
        Step(
            _("Theo dõi nộp"),
            _count_reports(row) if published else _("Mở sau khi công bố"),
            _state(done=published and 0 < row.expected == row.submitted, begun=published),
            published and 0 < row.expected == row.submitted,
            url_for("board.show_board", round_id=round_.id) if published else "",
        ),
        Step(
            _("Tổng hợp"),
            _("Xem số liệu và tải tệp Excel") if published else _("Mở sau khi công bố"),
            _("Sẵn sàng") if row.submitted else _("Chưa có báo cáo"),
            False,
            url_for("summary.show_summary", round_id=round_.id) if published else "",
        ),
    ]


def _write_forms(forms: list[FormRow]) -> Step:
    questions = sum(one.questions for one in forms)
    done = bool(forms) and all(one.questions for one in forms)
    text = _("Chưa có biểu mẫu nào")
    if forms:
        count = ngettext("%(num)d biểu mẫu", "%(num)d biểu mẫu", len(forms))
        text = f"{count}, " + ngettext("%(num)d câu hỏi", "%(num)d câu hỏi", questions)
    return Step(_("Soạn biểu mẫu"), text, _state(done=done, begun=bool(forms)), done, "#forms")


def _choose_units(forms: list[FormRow], *, may_edit: bool) -> Step:
    without = [one for one in forms if not one.recipients]
    done = bool(forms) and not without
    reports = sum(one.recipients for one in forms)
    text = ngettext("%(num)d báo cáo phải nộp", "%(num)d báo cáo phải nộp", reports)
    if without and reports:
        text = _("Còn %(num)d biểu mẫu chưa chọn đơn vị", num=len(without))
    elif not reports:
        text = _("Chưa chọn đơn vị nào")
    target = (without or forms)[0].form.id if forms else 0
    url = url_for("publishing.choose_units", form_id=target) if may_edit and target else ""
    return Step(_("Chọn đơn vị"), text, _state(done=done, begun=reports > 0), done, url)


def _publish(row: Row, forms: list[FormRow], url: str) -> Step:
    if row.round.published_at is None:
        text = _("Đơn vị chưa thấy nhiệm vụ này")
        if row.round.due_at is None:
            text = _("Còn phải đặt hạn nộp")
        return Step(_("Công bố"), text, _("Chưa làm"), False, url)
    if any(one.has_news or not one.version for one in forms):
        return Step(
            _("Công bố"), _("Có thay đổi chưa công bố"), _("Cần công bố lại"), False, url
        )
    return Step(_("Công bố"), _("Đơn vị đã nhận biểu mẫu"), _("Xong"), True, url)


def _count_reports(row: Row) -> str:
    text = _("%(sent)d / %(all)d báo cáo đã nộp", sent=row.submitted, all=row.expected)
    if row.overdue:
        text += ", " + ngettext("%(num)d quá hạn", "%(num)d quá hạn", row.overdue)
    return text


def _state(*, done: bool, begun: bool) -> str:
    if done:
        return _("Xong")
    return _("Đang làm") if begun else _("Chưa làm")

"""Evidence: files go up to an answer, come down again, and can be taken out."""

from typing import Any

from flask import Blueprint, Response, render_template, request, url_for

from blueprints import _answers, _files, _load
from blueprints._access import FILLS, actor, requires
from blueprints._htmx import notify, redirect_to, wants_piece
from blueprints._questions import QuestionView
from core.errors import InvalidError, NotFoundError
from core.extensions import db
from core.permissions import Permission
from core.words import _
from domain import evidence, files, photos, versions
from domain.evidence import Part
from forms.evidence import PartForm
from models import Response as Report
from questionnaire.definition import Question, Section

bp = Blueprint("evidence", __name__)

FILL = Permission.REPORTS_FILL


@bp.post("/reports/<int:assignment_id>/evidence/<uid>")
@requires(*FILLS)
def upload(assignment_id: int, uid: str) -> Any:
    """Attach the chosen files to an answer; what else the page holds is saved too."""
    report = _load.report_to_change_or_404(assignment_id, FILL)
    question, section = _place_of(report, uid)
    refused = []
    for file in request.files.getlist(f"{uid}-file"):
        if not file.filename:
            continue
        try:
            evidence.attach(actor(), report, uid, file.stream, file.filename)
        except InvalidError as error:
            refused.append(error.message)
    return _answer(report, question, section, refused)


@bp.post("/reports/<int:assignment_id>/evidence/<uid>/parts")
@requires(*FILLS)
def upload_part(assignment_id: int, uid: str) -> Any:
    """Take a part of a file; the last one attaches it. Says how much is there, to go on from."""
    report = _load.report_to_change_or_404(assignment_id, FILL)
    question, section = _place_of(report, uid)
    form = PartForm()
    if not form.validate_on_submit():
        raise InvalidError(_("Phần tệp gửi lên bị hỏng. Hãy chọn lại tệp."))
    part = Part(form.upload.data, form.offset.data, form.size.data, form.filename.data)
    refused = []
    try:
        have = evidence.receive(actor(), report, uid, part, form.part.data.stream)
        if have != part.size:
            return {"have": have}
        evidence.attach_received(actor(), report, uid, part)
    except InvalidError as error:
        refused = [error.message]
    return _answer(report, question, section, refused)


@bp.post("/evidence/<int:attachment_id>/remove")
@requires(*FILLS)
def remove(attachment_id: int) -> Any:
    """Take a file out of its answer, with a way back."""
    attachment = _load.attachment_or_404(attachment_id, FILL)
    report = _load.report_to_change_or_404(attachment.response.assignment_id, FILL)
    question, section = _place_of(report, attachment.question)
    evidence.remove(actor(), report, attachment)
    undo_url = url_for(".restore", attachment_id=attachment_id)
    notify(_("Đã gỡ tệp “%(name)s”.", name=attachment.name), undo_url=undo_url)
    return _answer(report, question, section, [])


@bp.post("/evidence/<int:attachment_id>/restore")
@requires(*FILLS)
def restore(attachment_id: int) -> Any:
    """Bring a removed file back."""
    attachment = _load.attachment_or_404(attachment_id, FILL)
    report = _load.report_to_change_or_404(attachment.response.assignment_id, FILL)
    question, section = _place_of(report, attachment.question)
    evidence.restore(actor(), report, attachment)
    return _answer(report, question, section, [])


@bp.post("/evidence/<int:attachment_id>/rename")
@requires(*FILLS)
def rename(attachment_id: int) -> Any:
    """Give a file another name."""
    attachment = _load.attachment_or_404(attachment_id, FILL)
    report = _load.report_to_change_or_404(attachment.response.assignment_id, FILL)
    question, section = _place_of(report, attachment.question)
    name = request.form.get(f"{question.uid}-name-{attachment_id}", "")[: files.LONGEST_NAME]
    if name.strip() and attachment.deleted_at is None:
        evidence.rename(actor(), report, attachment, name)
    return _answer(report, question, section, [])


@bp.get("/evidence/<int:attachment_id>/thumbnail")
@requires(*FILLS, Permission.RESPONSES_READ)
def thumbnail(attachment_id: int) -> Response:
    """Send a photo in small, for lists of files."""
    attachment = _load.attachment_or_404(attachment_id, FILL, Permission.RESPONSES_READ)
    with files.open_stored(attachment.file) as file:
        small = photos.thumbnail(file)
    if small is None:
        raise NotFoundError
    return _files.send_small(small)


@bp.get("/evidence/<int:attachment_id>")
@requires(*FILLS, Permission.RESPONSES_READ)
def download(attachment_id: int) -> Response:
    """Send an evidence file."""
    attachment = _load.attachment_or_404(attachment_id, FILL, Permission.RESPONSES_READ)
    return _files.send(attachment.file, attachment.name)


def _place_of(report: Report, uid: str) -> tuple[Question, Section]:
    for section in versions.definition(report.version_id).sections:
        for question in section.questions:
            if question.uid == uid:
                return question, section
    raise NotFoundError


def _answer(report: Report, question: Question, section: Section, refused: list[str]) -> Any:
    """Commit, and show the files as they are now, with what was refused."""
    if not wants_piece():
        _answers.save_posted(report, section)
    db.session.commit()
    for text in refused:
        notify(text, "warning")
    url = url_for(
        "answering.show_section", assignment_id=report.assignment_id, uid=section.uid
    )
    if not wants_piece():
        return redirect_to(f"{url}#q-{question.uid}")
    upload_url = url_for(".upload", assignment_id=report.assignment_id, uid=question.uid)
    view = QuestionView(
        "", question, value=report.answers.get(question.uid), upload_url=upload_url
    )
    return render_template("answering/_files.html", view=view)

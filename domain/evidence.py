"""Evidence: files that belong to one answer of a report."""

from typing import IO

from core import clock
from core.errors import InvalidError, NotFoundError
from core.extensions import db
from core.permissions import Actor
from core.words import _
from domain import answering, audit, files, versions
from models import Attachment, Response
from questionnaire.types import get

MOST_FILES = 10


def attach(
    actor: Actor, response: Response, uid: str, stream: IO[bytes], filename: str
) -> Attachment:
    """Keep one file as evidence for the answer `uid`; raises InvalidError for a refused one."""
    question = versions.definition(response.version_id).questions.get(uid)
    if question is None or not get(question.type).is_uploaded:
        raise NotFoundError
    most = question.settings.get("most_files") or MOST_FILES
    if len(response.answers.get(uid) or []) >= most:
        raise InvalidError(_("Nhiều nhất %(most)d tệp cho câu này.", most=most))
    stored, name = files.keep(stream, filename)
    attachment = Attachment(
        response_id=response.id,
        question=uid,
        file_id=stored.id,
        name=name,
        uploaded_by_id=actor.person_id,
        uploaded_at=clock.now(),
    )
    db.session.add(attachment)
    db.session.flush()
    _save(actor, response, uid, "evidence.added", attachment)
    return attachment


def remove(actor: Actor, response: Response, attachment: Attachment) -> None:
    """Take a file out of its answer; `restore` brings it back."""
    attachment.deleted_at = clock.now()
    _save(actor, response, attachment.question, "evidence.removed", attachment)


def restore(actor: Actor, response: Response, attachment: Attachment) -> None:
    """Bring a removed file back."""
    attachment.deleted_at = None
    _save(actor, response, attachment.question, "evidence.restored", attachment)


def rename(actor: Actor, response: Response, attachment: Attachment, name: str) -> None:
    """Give a file another name; what kind it is, its ending goes on to say."""
    extension = attachment.name.rpartition(".")[2]
    attachment.name = files.clean_name(name, extension)
    _save(actor, response, attachment.question, "evidence.renamed", attachment)


def _save(
    actor: Actor, response: Response, uid: str, action: str, attachment: Attachment
) -> None:
    """Keep the answer in step with the attachments; they are the truth."""
    db.session.flush()
    kept = (
        db.session.query(Attachment)
        .filter_by(response_id=response.id, question=uid, deleted_at=None)
        .order_by(Attachment.id)
    )
    value = [
        {"id": one.id, "name": one.name, "size": one.file.size, "type": one.file.content_type}
        for one in kept
    ]
    answering.save_answer(actor, response, uid, value)
    audit.record(actor, action, attachment, unit_id=response.assignment.unit_id)

"""Evidence: files that belong to one answer of a report."""

import hashlib
from dataclasses import dataclass
from typing import IO

from core import clock, storage
from core.errors import ConflictError, InvalidError, NotFoundError
from core.extensions import db
from core.permissions import Actor
from core.words import _
from domain import answering, audit, files, versions
from models import Attachment, Response, StoredFile
from questionnaire.definition import Question
from questionnaire.types import get

MOST_FILES = 10


@dataclass(frozen=True, slots=True)
class Part:
    """Where a part of a file belongs: to which upload of the sender's, and after how many bytes."""

    upload: str
    offset: int
    size: int
    filename: str


def attach(
    actor: Actor, response: Response, uid: str, stream: IO[bytes], filename: str
) -> Attachment:
    """Keep one file as evidence for the answer `uid`; raises InvalidError for a refused one.

    A file that is there already under this name, as after a reply that was lost, isn't added again.
    """
    question = _evidence_question(response, uid)
    stored, name = files.keep(stream, filename)
    if there := _same(response, uid, stored, name):
        return there
    most = question.settings.get("most_files") or MOST_FILES
    if len(response.answers.get(uid) or []) >= most:
        raise InvalidError(_("Nhiều nhất %(most)d tệp cho câu này.", most=most))
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


def receive(
    actor: Actor, response: Response, uid: str, part: Part, content: IO[bytes]
) -> int:
    """Keep a part of a file until all of it is there; return how much is, from the beginning.

    Raises ConflictError for a closed report, and InvalidError for a file that is too large.
    """
    _evidence_question(response, uid)
    if reason := answering.closed_reason(response):
        raise ConflictError(reason)
    try:
        return storage.add_part(_parts_name(actor, response, uid, part), part.offset, content)
    except storage.TooLargeError as error:
        storage.drop_parts(_parts_name(actor, response, uid, part))
        raise InvalidError(files.too_large(part.filename, error.largest)) from None


def attach_received(actor: Actor, response: Response, uid: str, part: Part) -> Attachment:
    """Keep the file whose parts have all come; raises InvalidError for a refused one."""
    name = _parts_name(actor, response, uid, part)
    try:
        with storage.open_parts(name) as stream:
            return attach(actor, response, uid, stream, part.filename)
    finally:
        storage.drop_parts(name)


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


def _evidence_question(response: Response, uid: str) -> Question:
    question = versions.definition(response.version_id).questions.get(uid)
    if question is None or not get(question.type).is_uploaded:
        raise NotFoundError
    return question


def _same(response: Response, uid: str, stored: StoredFile, name: str) -> Attachment | None:
    query = db.session.query(Attachment).filter_by(
        response_id=response.id, question=uid, file_id=stored.id, name=name, deleted_at=None
    )
    found: Attachment | None = query.first()
    return found


def _parts_name(actor: Actor, response: Response, uid: str, part: Part) -> str:
    """Return under what the parts are kept, which nobody else's upload can be."""
    whose = f"{actor.person_id} {response.id} {uid} {part.upload}"
    return hashlib.sha256(whose.encode()).hexdigest()[:32]


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

"""Filling in: every answer is saved on its own, and no save ever throws another one away."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from core import clock
from core.errors import ConflictError, DomainError, NotFoundError
from core.extensions import db
from core.permissions import Actor
from core.words import _
from domain import closing, drafts, versions
from domain.drafts import Draft
from models import AnswerChange, Person, Response, ResponseState
from questionnaire.definition import Question
from questionnaire.types import ApartError, get

LONGEST_WRITER = 40

_ADD_CHANGE = insert(AnswerChange.__table__)
_SET_ANSWERS = update(Response.__table__).where(Response.__table__.c.id == bindparam("id_"))


class AnswerConflictError(DomainError):
    """Somebody else has changed the same answer since this person last saw it."""

    status = 409

    def __init__(self, question: Question, stored: Any, mark: Mapping[str, Any]) -> None:
        super().__init__(_("Người khác vừa sửa câu này."))
        self.question = question
        self.stored = stored
        self.mark = mark


@dataclass(frozen=True, slots=True)
class Write:
    """Where a save comes from, so that repeated, late and blind ones are told apart.

    `writer` names one open page; its saves carry a growing `seq`. `seen` is the revision of the
    answer that the person was looking at; none trusts the sender.
    """

    writer: str = ""
    seq: int = 0
    seen: int | None = None


BLIND = Write()


def closed_reason(response: Response | Draft) -> str:
    """Return why the report can't be changed now, in a sentence; empty while it can."""
    return closing.sentence(response, closing.why_closed(response))


def not_owed_reason(response: Response | Draft) -> str:
    """Return why the report can't be changed whatever the hour, in a sentence; empty while it can."""
    why = closing.why_closed(response)
    return "" if why in closing.BY_THE_HOUR else closing.sentence(response, why)


def save_answer(
    actor: Actor, response: Response | Draft, uid: str, value: Any, write: Write = BLIND
) -> dict[str, Any]:
    """Store one answer as it stands, right or wrong, and return its mark; {} for none yet.

    What another page has changed in the same answer since `write.seen` is put together with it,
    cell by cell; what is stored then differs from `value`. Raises AnswerConflictError where only
    one of the two can stand, and ConflictError when the report is closed. The caller holds the
    row of the response.
    """
    question = versions.definition(response.version_id).questions.get(uid)
    if question is None:
        raise NotFoundError(_("Câu hỏi này không còn trong biểu mẫu."))
    if reason := closed_reason(response):
        raise ConflictError(reason)
    mark: dict[str, Any] = response.marks.get(uid, {})
    stored = response.answers.get(uid)
    if write.writer and mark.get("writer") == write.writer and write.seq <= mark["seq"]:
        return mark
    if stored == value:
        return mark
    unseen = _unseen(mark, write)
    if unseen:
        value = _put_together(response, question, value, write, unseen)
        if stored == value:
            return mark
    return _store(actor, response, uid, value, write, unseen)


def _unseen(mark: Mapping[str, Any], write: Write) -> int:
    """Return the revision by another page that the sender hasn't seen; 0 for none.

    A page's own saves don't count, but for what of others' they were put together with.
    """
    if not mark or write.seen is None:
        return 0
    if write.writer and mark.get("writer") == write.writer:
        over: int = mark.get("over", 0)
        return over if write.seen < over else 0
    return 0 if write.seen == mark["rev"] else int(mark["rev"])


def _put_together(
    response: Response | Draft, question: Question, mine: Any, write: Write, unseen: int
) -> Any:
    """Return the answer with both edits in it; raises AnswerConflictError where only one fits."""
    seen = write.seen or 0
    then = _values_at(response, question.uid, (seen, unseen)) | ({} if seen else {0: None})
    try:
        return get(question.type).merge(then[seen], mine, then[unseen])
    except (ApartError, KeyError):
        mark, stored = response.marks[question.uid], response.answers.get(question.uid)
        raise AnswerConflictError(question, stored, mark) from None


def _values_at(response: Response | Draft, uid: str, revs: Collection[int]) -> dict[int, Any]:
    """Return what the answer was at these revisions of the report, as far as they changed it."""
    query = select(AnswerChange.rev, AnswerChange.new).where(
        AnswerChange.response_id == response.id,
        AnswerChange.question == uid,
        AnswerChange.rev.in_(revs),
    )
    return {change.rev: change.new for change in db.session.execute(query)}


def _store(
    actor: Actor,
    response: Response | Draft,
    uid: str,
    value: Any,
    write: Write,
    over: int,
) -> dict[str, Any]:
    """Write the answer, its mark and its history, in two statements and without the unit of work."""
    now = clock.now()
    rev = response.rev + 1
    mark = {
        "rev": rev,
        "by": actor.person_id,
        "at": now.isoformat(),
        "writer": write.writer[:LONGEST_WRITER],
        "seq": write.seq,
    }
    if over:
        mark["over"] = over
    changed = {
        "answers": {**response.answers, uid: value},
        "marks": {**response.marks, uid: mark},
        "rev": rev,
        "updated_at": now,
        "updated_by_id": actor.person_id,
        "state": ResponseState.DRAFT,
    }
    change = {
        "response_id": response.id,
        "question": uid,
        "old": response.answers.get(uid),
        "new": value,
        "rev": rev,
        "by_id": actor.person_id,
        "at": now,
    }
    db.session.flush()
    connection = db.session.connection()
    connection.execute(_ADD_CHANGE, change)
    connection.execute(_SET_ANSWERS, {"id_": response.id, **changed})
    drafts.follow(response, changed)
    return mark


def person_of(mark: Mapping[str, Any]) -> str:
    """Return the name of whoever made the save."""
    person = db.session.get(Person, mark.get("by"))
    return person.full_name if person else ""

"""A unit's report from a filled workbook: first what it would do, then, once accepted, the writing."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from core.errors import ConflictError
from core.extensions import db
from core.permissions import Actor
from core.words import _, ngettext
from documents import response_read
from documents.response_parts import FilledBook
from documents.workbook_limited import read_limited
from domain import answering, audit, response_answers, versions
from domain.answering import Write
from domain.response_answers import CellProblem, fingerprint, type_in_cells
from domain.response_template import facts_of
from models import FormVersion, Response
from questionnaire.checks import numbered
from questionnaire.definition import FormDefinition
from questionnaire.differences import Difference

MOST_PROBLEMS = 200


class ForeignFileError(ValueError):
    """The file belongs to another unit, task or form; the message says which."""


class OldVersionError(ForeignFileError):
    """The file belongs to another version of the same form; what fits can be carried over."""


@dataclass(frozen=True, slots=True)
class Change(Difference):
    """An answer that the file would change; `rev` is the revision that it was compared with.

    `mark` is the save that came between the making of the file and now, if any.
    """

    rev: int
    mark: Mapping[str, Any] | None = None


@dataclass(slots=True)
class DryRun:
    """What a filled workbook would do; nothing can be written while there are problems."""

    #: The first problems, of `problem_count` in all.
    problems: list[CellProblem] = field(default_factory=list)
    problem_count: int = 0
    changes: list[Change] = field(default_factory=list)
    #: Answers of an older version's file that have no place any more, in words.
    left_out: list[str] = field(default_factory=list)
    #: The number of the older version that the file was made from; blank for the report's own.
    old_version: str = ""
    #: What tells the file from others, under which its answers are saved.
    file: str = ""

    def add(self, problems: Sequence[CellProblem]) -> None:
        """Take further problems, as many as a person can look at."""
        self.problem_count += len(problems)
        self.problems += problems[: MOST_PROBLEMS - len(self.problems)]

    @property
    def more(self) -> str:
        """How many problems aren't told, in words; blank for none."""
        left = self.problem_count - len(self.problems)
        return ngettext("và %(num)d lỗi nữa", "và %(num)d lỗi nữa", left) if left else ""

    def refuse_conflicts(self) -> None:
        """Take conflicts as problems, where nobody can be asked which answer is to stay."""
        for one in self.conflicts:
            text = _(
                "Câu “%(label)s” đã được sửa trên hệ thống sau khi tải mẫu. Hãy tải mẫu mới, hoặc "
                "nộp tệp ở trang báo cáo để chọn câu trả lời.",
                label=one.question.label,
            )
            self.add([CellProblem("", "", text)])

    @property
    def conflicts(self) -> list[Change]:
        """The changes to answers that somebody has changed since the file was made."""
        return [one for one in self.changes if one.mark is not None]


def read_file(content: bytes) -> FilledBook:
    """Return what a file holds; raises UnreadableWorkbookError."""
    return response_read.read(read_limited(content))


def report_of(book: FilledBook) -> Response:
    """Return the report that a file was made for, held; raises ForeignFileError."""
    id_ = book.facts.get("assignment", "")
    response = None
    if id_.isdecimal() and len(id_) < 10:
        query = select(Response).where(Response.assignment_id == int(id_)).with_for_update()
        response = db.session.scalars(query).one_or_none()
    if response is None or response.assignment.round.task.deleted_at is not None:
        raise ForeignFileError(_("Báo cáo của tệp này không có trong hệ thống."))
    return response


def try_out(
    actor: Actor | None, response: Response, book: FilledBook, *, carry_over: bool = False
) -> DryRun:
    """Return what the file would do to a report if `actor` sent it in.

    Raises ForeignFileError for a file of another report, OldVersionError for one of another
    version unless `carry_over`, and ConflictError for a report that is closed.
    """
    if reason := answering.closed_reason(response):
        raise ConflictError(reason)
    then = _version_of(response, book, carry_over=carry_over)
    definition = versions.definition(response.version_id)
    run = DryRun(file=book.facts.get("file", ""))
    if then is not definition:
        run.old_version = book.facts["version_number"]
    for number, question in numbered(definition):
        kind, before = type_in_cells(question), then.questions.get(question.uid)
        if kind is None or before is None or before.type != question.type:
            continue
        stored = response.answers.get(question.uid)
        answer = response_answers.read(kind, question, stored, book)
        run.add(answer.problems)
        if not answer.is_there and not run.old_version:
            text = _("Tệp thiếu ô trả lời của câu “%(label)s”.", label=question.label)
            run.add([CellProblem("", "", text)])
        elif not answer.problems:
            rev = response.marks.get(question.uid, {}).get("rev", 0)
            change = Change(question, number, stored, answer.value, kind, rev)
            run.changes += _to_make(actor, response, change, book)
    if run.old_version:
        run.left_out = _left_out(then, definition, book)
    return run


def accept(
    actor: Actor, response: Response, changes: Sequence[tuple[str, Any, int]], file: str
) -> int:
    """Store changes, given as uid, value and the revision compared with; return how many.

    Raises AnswerConflictError when an answer has changed since, and ConflictError for a closed
    report; the caller then rolls all of it back. The caller holds the row of the response.
    """
    if reason := answering.closed_reason(response):
        raise ConflictError(reason)
    for uid, value, rev in changes:
        write = Write(file, response.rev + 1, rev)
        answering.save_answer(actor, response, uid, value, write)
    audit.record(
        actor, "report.read_from_file", response,
        unit_id=response.assignment.unit_id, form=response.assignment.form_id, answers=len(changes),
    )  # fmt: skip
    return len(changes)


def to_write(run: DryRun, taken: Collection[str]) -> list[tuple[str, Any, int]]:
    """Return the changes to accept; where somebody else has written, only those in `taken`."""
    return [
        (one.question.uid, one.new, one.rev)
        for one in run.changes
        if one.mark is None or one.question.uid in taken
    ]


def _version_of(response: Response, book: FilledBook, *, carry_over: bool) -> FormDefinition:
    """Return the definition that the file was made from, having refused what isn't this report's."""
    facts, own = book.facts, facts_of(response)
    for keys, name, words in (
        (
            ("unit", "unit_code"), "unit_name",
            _("Tệp này của đơn vị “%(its)s”, không phải của “%(own)s”."),
        ),
        (
            ("task",), "task_title",
            _("Tệp này của nhiệm vụ “%(its)s”, không phải của “%(own)s”."),
        ),
        (
            ("form",), "form_title",
            _("Tệp này của biểu mẫu “%(its)s”, không phải của “%(own)s”."),
        ),
        (
            ("round", "assignment"), "round_name",
            _("Tệp này của kỳ “%(its)s”, không phải của “%(own)s”."),
        ),
    ):  # fmt: skip
        if any(facts.get(key) != own[key] for key in keys):
            raise ForeignFileError(words % {"its": facts.get(name, "?"), "own": own[name]})
    if facts.get("version") == own["version"]:
        return versions.definition(response.version_id)
    if not carry_over:
        raise OldVersionError(
            _("Tệp này theo phiên bản %(its)s của biểu mẫu; báo cáo nay theo phiên bản %(own)s.",
              its=facts.get("version_number", "?"), own=own["version_number"])
        )  # fmt: skip
    query = select(FormVersion.id).where(
        FormVersion.form_id == response.assignment.form_id,
        FormVersion.number == _number(facts.get("version_number", "")),
    )
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise ForeignFileError(_("Phiên bản biểu mẫu của tệp này không có trong hệ thống."))
    return versions.definition(found)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _to_make(
    actor: Actor | None, response: Response, change: Change, book: FilledBook
) -> list[Change]:
    """Return the change, unless the file says what is stored, or what was there when it was made.

    What the same person has sent in with the same file before is no conflict.
    """
    uid, kind, question = change.question.uid, change.kind, change.question
    new = None if kind.is_empty(change.new) else change.new
    now = response_answers.as_read_back(kind, question, change.old)
    if new in (change.old, now):
        return []
    base = book.bases.get(uid)
    mark = None
    if base is not None and base.fingerprint != fingerprint(kind, question, change.old):
        if base.fingerprint == fingerprint(kind, question, new):
            return []
        mark = response.marks.get(uid, {})
        own = (book.facts.get("file"), actor.person_id if actor else None)
        if (mark.get("writer"), mark.get("by")) == own:
            mark = None
    return [Change(question, change.number, change.old, new, kind, change.rev, mark)]


def _left_out(then: FormDefinition, now: FormDefinition, book: FilledBook) -> list[str]:
    """Return the filled questions of an older version that the report doesn't ask any more."""
    filled_in = {
        key.partition(".")[0] for key, found in book.cells.items() if found.cell.text
    } | {
        uid for uid, table in book.tables.items()
        if any(cell.text for row in table.rows for cell in row.cells.values())
    }  # fmt: skip
    return [
        one.label
        for uid, one in then.questions.items()
        if uid in filled_in and (uid not in now.questions or now.questions[uid].type != one.type)
    ]

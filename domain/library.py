"""The department's library: its own questions and sections, copied into a form on use."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from core import clock, vietnamese
from core.errors import InvalidError
from core.extensions import db
from core.permissions import Actor
from core.words import _
from domain import audit, builder, copying, places, steps, working_copy
from domain.paging import Page, page_of
from domain.search import has_words
from models import Form, LibraryItem, Question, Section
from questionnaire import definition as defined
from questionnaire.definition import FormDefinition
from questionnaire.extracts import reads, without
from questionnaire.ids import new_id
from questionnaire.types import UnknownQuestionType, get

PAGE_SIZE = 30
MOST_AT_ONCE = 50
LONGEST_KEY = 4000


@dataclass
class Added:
    """What came into a form; `dropped` are labels whose rules were left out, with what these read."""

    first: Section | Question | None = None
    questions: int = 0
    sections: int = 0
    dropped: dict[str, tuple[str, ...]] = field(default_factory=dict)


def part_of(item: LibraryItem) -> defined.Section:
    """Return what is kept: the section, or one without a title around the question."""
    return FormDefinition.from_json(item.content).sections[0]


def save_question(actor: Actor | None, question: Question) -> LibraryItem:
    """Keep a copy of the question in the library."""
    part = defined.Section(new_id(), "", "", (_as_stored(question),))
    return _save(actor, question.label, part, question.section.form, is_section=False)


def save_section(actor: Actor | None, section: Section) -> LibraryItem:
    """Keep a copy of the section and its questions in the library."""
    questions = tuple(map(_as_stored, builder.questions_of(section)))
    if not questions:
        raise InvalidError(_("Mục này chưa có câu hỏi nào để lưu."))
    part = defined.Section(section.uid, section.title, section.intro, questions)
    return _save(actor, section.title, part, section.form, is_section=True)


def rename(actor: Actor | None, item: LibraryItem, name: str) -> None:
    """Change what the library calls the item; what it holds stays."""
    item.name = name
    item.search_key = _search_key(item)
    db.session.flush()
    audit.record(actor, "library.renamed", item)


def delete(actor: Actor | None, item: LibraryItem) -> None:
    """Take the item out of the library; forms keep their copies, `restore` brings it back."""
    if item.deleted_at is None:
        item.deleted_at = clock.now()
        db.session.flush()
        audit.record(actor, "library.deleted", item)


def restore(actor: Actor | None, item: LibraryItem) -> None:
    """Bring a deleted item back."""
    if item.deleted_at is not None:
        item.deleted_at = None
        db.session.flush()
        audit.record(actor, "library.restored", item)


def list_items(text: str, number: int) -> Page:
    """Return a page of the library, the newest first, of what holds the words of `text`."""
    query = select(LibraryItem).where(LibraryItem.deleted_at.is_(None))
    if text.strip():
        query = query.where(has_words(LibraryItem.search_key, text))
    order = (LibraryItem.created_at.desc(), LibraryItem.id.desc())
    return page_of(query.order_by(*order), number, PAGE_SIZE)


def items_of(ids: Iterable[int]) -> list[LibraryItem]:
    """Return the items with these ids that are there, in the order of the ids."""
    query = select(LibraryItem).where(
        LibraryItem.id.in_(list(ids)), LibraryItem.deleted_at.is_(None)
    )
    found = {one.id: one for one in db.session.scalars(query)}
    return [found[id_] for id_ in dict.fromkeys(ids) if id_ in found]


def add_to_form(
    actor: Actor | None, form: Form, items: Sequence[LibraryItem], section: Section | None = None
) -> Added:
    """Copy items into the form: questions to the end of `section`, sections right after it.

    Without `section` they come at the end of the form. Rules go on to read what was copied with
    them, and what is in this form already; a rule that reads anything else is left out.
    """
    if len(items) > MOST_AT_ONCE:
        raise InvalidError(_("Mỗi lần thêm nhiều nhất %(most)d mục.", most=MOST_AT_ONCE))
    parts = [part_of(item) for item in items]
    _refuse_unknown(parts)
    places.hold(form)
    rev = form.rev
    copies = _Copies(actor, form, section)
    own = [{one.uid: new_id() for one in part.questions} for part in parts]
    together = {uid: new for uids in reversed(own) for uid, new in uids.items()}
    with steps.gathered() as back:
        for item, part, uids in zip(items, parts, own, strict=True):
            copies.add(item, part, {**together, **uids})
    if items:
        title = section.title if section else form.title
        steps.record(actor, form, "library.used", title, back, rev=rev)
    audit.record(actor, "library.used", form, items=[one.id for one in items])
    return copies.added


class _Copies:
    """Copies that come into one form, one item after the other."""

    def __init__(self, actor: Actor | None, form: Form, section: Section | None) -> None:
        self._actor, self._form = actor, form
        self._there = working_copy.definition_of(form).questions
        self._codes = {one.code for one in self._there.values() if one.code}
        self._target = section or next(reversed(builder.sections_of(form)), None)
        self._after = self._target
        self.added = Added()

    def add(self, item: LibraryItem, part: defined.Section, uids: Mapping[str, str]) -> None:
        """Copy one item; `uids` are the new uids of all that is copied."""
        section = self._new_section(part) if item.is_section else self._target
        if section is None:
            section = self._target = self._new_section(None)
        for question in part.questions:
            foreign = reads(question) - uids.keys() - self._there.keys()
            if foreign:
                named = {item.outside.get(uid, _("câu hỏi đã xoá")) for uid in foreign}
                self.added.dropped[question.label] = tuple(sorted(named))
            self._add_question(section, without(question, foreign), uids)

    def _new_section(self, part: defined.Section | None) -> Section:
        title, intro = (part.title, part.intro) if part else (_("Câu hỏi từ thư viện"), "")
        section = builder.add_section(self._actor, self._form, title, intro)
        if self._after and section.position != self._after.position + 1:
            builder.move_section(self._actor, section, self._after.position + 1)
        self._after = section
        self.added.sections += 1
        self.added.first = self.added.first or section
        return section

    def _add_question(
        self, section: Section, question: defined.Question, uids: Mapping[str, str]
    ) -> None:
        values = copying.rename(question.to_json(), uids)
        if question.code in self._codes:
            values["code"] = ""
        self._codes.add(question.code)
        added = builder.add_question(self._actor, section, **values)
        self.added.questions += 1
        self.added.first = self.added.first or added


def _save(
    actor: Actor | None, name: str, part: defined.Section, form: Form, *, is_section: bool
) -> LibraryItem:
    there = working_copy.definition_of(form).questions
    own = {one.uid for one in part.questions}
    foreign = {uid for one in part.questions for uid in reads(one)} - own
    item = LibraryItem(
        name=name,
        is_section=is_section,
        content=FormDefinition(part.title, sections=(part,)).to_json(),
        outside={uid: there[uid].label for uid in sorted(foreign & there.keys())},
        created_at=clock.now(),
        created_by_id=actor.person_id if actor else None,
    )
    item.search_key = _search_key(item)
    db.session.add(item)
    db.session.flush()
    audit.record(actor, "library.saved", item, form=form.id)
    return item


def _search_key(item: LibraryItem) -> str:
    labels = [one.label for one in part_of(item).questions]
    return vietnamese.search_key(" ".join([item.name, *labels]))[:LONGEST_KEY]


def _as_stored(question: Question) -> defined.Question:
    """Return a row as a frozen question, without the units of today as options."""
    values = {name: getattr(question, name) for name in builder.EDITABLE}
    return defined.Question.from_json({"uid": question.uid, "type": question.type, **values})


def _refuse_unknown(parts: Iterable[defined.Section]) -> None:
    for question in (one for part in parts for one in part.questions):
        try:
            get(question.type)
        except UnknownQuestionType:
            text = _("“%(label)s” thuộc loại không còn dùng được.", label=question.label[:80])
            raise InvalidError(text) from None

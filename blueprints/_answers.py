"""What a section's page posts: answers, which page sent them, and what it had seen."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from flask import render_template, request, url_for

from blueprints._access import actor
from blueprints._questions import QuestionView, question_views
from core.errors import NotFoundError
from domain import answering, inbox, previous, taking, versions
from domain.answering import AnswerConflictError, Write
from domain.drafts import Draft
from forms.answers import read_section, type_of
from models import Response as Report
from questionnaire import checks
from questionnaire.definition import FormDefinition, Question, Section


def section_of(report: Report, uid: str) -> tuple[FormDefinition, Section]:
    """Return the form of a report and the section asked for; 404 for one that isn't there."""
    definition = versions.definition(report.version_id)
    section = definition.section(uid)
    if section is None:
        raise NotFoundError
    return definition, section


def write_of(uid: str) -> Write:
    """Return where the posted answer to `uid` comes from."""
    return Write(
        writer=request.form.get("writer", "")[: answering.LONGEST_WRITER],
        seq=request.form.get("seq", 0, type=int),
        seen=request.form.get(f"seen-{uid}", None, type=int),
    )


def save_posted(report: Report, section: Section) -> dict[str, AnswerConflictError]:
    """Save every posted answer of a section; return what somebody else has changed, by uid."""
    conflicts = {}
    for uid, value in read_section(section, request.form).items():
        try:
            answering.save_answer(actor(), report, uid, value, write_of(uid))
        except AnswerConflictError as error:
            conflicts[uid] = error
    return conflicts


def views_of(
    report: Report, definition: FormDefinition, section: Section, *, checked: bool
) -> list[QuestionView]:
    """Return the questions of a section as the person may fill them in now."""
    closed = bool(answering.closed_reason(report))
    last = previous.of_report(report)
    found = taking.takeable(report, last)
    take_url = url_for(
        "taking.take_in_section", assignment_id=report.assignment_id, uid=section.uid
    )
    views = question_views(
        definition,
        section,
        report.answers,
        last=last,
        checked=checked,
        reasons=report.reasons,
        disabled=closed,
    )
    said = inbox.notes_by_question(report)
    return [
        replace(
            view,
            rev=report.marks.get(view.question.uid, {}).get("rev", 0),
            saved_at=saved_at(report.marks.get(view.question.uid, {})),
            notes=tuple(said.get(view.question.uid, ())),
            take_url=take_url if view.question.uid in found else "",
            upload_url=url_for(
                "evidence.upload",
                assignment_id=report.assignment_id,
                uid=view.question.uid,
            ),
        )
        for view in views
    ]


def with_conflicts(
    views: Sequence[QuestionView], conflicts: Mapping[str, AnswerConflictError], posted: Any
) -> list[QuestionView]:
    """Return `views` with what the person typed where somebody else has written, and both named."""
    return [
        conflict_view(view, posted[view.question.uid], conflicts[view.question.uid])
        if view.question.uid in conflicts
        else view
        for view in views
    ]


def saved_view(
    report: Report | Draft, question: Question, mark: Mapping[str, Any]
) -> QuestionView:
    """Return the question as it stands after a save."""
    return QuestionView(
        "",
        question,
        value=report.answers.get(question.uid),
        rev=mark.get("rev", 0),
        saved_at=saved_at(mark),
    )


def conflict_view(view: QuestionView, mine: Any, error: AnswerConflictError) -> QuestionView:
    """Return the question with the person's own value and, in words, the other one."""
    return replace(
        view,
        value=mine,
        rev=error.mark["rev"],
        saved_at=None,
        conflict=_other_in_words(error),
    )


def _other_in_words(error: AnswerConflictError) -> str:
    return render_template(
        "answering/_other.txt",
        who=answering.person_of(error.mark),
        at=saved_at(error.mark),
        text=as_text(error.question, error.stored),
    )


def as_text(question: Question, value: Any) -> str:
    """Return an answer in words."""
    kind = type_of(question)
    return kind.as_text(value, question.settings) if kind else ""


def saved_at(mark: Mapping[str, Any]) -> datetime | None:
    """Return when the answer was saved last."""
    return datetime.fromisoformat(mark["at"]) if mark else None


def after(report: Report, definition: FormDefinition, section: Section) -> str:
    """Return the address of what follows a section: the next one, or the check page."""
    place = definition.sections.index(section) + 1
    if place == len(definition.sections):
        return url_for("submitting.check", assignment_id=report.assignment_id)
    return url_for(
        "answering.show_section",
        assignment_id=report.assignment_id,
        uid=definition.sections[place].uid,
    )


def show(
    report: Report, definition: FormDefinition, section: Section, views: list[QuestionView]
) -> str:
    """Return the page of a section."""
    return render_template(
        "answering/section.html",
        item=inbox.item(report),
        definition=definition,
        section=section,
        views=views,
        progress=checks.progress(definition, report.answers, previous.of_report(report)),
        closed=answering.closed_reason(report),
        after_url=after(report, definition, section),
        takeable=taking.blank(report, [one.question.uid for one in views if one.take_url]),
        take_url=url_for("taking.take_in_section", assignment_id=report.assignment_id, uid=section.uid),
    )

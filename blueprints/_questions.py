"""Questions on a page: their macros, and what each shows, without naming any type."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import ModuleType
from typing import Any

from flask import Flask

from forms.answers import figure_before, table_before, type_of, words_before
from questionnaire.answers import is_no_data
from questionnaire.checks import Level, numbered, problems
from questionnaire.definition import FormDefinition, Question, Section
from questionnaire.filling import filled
from questionnaire.ids import new_id


@dataclass(frozen=True, slots=True)
class Doubt:
    """A warning about an answer, and why the person stands by it."""

    check: str
    message: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question on a page, with the answer and what is to be said of it."""

    number: str
    question: Question
    value: Any = None
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    #: What a warning doubts, each with the reason given so far.
    doubts: tuple["Doubt", ...] = ()
    #: The question isn't asked, as things stand.
    hidden: bool = False
    #: Nothing can be entered.
    disabled: bool = False
    #: Where evidence goes; empty where none can be sent.
    upload_url: str = ""
    #: The revision of the answer that the page shows.
    rev: int = 0
    saved_at: datetime | None = None
    #: The answer of the round before, in words; blank where there is none to compare with.
    last: str = ""
    #: The answer of the round before where it isn't a figure, in words.
    earlier: str = ""
    #: The table of the round before as it is stored, where the answer is one.
    last_table: Any = None
    #: Where the answer of the round before can be taken; empty where there is none to take.
    take_url: str = ""
    #: The answer that somebody else has given meanwhile, in words.
    conflict: str = ""

    @property
    def described(self) -> str:
        """The ids of what describes the control."""
        before = f" last-{self.question.uid}" if self.last else ""
        return f"hint-{self.question.uid} error-{self.question.uid}{before}"

    @property
    def new_row(self) -> str:
        """The id of a row that isn't there yet."""
        return new_id()


def question_views(
    definition: FormDefinition,
    section: Section,
    answers: Mapping[str, Any],
    *,
    last: Mapping[str, Any] | None = None,
    checked: bool = False,
    reasons: Mapping[str, str] | None = None,
    **same: Any,
) -> list[QuestionView]:
    """Return the questions of a section as they stand, with what is wrong where `checked`.

    `last` are the answers of the round before.
    """
    numbers = {question.uid: number for number, question in numbered(definition)}
    now = filled(definition, answers, last)
    found = problems(definition, answers, last) if checked else []
    return [
        QuestionView(
            number=numbers[one.uid],
            question=one,
            value=now.answers.get(one.uid),
            problems=tuple(
                problem.message
                for problem in found
                if problem.question == one.uid and problem.level == Level.ERROR
            ),
            doubts=tuple(
                Doubt(problem.check, problem.message, (reasons or {}).get(problem.check, ""))
                for problem in found
                if problem.question == one.uid and problem.level == Level.WARNING
            ),
            hidden=one.uid not in now.visible,
            last=figure_before(one, last),
            earlier=words_before(one, last),
            last_table=table_before(one, last),
            **same,
        )
        for one in section.questions
    ]


def with_notes(
    views: Sequence[QuestionView], said: Mapping[str, Sequence[str]]
) -> list[QuestionView]:
    """Return the questions with what a reviewer said of each, by question uid."""
    return [replace(view, notes=tuple(said.get(view.question.uid, ()))) for view in views]


def follow_ups(
    definition: FormDefinition,
    answers: Mapping[str, Any],
    last: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return what a page must show anew after an answer: hidden questions and computed texts.

    Empty for a form without rules; `last` are the answers of the round before.
    """
    if not definition.has_rules:
        return {}
    now = filled(definition, answers, last)
    texts = {}
    for one in definition.questions.values():
        kind = type_of(one)
        if kind is not None and kind.is_computed:
            text = kind.as_text(now.answers.get(one.uid), one.settings)
            texts[one.uid] = text or now.reasons.get(one.uid) or "–"
    hidden = [uid for uid in definition.questions if uid not in now.visible]
    return {"followed": {"hidden": hidden, "computed": texts}}


def bind(app: Flask) -> None:
    """Let the templates of `app` show questions."""
    environment = app.jinja_env

    def macros_of(question: Question) -> ModuleType | Any:
        known = type_of(question) is not None
        name = question.type if known else "_unavailable"
        return environment.get_template(f"questions/{name}.html").module

    environment.globals |= {"ui": macros_of, "type_of": type_of, "is_no_data": is_no_data}

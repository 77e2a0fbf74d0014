"""Questions on a page: their macros, and what each shows, without naming any type."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import ModuleType
from typing import Any

from flask import Flask

from forms.answers import type_of
from questionnaire.answers import is_no_data
from questionnaire.checks import numbered, problems_of
from questionnaire.definition import FormDefinition, Question, Section
from questionnaire.ids import new_id


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question on a page, with the answer and what is to be said of it."""

    number: str
    question: Question
    value: Any = None
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    #: Nothing can be entered.
    disabled: bool = False
    #: Where evidence goes; empty where none can be sent.
    upload_url: str = ""
    #: The revision of the answer that the page shows.
    rev: int = 0
    saved_at: datetime | None = None
    #: The answer that somebody else has given meanwhile, in words.
    conflict: str = ""

    @property
    def described(self) -> str:
        """The ids of what describes the control."""
        return f"hint-{self.question.uid} error-{self.question.uid}"

    @property
    def new_row(self) -> str:
        """The id of a row that isn't there yet."""
        return new_id()


def question_views(
    definition: FormDefinition,
    section: Section,
    answers: Mapping[str, Any],
    *,
    checked: bool = False,
    **same: Any,
) -> list[QuestionView]:
    """Return the questions of a section as they stand, with what is wrong where `checked`."""
    numbers = {question.uid: number for number, question in numbered(definition)}
    return [
        QuestionView(
            number=numbers[one.uid],
            question=one,
            value=answers.get(one.uid),
            problems=_problems(one, answers) if checked else (),
            **same,
        )
        for one in section.questions
    ]


def _problems(question: Question, answers: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(one.message for one in problems_of(question, answers.get(question.uid)))


def bind(app: Flask) -> None:
    """Let the templates of `app` show questions."""
    environment = app.jinja_env

    def macros_of(question: Question) -> ModuleType | Any:
        known = type_of(question) is not None
        name = question.type if known else "_unavailable"
        return environment.get_template(f"questions/{name}.html").module

    environment.globals |= {"ui": macros_of, "type_of": type_of, "is_no_data": is_no_data}

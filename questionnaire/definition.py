"""What a form asks, as frozen values that go to JSON and back without loss."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any


class Summing(StrEnum):
    """How the answers of many units become one; the stored value never changes."""

    SUM = "sum"
    MEAN = "mean"
    MIN = "min"
    MAX = "max"
    COUNT = "count"
    SHARE = "share"
    LIST = "list"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Question:
    """One question; `uid` never changes and is what answers are stored under."""

    uid: str
    type: str
    label: str
    code: str = ""
    hint: str = ""
    measure: str = ""
    required: bool = False
    summing: str = Summing.NONE
    settings: Mapping[str, Any] = field(default_factory=dict)
    #: When the question is asked, as `questionnaire.rules` stores a rule; None for always.
    visible: Mapping[str, Any] | None = None
    #: Further checks: {"id", "rule" that must hold, "level": "error" or "warning", "message"}.
    checks: tuple[Mapping[str, Any], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the question as it is stored in a version."""
        return {
            "uid": self.uid,
            "type": self.type,
            "label": self.label,
            "code": self.code,
            "hint": self.hint,
            "measure": self.measure,
            "required": self.required,
            "summing": str(self.summing),
            "settings": dict(self.settings),
            "visible": self.visible,
            "checks": list(self.checks),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Question":
        """Read back what `to_json` gave; what an older version lacks takes its default."""
        return cls(**{**data, "checks": tuple(data.get("checks", ()))})


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the form, shown to units as one page."""

    uid: str
    title: str
    intro: str = ""
    questions: tuple[Question, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the section as it is stored in a version."""
        return {
            "uid": self.uid,
            "title": self.title,
            "intro": self.intro,
            "questions": [question.to_json() for question in self.questions],
        }


@dataclass(frozen=True)
class FormDefinition:
    """A whole form."""

    title: str
    intro: str = ""
    sections: tuple[Section, ...] = ()

    @cached_property
    def questions(self) -> dict[str, Question]:
        """All questions by uid, in reading order."""
        return {one.uid: one for section in self.sections for one in section.questions}

    @cached_property
    def has_rules(self) -> bool:
        """Whether anything follows from the answers: what is asked, or what is computed."""
        return any(
            one.visible is not None or "rule" in one.settings for one in self.questions.values()
        )

    @cached_property
    def carrying(self) -> tuple["Question", ...]:
        """The questions with columns that take figures from earlier rounds."""
        return tuple(
            one
            for one in self.questions.values()
            if any("carry" in column for column in one.settings.get("columns") or ())
        )

    def section(self, uid: str) -> Section | None:
        """Return the section with this uid, if there is one."""
        return next((one for one in self.sections if one.uid == uid), None)

    def to_json(self) -> dict[str, Any]:
        """Return the form as a version stores it."""
        return {
            "title": self.title,
            "intro": self.intro,
            "sections": [section.to_json() for section in self.sections],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "FormDefinition":
        """Read back what `to_json` gave; what an older version lacks takes its default."""
        return cls(
            title=data["title"],
            intro=data.get("intro", ""),
            sections=tuple(
                Section(
                    uid=section["uid"],
                    title=section["title"],
                    intro=section.get("intro", ""),
                    questions=tuple(map(Question.from_json, section["questions"])),
                )
                for section in data["sections"]
            ),
        )

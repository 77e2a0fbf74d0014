"""What a plan proposes for a task: its fields, deadlines, groups and questions, each with its source."""

import re
from collections.abc import Sequence
from typing import Any

from domain import plan_forms, plan_recipients
from domain.plan_deadlines import Deadline
from domain.plan_duties import Duties
from domain.plan_lines import folded
from domain.plans import Plan

LONGEST = {"number": 20, "symbol": 40, "title": 500, "issuer": 200, "doc_type": 60}
MOST_GROUPS, MOST_DEADLINES, MOST_BASIS, MOST_OPENING = 30, 12, 20, 300
#: Those for whom a document is only to be known or kept don't report on it.
NO_REPORTERS = frozenset({"report", "inform", "archive"})
EVERYBODY = "Các đơn vị"
COUNTED_WORDS, FEWEST_WORDS = 8, 3
RESTS = re.compile(
    r"^(?:[-+]\s*)?(?:Căn cứ|Thực hiện|Theo|Thi hành|Tiếp tục|Triển khai)\s+|"
    r",\s+[^,;]{3,80}\s(?:ban hành|xây dựng|hướng dẫn|yêu cầu|đề nghị)\s.*$"
)


def of(plan: Plan, lines: Sequence[str]) -> dict[str, Any]:
    """Return the proposals as JSON; `line` says in which paragraph the source stands, from 0."""
    places = _Places(lines)
    head = plan.head
    number, _slash, symbol = head.number_symbol.partition("/")
    values = {
        "doc_type": head.doc_type,
        "number": number,
        "symbol": symbol,
        "title": head.title,
        "issuer": head.issuer,
        "issued_on": head.issue_date.isoformat() if head.issue_date else "",
    }
    fields = {
        name: {"value": value[: LONGEST.get(name, 100)], "line": places.of(value)}
        for name, value in values.items()
    }
    for name in ("number", "symbol"):
        fields[name]["line"] = places.of(head.number_symbol)
    fields["issued_on"]["line"] = places.dated(head.place)
    marks = [mark for mark, _day in plan.basis[:MOST_BASIS]]
    basis = [line for line in lines[:MOST_OPENING] if any(mark in line for mark in marks)][:MOST_BASIS]
    fields["legal_basis"] = {
        "value": "\n".join(_cited(line, plan) for line in basis)[:5000],
        "line": places.of(basis[0]) if basis else None,
    }
    deadlines = [_deadline(one, places) for one in plan.deadlines if one.kind == "report"]
    return {
        "fields": fields,
        "issued": head.issue_date_partial,
        "deadlines": deadlines[:MOST_DEADLINES],
        "due": _due(plan, deadlines[:MOST_DEADLINES]),
        "groups": [_group(one, places) for one in _groups(plan)[:MOST_GROUPS]],
        "recipients": [
            {"text": one, "role": plan_recipients.role_of(one), "line": places.of(one)}
            for one in plan.recipients
        ],
    }


def _cited(line: str, plan: Plan) -> str:
    """Return the documents that a paragraph rests on, without what is done on their ground."""
    parts = [part.strip() for part in line.split(";")]
    kept = [part for part in parts if any(mark in part for mark, _day in plan.basis)]
    return "; ".join(RESTS.sub("", part).strip(" .,") for part in kept)


class _Places:
    """Where texts stand in the paragraphs of a document."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = [" ".join(line.split()) for line in lines]
        self._whole = {line: place for place, line in reversed(list(enumerate(self.lines)))}
        self._squeezed = [line.replace(" ", "") for line in self.lines]

    def of(self, text: str) -> int | None:
        """Return the first paragraph that holds a text, or begins as it does; None for nowhere."""
        plain = " ".join(text.split())
        if not plain:
            return None
        if plain in self._whole:
            return self._whole[plain]
        words = plain.split()
        for count in (len(words), COUNTED_WORDS, FEWEST_WORDS):
            wanted = "".join(words[:count])
            for place, line in enumerate(self._squeezed):
                if wanted in line:
                    return place
        return None

    def dated(self, place: str) -> int | None:
        """Return the paragraph of place and date."""
        wanted = f"{folded(place)},"
        starts = (n for n, line in enumerate(self.lines) if folded(line).startswith(wanted))
        return next(starts, None) if place else None


def _deadline(one: Deadline, places: _Places) -> dict[str, Any]:
    return {
        "date": one.date,
        "hour": one.hour,
        "rule": one.rule,
        "period": one.period,
        "to": one.to,
        "inclusive": one.inclusive,
        "sentence": one.sentence,
        "line": places.of(one.sentence),
    }


def _due(plan: Plan, deadlines: Sequence[dict[str, Any]]) -> int | None:
    """Return which deadline is the units' own: the first that is due at the issuer, or the first."""
    dated = [place for place, one in enumerate(deadlines) if one["date"]]
    issuer = folded(plan.head.issuer).casefold().split()[:2]
    for place in dated:
        to = folded(deadlines[place]["to"]).casefold().split()
        if issuer and to[:1] == issuer[:1]:
            return place
    return dated[0] if dated else None


def _groups(plan: Plan) -> list[Duties]:
    """Return who has duties; where nobody has, those for whom the document is to be carried out."""
    if plan.duties:
        return plan.duties
    carry = [
        one
        for one in (plan.addressees or plan.recipients)
        if plan_recipients.role_of(one) not in NO_REPORTERS
        and not plan_recipients.stands_for_others(one)
    ]
    return [Duties(one) for one in carry or [EVERYBODY]]


def _group(duties: Duties, places: _Places) -> dict[str, Any]:
    asked = plan_forms.questions(duties.group, duties.told)
    return {
        "name": duties.group,
        "title": plan_forms.title_of(duties.group),
        "line": places.of(duties.group),
        "questions": [
            {
                "kind": one.kind,
                "label": one.label,
                "hint": one.hint,
                "measure": one.measure,
                "line": places.of(one.source),
            }
            for one in asked
        ],
    }

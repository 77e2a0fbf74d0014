"""How well plans are read: precision and recall of each field against facts read by hand."""

import re
import unicodedata
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from domain.plans import Plan

SCALARS = (
    "doc_type", "number_symbol", "issue_date", "place", "issuer", "parent_body", "title", "signer_role",
)  # fmt: skip
MANY = re.compile(r"^(?:các|quý)\s+")
LISTS = ("deadlines", "recipients", "addressees", "duties")


@dataclass(slots=True)
class Score:
    """What was said, what was to be said, and what of both is the same."""

    right: int = 0
    said: int = 0
    expected: int = 0

    @property
    def precision(self) -> float:
        """The share of what was said that is right; 1 where nothing was said."""
        return self.right / self.said if self.said else 1.0

    @property
    def recall(self) -> float:
        """The share of what was to be said that was; 1 where nothing was to be."""
        return self.right / self.expected if self.expected else 1.0


def add(scores: dict[str, Score], plan: Plan, facts: Mapping[str, Any]) -> None:
    """Count one document in."""
    said, expected = _said(plan), _expected(facts)
    for name in (*SCALARS, *LISTS):
        score = scores.setdefault(name, Score())
        score.right += len(said[name] & expected[name])
        score.said += len(said[name])
        score.expected += len(expected[name])


def _said(plan: Plan) -> dict[str, set[Hashable]]:
    head = plan.head
    issued = head.issue_date.isoformat() if head.issue_date else head.issue_date_partial
    return {
        "doc_type": _one(head.doc_type),
        "number_symbol": _one(head.number_symbol),
        "issue_date": _one(issued),
        "place": _one(head.place),
        "issuer": _one(head.issuer),
        "parent_body": _one(head.parent_body),
        "title": _one(head.title),
        "signer_role": _one(plan.signer_role),
        "deadlines": {
            (one.type, one.period or _rule(one.rule) or one.date)
            for one in plan.deadlines
            if one.kind == "report"
        },
        "recipients": {_plain(one) for one in plan.recipients},
        "addressees": {_plain(one) for one in plan.addressees},
        "duties": {_group(one.group) for one in plan.duties},
    }


def _expected(facts: Mapping[str, Any]) -> dict[str, set[Hashable]]:
    scalars = {name: _one(facts.get(name) or "") for name in SCALARS}
    if not scalars["issue_date"]:
        scalars["issue_date"] = _one(facts.get("issue_date_partial") or "")
    return {
        **scalars,
        "deadlines": {
            (one["type"], one.get("period") or _rule(one.get("rule") or "") or one.get("date"))
            for one in facts.get("deadlines") or []
            if one["kind"] == "report"
        },
        "recipients": {_plain(one) for one in facts.get("recipients") or []},
        "addressees": {_plain(one) for one in facts.get("addressees") or []},
        "duties": {_group(one) for one in facts.get("duties_by_group") or {}},
    }


def _one(text: str) -> set[Hashable]:
    return {_plain(text)} if _plain(text) else set()


def _plain(text: str) -> str:
    """Return a text without what doesn't count: white space, case, emphasis, last marks."""
    text = unicodedata.normalize("NFC", text).replace("**", "")
    return re.sub(r"\s+", " ", text).strip(" .;,:").casefold()


def _group(name: str) -> str:
    """Return the name of a group without the word that only says that there are several."""
    return MANY.sub("", _plain(name))


def _rule(rule: str) -> str:
    return re.sub(r"\s*\(.*\)$", "", rule)

"""What a plan says: its head, deadlines, recipients and duties, by the grammar of such texts."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from documents import legacy_text
from domain import plan_deadlines, plan_duties, plan_head, plan_recipients
from domain.plan_deadlines import Deadline
from domain.plan_duties import Duties
from domain.plan_head import Head

MOST_LINES, LONGEST_LINE = 20_000, 20_000
#: A letter with a mark of Vietnamese, as most words have one.
MARKED = re.compile(r"[đ\u0300-\u0323]", re.IGNORECASE)
FEWEST_WORDS = 20
MOST_PLAIN = 0.8
LEGACY, DAMAGED, EMPTY = "legacy", "damaged", "empty"
#: Letters of one word set apart, as some readers break old files.
SPACED = re.compile(r"(?:\b\w ){6,}")
MOST_SPACED = 0.2


@dataclass(frozen=True, slots=True)
class Plan:
    """A document understood as far as it can be; every part keeps the words it came from."""

    head: Head
    basis: list[tuple[str, str]]
    deadlines: list[Deadline]
    recipients: list[str]
    addressees: list[str]
    duties: list[Duties]
    signer_role: str


def understand(lines: Sequence[str]) -> Plan:
    """Return what the paragraphs of a document say."""
    lines = [line[:LONGEST_LINE] for line in lines[:MOST_LINES]]
    head = plan_head.read(lines)
    issued = _issued(head)
    end = plan_recipients.start_of(lines)
    return Plan(
        head=head,
        basis=plan_head.basis(lines),
        deadlines=plan_deadlines.of_lines(lines[:end], issued, issued.year if issued else None),
        recipients=plan_recipients.recipients(lines),
        addressees=plan_recipients.addressees(lines),
        duties=plan_duties.duties(lines),
        signer_role=plan_recipients.signer_role(lines),
    )


def damage(lines: Sequence[str]) -> str:
    """Return what is wrong with the text itself: LEGACY, DAMAGED or EMPTY; blank for nothing."""
    text = "\n".join(lines)[:40_000]
    if legacy_text.guessed(text):
        return LEGACY
    if sum(map(len, SPACED.findall(text))) > MOST_SPACED * len(text):
        return DAMAGED
    words = re.findall(r"[^\W\d_]{2,}", text)
    if len(words) < FEWEST_WORDS:
        return EMPTY
    plain = sum(not MARKED.search(unicodedata.normalize("NFD", word)) for word in words)
    return DAMAGED if plain > MOST_PLAIN * len(words) else ""


def _issued(head: Head) -> date | None:
    """Return the first day on which the document can have been issued."""
    if head.issue_date is not None:
        return head.issue_date
    parts = [int(part) for part in head.issue_date_partial.split("-") if part]
    if not parts:
        return None
    return date(parts[0], parts[1] if len(parts) > 1 else 1, 1)

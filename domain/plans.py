"""What a plan says: its head, deadlines, recipients and duties, by the grammar of such texts."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain import plan_deadlines, plan_duties, plan_head, plan_recipients
from domain.plan_deadlines import Deadline
from domain.plan_duties import Duties
from domain.plan_head import Head

MOST_LINES = 20_000
#: A letter with a mark of Vietnamese, as most words have one.
MARKED = re.compile(r"[đ\u0300-\u0323]", re.IGNORECASE)
#: What stands in text of fonts before Unicode (TCVN3, VNI), and hardly ever in other text.
LEGACY = re.compile("[¸µ¬×®¦§©¹¨¶·¾ñø]")
FEWEST_WORDS = 20
MOST_LEGACY, MOST_PLAIN = 0.02, 0.8


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
    lines = list(lines)[:MOST_LINES]
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
    """Return what is wrong with the text itself: "legacy", "damaged" or "empty"; blank for nothing."""
    words = [word for line in lines for word in re.findall(r"[^\W\d_]{2,}", line)]
    if len(words) < FEWEST_WORDS:
        return "empty"
    text = " ".join(words[:4000])
    marks = len(LEGACY.findall("\n".join(lines)[:40_000]))
    if marks > len(text) * MOST_LEGACY:
        return "legacy"
    plain = sum(not MARKED.search(unicodedata.normalize("NFD", word)) for word in words)
    return "damaged" if plain > MOST_PLAIN * len(words) else ""


def _issued(head: Head) -> date | None:
    """Return the first day on which the document can have been issued."""
    if head.issue_date is not None:
        return head.issue_date
    parts = [int(part) for part in head.issue_date_partial.split("-") if part]
    if not parts:
        return None
    return date(parts[0], parts[1] if len(parts) > 1 else 1, 1)

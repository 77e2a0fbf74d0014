"""A plan from a file: its lines, what they say, and whether the text can be trusted."""

from documents import plan_limited
from documents.legacy_text import NAMES, Encoding
from documents.plan_text import PlanText, UnreadablePlanError
from domain import plan_lines, plans
from domain.plans import Plan

__all__ = ["NAMES", "Encoding", "UnreadablePlanError", "lines_of", "read", "understood"]


def read(content: bytes, *, convert: bool = False) -> PlanText:
    """Return the text of a Word, PDF or text file, read in a process of its own.

    Raises UnreadablePlanError with a sentence for a file that can't be read.
    """
    return plan_limited.read_limited(content, convert=convert)


def lines_of(found: PlanText) -> list[str]:
    """Return the paragraphs of a text."""
    if found.whole:
        return plan_lines.from_paragraphs(found.text.split("\n"))
    return plan_lines.paragraphs(found.text)


def understood(content: bytes, *, convert: bool = False) -> tuple[Plan, str]:
    """Return what a file says, and what is wrong with its text, if anything."""
    found = read(content, convert=convert)
    lines = lines_of(found)
    return plans.understand(lines), plans.LEGACY if found.encoding else plans.damage(lines)

"""A plan from a file: what it says, and whether its text can be trusted."""

from documents import plan_text
from documents.plan_text import UnreadablePlanError
from domain import plan_lines, plans
from domain.plans import Plan

__all__ = ["UnreadablePlanError", "understood"]


def understood(content: bytes) -> tuple[Plan, str]:
    """Return what a Word, PDF or text file says, and what is wrong with its text, if anything.

    Raises UnreadablePlanError with a sentence for a file that can't be read.
    """
    text, whole = plan_text.read(content)
    lines = plan_lines.from_paragraphs(text.split("\n")) if whole else plan_lines.paragraphs(text)
    return plans.understand(lines), plans.damage(lines)

"""Checking a printed receipt: is it one of ours, and does what it stands for still stand."""

import hmac
import re
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select

from core.extensions import db
from domain import submitting
from models import Submission

#: How many characters of the fingerprint are enough: guessing 64 bits is hopeless.
ENOUGH = 16
GROUP = 4


class Verdict(StrEnum):
    """What a receipt turned out to be."""

    COUNTS = "counts"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"
    CHANGED = "changed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Checked:
    """A receipt that was looked up; without its submission where it isn't genuine."""

    verdict: Verdict
    submission: Submission | None = None


def mark_of(submission: Submission) -> str:
    """Return the start of the fingerprint as it is printed, such as "a1b2 c3d4 e5f6 0718"."""
    start = submission.fingerprint[:ENOUGH]
    return " ".join(start[place : place + GROUP] for place in range(0, ENOUGH, GROUP))


def check(number: str, mark: str) -> Checked:
    """Look up a receipt by its number and its mark, or its whole fingerprint.

    A wrong mark tells nothing about whether the number exists.
    """
    told = re.sub(r"[^0-9a-f]", "", mark.lower())
    query = select(Submission).where(Submission.receipt == number.strip().upper())
    submission = db.session.scalars(query).one_or_none()
    kept = submission.fingerprint if submission else ""
    fits = len(told) >= ENOUGH and hmac.compare_digest(kept[: len(told)], told)
    if submission is None or not fits:
        return Checked(Verdict.UNKNOWN)
    return Checked(_verdict(submission), submission)


def _verdict(submission: Submission) -> Verdict:
    if submitting.fingerprint(submission) != submission.fingerprint:
        return Verdict.CHANGED
    if submission.withdrawn_at is not None:
        return Verdict.WITHDRAWN
    counts = submission.response.current_submission_id == submission.id
    return Verdict.COUNTS if counts else Verdict.REPLACED

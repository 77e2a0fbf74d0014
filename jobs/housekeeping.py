"""Keeps the tables of the background work small."""

from core.words import N_
from domain import background
from domain.schedule import Daily


@background.carries_out("jobs.forget", N_("Dọn lịch sử việc nền"), when=Daily(2, 30))
def forget() -> None:
    """Delete what was done long ago."""
    background.forget_old()

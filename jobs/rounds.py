"""Opens the rounds of tasks that come again, and keeps the locks that have passed."""

from core import clock
from core.words import N_
from domain import background, deadlines, opening
from domain.schedule import Every


@background.carries_out("rounds.open", N_("Mở kỳ báo cáo đến ngày, khoá sổ kỳ hết hạn"), when=Every(5))
def open_due() -> None:
    """Open what is due and lock what is over."""
    opening.open_due_rounds(clock.now())
    deadlines.latch_all(clock.now())

"""Large files of a summary: made in a process of their own, one after the other."""

import time
from tempfile import TemporaryFile

from flask import current_app

from core.extensions import db
from core.side_process import SideProcess
from core.words import N_
from domain import background, prepared_files
from domain.schedule import Daily

TOLD_EVERY = 1.0


@background.carries_out(prepared_files.WORK, N_("Chuẩn bị tệp tổng hợp lớn"), tries=2)
def prepare(prepared_id: int) -> None:
    """Make the file that somebody has asked for."""
    request = prepared_files.request_of(prepared_id)
    # Nobody's transaction is open while the file is made.
    db.session.rollback()
    if request is None:
        return
    side: SideProcess = current_app.extensions["background_process"]
    told = [0.0]

    def tell(done: int) -> None:
        if time.monotonic() - told[0] >= TOLD_EVERY:
            told[0] = time.monotonic()
            prepared_files.tell(prepared_id, done)
            db.session.commit()

    with TemporaryFile() as file:
        try:
            side.ask(request, file, tell, is_patient=True)
        except Exception:
            db.session.rollback()
            prepared_files.fail(prepared_id)
            db.session.commit()
            raise
        prepared_files.finish(prepared_id, file)


@background.carries_out(
    "summary.forget_files", N_("Xoá tệp tổng hợp hết hạn giữ"), when=Daily(2, 40)
)
def forget() -> None:
    """Throw away prepared files that were kept long enough."""
    prepared_files.forget_old()

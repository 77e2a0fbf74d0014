"""Files of a summary on their way out, made in a process of their own."""

from tempfile import TemporaryFile
from typing import IO, Any

from flask import Response, current_app, send_file, url_for

from blueprints._access import actor
from blueprints._htmx import notify, redirect_to
from core import database
from core.extensions import db
from core.side_process import SideProcess
from core.words import _
from domain import prepared_files, summary_files
from domain.successors import Structure
from domain.summary_files import Wanted
from models import PreparedFile, Round


def warm_up() -> None:
    """Get ready for a download that is likely to be asked for next."""
    side: SideProcess = current_app.extensions["side_process"]
    side.warm()


def is_large(round_: Round, wanted: Wanted) -> bool:
    """Tell whether a file is larger than what people wait for."""
    return summary_files.is_large(wanted, round_, current_app.extensions["settings"])


def url_of(round_: Round, wanted: Wanted) -> str:
    """Return where a file is sent at once."""
    return url_for(
        "downloads.download",
        round_id=round_.id,
        shape=wanted.shape,
        form=wanted.form_id,
        view=wanted.view_id,
        template=wanted.template_id,
        structure=wanted.structure if wanted.structure == Structure.NOW else None,
    )


def send_or_ask(round_: Round, wanted: Wanted) -> Any:
    """Answer with a file, to be saved; a large one is to be asked for first, which a POST does."""
    if is_large(round_, wanted):
        notify(_("Tệp này lớn nên được chuẩn bị ở phía sau. Bấm vào tệp cần lấy ở bên dưới."), "info")
        return redirect_to(url_for("downloads.show", round_id=round_.id))
    name = summary_files.name_of(wanted, round_)
    side: SideProcess = current_app.extensions["side_process"]
    # Nobody's transaction is open while the file is made.
    db.session.rollback()
    file = TemporaryFile()  # noqa: SIM115 -- the response closes it once it is sent.
    try:
        side.ask(wanted.to_json(), file)
    except BaseException:
        file.close()
        raise
    _record(round_, wanted)
    return _sent(file, name)


def send_prepared(round_: Round, prepared: PreparedFile) -> Response:
    """Answer with a file that was made before."""
    file, name = prepared_files.open_file(prepared), prepared.name
    wanted = Wanted.from_json(prepared.wanted)
    db.session.rollback()
    _record(round_, wanted)
    return _sent(file, name)


def _record(round_: Round, wanted: Wanted) -> None:
    database.set_writing(True)
    summary_files.record_download(actor(), round_, wanted)
    db.session.commit()


def _sent(file: IO[bytes], name: str) -> Response:
    size = file.seek(0, 2)
    file.seek(0)
    response: Response = send_file(file, as_attachment=True, download_name=name, max_age=0)
    response.content_length = size
    response.headers["Cache-Control"] = "no-store"
    return response

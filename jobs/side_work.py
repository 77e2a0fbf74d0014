"""What the side process does: it makes the files of a summary, one after the other."""

import logging
import os
import sys
from collections.abc import Callable
from tempfile import TemporaryFile
from typing import IO

import orjson
from flask import Flask

from core import database, side_process
from core.config import Settings
from core.extensions import db
from domain import summary_files, versions
from domain.summary_files import Wanted

log = logging.getLogger(__name__)


def main(make_app: Callable[[Settings], Flask]) -> None:
    """Read the settings, then do what is asked until nobody asks any more."""
    asked = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    # What anything prints must not get among the answers.
    os.dup2(2, 1)
    settings = Settings.from_json(orjson.loads(asked.readline()))
    app = make_app(settings)
    # Starting is over as quickly as on any other day; the work itself lets others go first.
    side_process.lower_priority()
    for line in asked:
        try:
            answer(app, settings, line, answers)
        except BrokenPipeError:
            sys.exit(0)


def answer(app: Flask, settings: Settings, line: bytes, answers: IO[bytes]) -> None:
    """Make one file and send it, or say that it can't be made."""

    def tell(done: int) -> None:
        answers.write(orjson.dumps({"done": done}) + b"\n")
        answers.flush()

    with TemporaryFile() as file, app.app_context(), database.only_reading():
        try:
            summary_files.write(Wanted.from_json(orjson.loads(line)), file, settings, tell)
        except Exception as error:
            log.exception("a file of a summary could not be made")
            answers.write(orjson.dumps({"error": type(error).__name__}) + b"\n")
            answers.flush()
            return
        finally:
            db.session.remove()
            # Kept for one file alone, so that a long life takes no more memory than a short one.
            versions.forget()
        side_process.send(answers, file)

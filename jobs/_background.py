"""Starts and stops the consumer, without making the start of the program wait for it."""

import threading
from importlib import import_module
from typing import Any

from flask import Flask

CONSUMER = "jobs._consumer"


class Background:
    """The background work of one process: threads beside whatever else the process does."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._consumer: Any = None
        self._starting: threading.Thread | None = None

    def start(self) -> None:
        """Start carrying out work; returns at once."""
        self._starting = threading.Thread(target=self._start, name="background-start", daemon=True)
        self._starting.start()

    def stop(self) -> None:
        """Take no more work and wait a moment for what is in hand; the rest is taken up later."""
        if self._starting is not None:
            self._starting.join()
        if self._consumer is not None:
            self._consumer.stop(graceful=True)

    def _start(self) -> None:
        # The queue's library takes longer to load than all else that a start needs.
        self._consumer = import_module(CONSUMER).open_consumer(self._app)
        self._consumer.start()

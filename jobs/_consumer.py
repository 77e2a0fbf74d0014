"""The consumer: one thread hands out what is due, a few others carry it out."""

import logging
import time
import uuid

from flask import Flask
from huey import Huey
from huey.consumer import Consumer, Scheduler

from core import database
from core.extensions import db
from domain import background
from jobs._queue import open_queue

WORKERS = 2
PAUSE = 2.0
LONGEST_STOP = 5.0

log = logging.getLogger(__name__)


def open_consumer(app: Flask) -> "ThreadConsumer":
    """Return the consumer of `app`, not started yet."""
    return ThreadConsumer(app, open_queue(app.extensions["settings"]))


class ThreadConsumer(Consumer):
    """A consumer that lives in threads of any process, and leaves the signals to its main one."""

    def __init__(self, app: Flask, queue: Huey) -> None:
        self._app = app
        self._holder = uuid.uuid4().hex
        self._in_hand: set[int] = set()
        self._wake_up = queue.task(name="carry_out")(self._carry_out)
        super().__init__(
            queue,
            workers=WORKERS,
            periodic=False,
            max_delay=PAUSE,
            check_worker_health=False,
            shutdown_timeout=LONGEST_STOP,
        )

    def _create_scheduler(self) -> "Dispatcher":
        return Dispatcher(self)

    def _set_signal_handlers(self) -> None:
        """Leave them alone: only the main thread may set any."""

    def hand_out(self) -> None:
        """Ask for periodic work that is due, and put what is ready into the queue."""
        with self._app.app_context():
            try:
                with database.only_reading():
                    ticks, ready = background.due_ticks(), background.ready()
                    db.session.rollback()
                if ticks or ready or self._in_hand:
                    background.ask_for_ticks(ticks)
                    background.keep_alive(self._in_hand, self._holder)
                    ready = background.ready()
                    background.mark_queued(ready)
                    db.session.commit()
            finally:
                db.session.remove()
        for job_id in ready:
            self._wake_up(job_id)

    def _carry_out(self, job_id: int) -> None:
        self._in_hand.add(job_id)
        try:
            with self._app.app_context():
                carry_out(job_id, self._holder)
        finally:
            self._in_hand.discard(job_id)


class Dispatcher(Scheduler):
    """Looks every few seconds at what is due; it takes the place of huey's own clock."""

    def __init__(self, consumer: ThreadConsumer) -> None:
        super().__init__(consumer.huey, consumer.stop_flag, 1, False)
        self._consumer = consumer

    def loop(self, now: object = None) -> None:  # noqa: ARG002 -- huey's own signature.
        """Hand out what is due, and wait a moment; a database that is away is tried again."""
        started = time.monotonic()
        try:
            self._consumer.hand_out()
        except Exception:
            log.exception("the background work could not be handed out")
        self.sleep_for_interval(started, PAUSE)


def carry_out(job_id: int, holder: str) -> None:
    """Carry out one piece of work if nobody else does, and note how it went."""
    try:
        job = background.claim(job_id, holder)
        db.session.commit()
        if job is None:
            return
        name, arguments = job.name, background.arguments_of(job)
        db.session.rollback()
        try:
            background.KINDS[name].work(**arguments)
            background.finish(job_id, holder)
            db.session.commit()
        except Exception as error:
            log.exception("background work failed: %s", name)
            db.session.rollback()
            background.fail(job_id, holder, _reason(error))
            db.session.commit()
    finally:
        db.session.remove()


def _reason(error: Exception) -> str:
    """Return the first line alone: the others may hold what was being written."""
    lines = str(error).splitlines() or [""]
    return f"{type(error).__name__}: {lines[0]}"

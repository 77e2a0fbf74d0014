"""Consumers: several over one database share the work, and each piece runs once."""

import pickle
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import text

from core.extensions import db
from domain import background
from domain.schedule import Daily
from jobs import _consumer, _queue
from models import Job, JobState

PATIENCE = 30.0


@pytest.fixture
def seen(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """What the work of these tests has done, in all threads; an empty queue."""
    counted: Counter[str] = Counter()
    lock = threading.Lock()

    def count(word: str = "hằng ngày") -> None:
        with lock:
            counted[word] += 1
        if word == "hỏng":
            raise RuntimeError("dòng đầu\nđiều kín")

    monkeypatch.setattr(background, "KINDS", {})
    background.carries_out("test.daily", "Hằng ngày", when=Daily(0))(count)
    background.carries_out("test.work", "Việc", tries=1)(count)
    _queue.open_queue(app.extensions["settings"]).flush()
    return counted


@contextmanager
def consumers(app: Flask, count: int) -> Iterator[None]:
    running = [_consumer.open_consumer(app) for _ in range(count)]
    for one in running:
        one.start()
    try:
        yield
    finally:
        for one in running:
            one.stop(graceful=True)


def wait_until_done(expected: int) -> None:
    limit = time.monotonic() + PATIENCE
    while time.monotonic() < limit:
        db.session.rollback()
        if db.session.query(Job).filter(Job.state != JobState.WAITING).count() == expected:
            db.session.rollback()
            return
        db.session.rollback()
        time.sleep(0.05)
    raise AssertionError("the work was not done in time")


def test_two_consumers_do_each_piece_of_work_once(app: Flask, seen: Counter[str]) -> None:
    words = [f"việc {place}" for place in range(30)]
    for word in words:
        background.ask("test.work", word, word=word)
    db.session.commit()
    with consumers(app, 2):
        wait_until_done(len(words) + 1)
    assert seen == Counter([*words, "hằng ngày"])


def test_work_that_fails_says_why_without_what_it_was_writing(
    app: Flask, seen: Counter[str]
) -> None:
    background.ask("test.work", "hỏng", word="hỏng")
    db.session.commit()
    with consumers(app, 1):
        wait_until_done(2)
    job = db.session.query(Job).filter_by(key="hỏng").one()
    assert (job.state, job.error) == (JobState.PARKED, "RuntimeError: dòng đầu")
    assert seen["hỏng"] == 1


def test_a_message_that_somebody_else_wrote_is_never_unpacked(
    app: Flask, seen: Counter[str]
) -> None:
    queue = _queue.open_queue(app.extensions["settings"])
    queue.storage.enqueue(pickle.dumps(_Trap(seen)))
    with pytest.raises(ValueError, match=r"Separator|mismatch"):
        queue.dequeue()
    assert seen == Counter()


class _Trap:
    def __init__(self, seen: Counter[str]) -> None:
        self.seen = seen

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return exec, ("raise SystemExit('unpacked')",)


def test_the_queue_lies_beside_the_database(app: Flask) -> None:
    settings = app.extensions["settings"]
    _queue.open_queue(settings)
    if settings.database_url:
        found = db.session.execute(text("SELECT count(*) FROM huey_task")).scalar_one()
        assert found == 0
        return
    with sqlite3.connect(settings.instance_path / "jobs.sqlite3") as queue:
        assert queue.execute("SELECT count(*) FROM task").fetchone() == (0,)

"""What the server has acknowledged is there after it was killed, and a loss would be noticed."""

from pathlib import Path

from bench import crash
from core.extensions import db
from models import AnswerChange


def test_killing_the_server_loses_no_acknowledged_answer(tmp_path: Path) -> None:
    tally, lost = crash.crash(tmp_path, rounds=2)
    assert (tally.kills, lost) == (2, set())
    assert len(tally.acknowledged) >= 2 * crash.ACKNOWLEDGED
    app = crash.app_at(tmp_path)
    with app.app_context():
        first = db.session.query(AnswerChange).order_by(AnswerChange.id).limit(1).one()
        gone = (first.response_id, first.question, first.new)
        db.session.delete(first)
        db.session.commit()
    assert {saved[1:] for saved in tally.lost(crash.kept(app))} == {gone[1:]}

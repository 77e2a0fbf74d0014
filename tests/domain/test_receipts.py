"""Printed receipts: genuine ones are known by number and mark, and what happened to them is said."""

import pytest

from core.extensions import db
from core.permissions import Actor, Role
from domain import receipts, resubmitting, review, submitting
from domain.answering import save_answer
from domain.receipts import Verdict
from models import Response, Submission
from tests.factories import actor_for, make_form, make_person, make_task, make_unit, publish, response_of

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def report() -> Response:
    form = make_form(make_task(), {"type": "integer", "uid": "q"}, {"type": "long_text", "uid": "loi"})
    return response_of(publish(form, make_unit())[0])


@pytest.fixture
def reporter(report: Response) -> Actor:
    return actor_for(make_person(Role.REPORTER, report.assignment.unit))


def submit(reporter: Actor, report: Response, **answers: object) -> Submission:
    for uid, value in answers.items():
        save_answer(reporter, report, uid, value)
    submission = submitting.submit(reporter, report)
    assert submission is not None
    db.session.expire(report)
    return submission


def test_a_receipt_is_known_by_its_mark_however_it_is_typed(reporter: Actor, report: Response) -> None:
    one = submit(reporter, report, q=1)
    mark = receipts.mark_of(one)
    assert len(mark.replace(" ", "")) == receipts.ENOUGH
    for typed in (mark, mark.upper().replace(" ", "-"), one.fingerprint):
        checked = receipts.check(f" {one.receipt.lower()} ", typed)
        assert (checked.verdict, checked.submission) == (Verdict.COUNTS, one)


@pytest.mark.parametrize("typed", ["", "0" * 16, "{short}", "{longer}"])
def test_a_wrong_mark_tells_nothing(reporter: Actor, report: Response, typed: str) -> None:
    one = submit(reporter, report, q=1)
    wrong = typed.format(short=one.fingerprint[:15], longer=one.fingerprint + "0")
    assert receipts.check(one.receipt, wrong) == receipts.check("TH-2026-000999-01", wrong)


def test_a_receipt_says_what_happened_since(reporter: Actor, report: Response) -> None:
    first = submit(reporter, report, q=1)
    submitting.withdraw(reporter, report)
    second = submit(reporter, report, q=2)
    review.return_report(actor_for(make_person(Role.SECRETARIAT)), report, "Sai", {})
    third = submit(reporter, report, q=3)
    third.answers = {"q": 4}
    assert [receipts.check(one.receipt, one.fingerprint).verdict for one in (first, second, third)] == [
        Verdict.WITHDRAWN, Verdict.REPLACED, Verdict.CHANGED,
    ]  # fmt: skip


def test_what_has_changed_since_the_submission_before_is_told_on_both_sides(
    reporter: Actor, report: Response
) -> None:
    assert resubmitting.since_submitted(report) is None
    first = submit(reporter, report, q=1, loi="Tốt\nRất tốt")
    assert resubmitting.since_submitted(report) is None
    assert resubmitting.since_the_one_before(first) is None
    review.return_report(actor_for(make_person(Role.SECRETARIAT)), report, "Sai", {})
    save_answer(reporter, report, "loi", "Tốt\nChưa tốt")
    mine = resubmitting.since_submitted(report)
    assert mine is not None
    (one,) = mine.differences
    assert (mine.earlier, one.old_lines, one.new_lines) == (first, ["Rất tốt"], ["Chưa tốt"])
    second = submit(reporter, report)
    theirs = resubmitting.since_the_one_before(second)
    assert theirs is not None
    assert (theirs.earlier, theirs.uids) == (first, frozenset({"loi"}))

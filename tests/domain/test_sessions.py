"""Sign-ins: how long they live, and how wrong guesses slow down."""

import unicodedata
from datetime import UTC, datetime, timedelta

import pytest

from core import clock
from core.errors import InvalidError
from core.extensions import db
from core.permissions import Role
from domain import passwords, sessions
from models import Person, SignInFailure, SignInSession
from tests.factories import PASSWORD, make_person

pytestmark = pytest.mark.usefixtures("app")

NOON = datetime(2026, 12, 5, 5, 0, tzinfo=UTC)


def try_in(username: str, typed: str = "sai", address: str = "10.0.0.1") -> str:
    """Sign in as a request does it: commit whatever happens."""
    db.session.commit()
    try:
        return sessions.sign_in(username, typed, address=address, browser="Thử nghiệm")
    finally:
        db.session.commit()


def wait_after(failures: int) -> timedelta:
    """Return how long the next try has to wait after so many failures in a row."""
    person = make_person()
    with clock.stopped_at(NOON):
        db.session.add_all(
            SignInFailure(username=person.username, address="10.0.0.1", at=clock.now())
            for _time in range(failures)
        )
    for seconds in range(0, 1000, 10):
        with clock.stopped_at(NOON + timedelta(seconds=seconds)):
            try:
                try_in(person.username, PASSWORD)
            except sessions.TooManyFailuresError:
                continue
            return timedelta(seconds=seconds)
    raise AssertionError("never let in again")


@pytest.mark.parametrize(
    ("failures", "seconds"), [(0, 0), (4, 0), (5, 30), (6, 60), (8, 240), (10, 900), (30, 900)]
)
def test_the_wait_doubles_and_is_never_a_lock(failures: int, seconds: int) -> None:
    assert wait_after(failures) == timedelta(seconds=seconds)


def test_success_forgets_the_failures_of_this_source_only() -> None:
    person = make_person()
    for address in ("10.0.0.1", "10.0.0.1", "10.0.0.2"):
        with pytest.raises(InvalidError):
            try_in(person.username, address=address)
    try_in(person.username, PASSWORD)
    assert [one.address for one in db.session.query(SignInFailure)] == ["10.0.0.2"]


def test_old_failures_are_forgotten() -> None:
    person = make_person()
    with clock.stopped_at(NOON), pytest.raises(InvalidError):
        try_in(person.username)
    with clock.stopped_at(NOON + timedelta(hours=2)), pytest.raises(InvalidError):
        try_in(person.username)
    assert db.session.query(SignInFailure).count() == 1


def test_a_sign_in_lives_twelve_hours() -> None:
    person = make_person(Role.LEADER)
    with clock.stopped_at(NOON):
        secret = try_in(person.username, PASSWORD)
    with clock.stopped_at(NOON + timedelta(hours=12, seconds=-1)):
        actor = sessions.actor_of(secret)
        assert actor is not None
        assert {role for role, _unit in actor.grants} == {Role.LEADER}
    with clock.stopped_at(NOON + timedelta(hours=12)):
        assert sessions.actor_of(secret) is None


def test_a_guessed_secret_is_nobody() -> None:
    assert sessions.actor_of("") is None
    assert sessions.actor_of("a" * 43) is None


def test_expired_sign_ins_are_swept_away_by_the_next_one() -> None:
    person = make_person()
    with clock.stopped_at(NOON):
        try_in(person.username, PASSWORD)
    with clock.stopped_at(NOON + timedelta(days=1)):
        try_in(person.username, PASSWORD)
    assert db.session.query(SignInSession).count() == 1


def test_the_name_is_taken_in_any_case_and_with_spaces_around() -> None:
    make_person(username="nguyen.van.a")
    assert try_in("  Nguyen.Van.A ", PASSWORD)


def test_work_is_noted_once_a_minute() -> None:
    person = make_person()
    with clock.stopped_at(NOON):
        secret = try_in(person.username, PASSWORD)
    for seconds, seen in ((30, 0), (61, 61), (90, 61)):
        with clock.stopped_at(NOON + timedelta(seconds=seconds)):
            actor = sessions.actor_of(secret)
            assert actor is not None
            sessions.keep_alive(actor)
        db.session.expire_all()
        stored = db.session.query(SignInSession).one()
        assert stored.seen_at == NOON + timedelta(seconds=seen)
        db.session.commit()


def test_the_last_sign_in_of_a_person_is_noted() -> None:
    person = make_person()
    with clock.stopped_at(NOON):
        try_in(person.username, PASSWORD)
    assert db.session.get_one(Person, person.id).signed_in_at == NOON


@pytest.mark.parametrize(
    ("password", "good"),
    [
        ("Ngan1!aB", True), ("ngan1!ab", False), ("Ngan1aBcd", False), ("Ng1!aB", False),
        ("mot hai ba bon", True), ("mot hai ba bo", False), ("x" * 201, False),
        ("toi la an.ninh nhe 1", False),
    ],
)  # fmt: skip
def test_a_password_is_long_or_has_four_classes(password: str, good: bool) -> None:
    assert (passwords.problems(password, "an.ninh") == []) is good


def test_a_password_fits_however_the_keyboard_composes_it() -> None:
    text = "mật khẩu tiếng Việt"
    stored = passwords.hash_password(unicodedata.normalize("NFC", text))
    assert passwords.matches(stored, unicodedata.normalize("NFD", text))
    assert not passwords.matches(stored, "mat khau tieng Viet")
    assert not passwords.matches("khong phai bam", text)

"""Passwords: how they are kept, compared and judged."""

import secrets
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from core.words import _

LONG_ENOUGH = 14
SHORTEST = 8
LONGEST = 200
ONE_TIME_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"

_hasher = PasswordHasher(time_cost=3, memory_cost=19 * 1024, parallelism=1)


def hash_password(password: str) -> str:
    """Return the argon2id hash of `password`; slow by design, so never inside a transaction."""
    return _hasher.hash(_composed(password))


def matches(password_hash: str | None, password: str) -> bool:
    """Tell whether `password` is the one behind the hash; as slow for None as for a real hash."""
    try:
        return _hasher.verify(password_hash or _hash_of_nobody(), _composed(password))
    except (VerificationError, InvalidHashError):
        return False


def problems(password: str, username: str) -> list[str]:
    """Return why `password` is too weak for the account `username`; nothing when it is good."""
    if len(password) > LONGEST:
        return [_("Mật khẩu dài nhất %(longest)d ký tự.", longest=LONGEST)]
    if username and username.casefold() in password.casefold():
        return [_("Mật khẩu không được chứa tên đăng nhập.")]
    if len(password) >= LONG_ENOUGH or (len(password) >= SHORTEST and _classes(password) == 4):
        return []
    return [
        _(
            "Mật khẩu cần ít nhất %(long)d ký tự; hoặc ít nhất %(short)d ký tự "
            "gồm đủ chữ thường, chữ hoa, chữ số và ký hiệu.",
            long=LONG_ENOUGH,
            short=SHORTEST,
        )
    ]


def one_time() -> str:
    """Return a password to hand over once: easy to read out, too long to guess."""
    groups = ("".join(secrets.choice(ONE_TIME_LETTERS) for _place in range(5)) for _group in "abc")
    return "-".join(groups)


def _classes(password: str) -> int:
    tests = (str.islower, str.isupper, str.isdigit, lambda letter: not letter.isalnum())
    return sum(any(test(letter) for letter in password) for test in tests)


def _composed(password: str) -> str:
    """Make "ệ" the same secret whichever way the keyboard composes it."""
    return unicodedata.normalize("NFC", password)


@cache
def _hash_of_nobody() -> str:
    return _hasher.hash(secrets.token_urlsafe())

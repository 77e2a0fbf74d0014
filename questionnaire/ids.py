"""The ids of questions and of the named things inside them; they never change."""

import secrets

LETTERS = "abcdefghjkmnpqrstuvwxyz"
DIGITS = "23456789"


def new_id() -> str:
    """Return an id that no other question, option, row or column has."""
    return secrets.choice(LETTERS) + "".join(secrets.choice(LETTERS + DIGITS) for _ in range(6))

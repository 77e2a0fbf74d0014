"""Contacts."""

import pytest
from werkzeug.datastructures import MultiDict

from questionnaire.types import get

CONTACT = get("contact")


def test_only_given_parts_are_stored() -> None:
    form = MultiDict({"q-name": " Chuyên  viên 1 ", "q-phone": "", "q-email": "a@b.vn"})
    assert CONTACT.read(form, "q", {}) == {"name": "Chuyên viên 1", "email": "a@b.vn"}
    assert CONTACT.read(MultiDict(), "q", {}) is None


@pytest.mark.parametrize("phone", ["0206 3852 123", "0912.345.678", "+84 912 345 678"])
def test_telephone_numbers_are_taken_as_people_write_them(phone: str) -> None:
    assert CONTACT.problems({"name": "A", "phone": phone}, {}) == []


@pytest.mark.parametrize(
    ("value", "count"),
    [
        ({"phone": "0912345678"}, 1), ({"name": "A", "phone": "12"}, 1),
        ({"name": "A", "email": "a@b"}, 1), ({"email": "x y@b.vn", "phone": "abc"}, 3),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_part_by_part(value: dict[str, str], count: int) -> None:
    assert len(CONTACT.problems(value, {})) == count

"""Figures worked out from other answers."""

from decimal import Decimal

from werkzeug.datastructures import MultiDict

from questionnaire.types import get

COMPUTED = get("computed")


def test_nothing_is_ever_typed() -> None:
    assert COMPUTED.read(MultiDict({"q": "5"}), "q", COMPUTED.default_settings()) is None


def test_what_a_rule_gives_is_rounded_half_up_to_the_places_asked_for() -> None:
    assert COMPUTED.from_rule(Decimal("2.345"), {"places": 2}) == "2.35"
    assert COMPUTED.from_rule(Decimal("2.5"), {"places": 0}) == "3"
    assert COMPUTED.from_rule(Decimal("-0.001"), {"places": 2}) == "0"
    assert COMPUTED.from_rule(None, {"places": 2}) is None
    assert COMPUTED.from_rule("chữ", {"places": 2}) is None


def test_the_rule_stays_where_the_form_brings_none() -> None:
    kept = COMPUTED.clean_settings({"rule": "[A]", "places": None}, {"rule": {"x": 1}})
    assert kept == {"rule": {"x": 1}, "places": 2, "change": None}
    assert COMPUTED.clean_settings({"rule": {"y": 2}, "places": 0}, {})["rule"] == {"y": 2}

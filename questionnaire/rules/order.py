"""In which order computed questions can be worked out, and which of them wait for each other."""

from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter

from questionnaire.rules.tree import Rule, uses


def cycles(rules: Mapping[str, Rule]) -> list[list[str]]:
    """Return the circles of computed questions, by uid, that can't be worked out; none is good.

    The answer of the round before is known, so reading it makes no circle. Of circles that hang
    together one is named after the other: each has a question that no earlier one has.
    """
    needs = _needs(rules)
    found: list[list[str]] = []
    while True:
        try:
            TopologicalSorter(needs).prepare()
        except CycleError as error:
            circle: list[str] = error.args[1][:-1]
            found.append(circle)
            del needs[circle[0]]
        else:
            return found


def in_order(rules: Mapping[str, Rule]) -> list[str]:
    """Return the computed questions so that each comes after those it reads; there is no circle."""
    return list(TopologicalSorter(_needs(rules)).static_order())


def _needs(rules: Mapping[str, Rule]) -> dict[str, list[str]]:
    """Return what each computed question reads of the others, in their order."""
    return {
        uid: [
            other
            for other in rules
            if any(one.question == other and not one.last for one in uses(rule))
        ]
        for uid, rule in rules.items()
    }

"""What units of the past have become: chains of changes, by table and against a simulation."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.successors import Heir, Step, Successors

A, B, C, D, E, F = range(1, 7)
FIRST = date(2020, 1, 1)


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


@dataclass
class History:
    """Changes given as (day, old units, new units); units that don't go on end."""

    steps: dict[int, list[Step]] = field(default_factory=lambda: defaultdict(list))
    ended: dict[int, date] = field(default_factory=dict)
    count: int = 0

    def add(self, number: int, olds: set[int], news: set[int], *, ends: bool = True) -> None:
        self.count += 1
        for unit in olds:
            followers = frozenset(news) if ends else frozenset({unit})
            self.steps[unit].append(Step(day(number), self.count, followers))
            if unit not in followers:
                self.ended[unit] = day(number)

    def now(self, unit: int, number: int) -> Heir:
        return Successors(self.steps, self.ended).now(unit, day(number))


def history(*changes: tuple[int, set[int], set[int]]) -> History:
    made = History()
    for number, olds, news in changes:
        made.add(number, olds, news)
    return made


@pytest.mark.parametrize(
    ("changes", "unit", "number", "expected"),
    [
        pytest.param([], A, 0, Heir(A), id="nothing changed"),
        pytest.param([(5, {A, B}, {C})], A, 0, Heir(C), id="merged"),
        pytest.param([(5, {A, B}, {A})], B, 0, Heir(A), id="taken in"),
        pytest.param([(5, {A, B}, {A})], A, 0, Heir(A), id="takes in"),
        pytest.param([(5, {A, B}, {C}), (9, {C, D}, {E})], B, 0, Heir(E), id="merge of merges"),
        pytest.param([(5, {A, B}, {C}), (9, {C, D}, {E})], D, 0, Heir(E), id="merged later"),
        pytest.param([(5, {A}, {B, C}), (9, {B, D}, {E})], A, 0, Heir(A, (B, C)), id="split, merged"),
        pytest.param([(5, {A}, {B, C}), (9, {B, D}, {E})], B, 6, Heir(E), id="a part merged"),
        pytest.param([(5, {A, B}, {C}), (9, {C}, {D, E})], A, 0, Heir(C, (D, E)), id="merged, split"),
        pytest.param([(5, {A}, {A, B})], A, 0, Heir(A, (A, B)), id="a part went off"),
        pytest.param([(5, {A}, {A, B})], A, 5, Heir(A), id="after a part went off"),
        pytest.param([(5, {A}, set())], A, 0, Heir(A, (), has_ended=True), id="closed"),
        pytest.param([(5, {A}, {A}), (9, {A}, {A})], A, 0, Heir(A), id="renamed twice"),
        pytest.param([(5, {A}, {A}), (9, {A, B}, {C})], A, 7, Heir(C), id="renamed, then merged"),
        pytest.param([(5, {A, B}, {C})], A, 30, Heir(C), id="late report of an ended unit"),
        pytest.param([(5, {A}, {B, C}), (5, {D}, {B})], D, 0, Heir(B), id="two changes on one day"),
        pytest.param([(5, {A, B}, {C}), (5, {C, D}, {E})], A, 0, Heir(E), id="chain on one day"),
        pytest.param([(5, {A, B}, {C, D})], B, 0, Heir(B, (C, D)), id="many to many"),
    ],
)  # fmt: skip
def test_chains(
    changes: list[tuple[int, set[int], set[int]]], unit: int, number: int, expected: Heir
) -> None:
    assert history(*changes).now(unit, number) == expected


def test_what_a_unit_reports_after_it_was_opened_again_is_its_own() -> None:
    made = history((5, {A, B}, {C}))
    del made.ended[A]
    assert made.now(A, 3) == Heir(C)
    assert made.now(A, 8) == Heir(A)


CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["merge", "absorb", "split", "part", "rename", "close"]),
        st.integers(0, 99),
        st.integers(0, 99),
    ),
    max_size=14,
)


@given(CHANGES, st.integers(0, 5))
def test_walking_back_finds_where_the_figures_went_forward(
    changes: list[tuple[str, int, int]], reported: int
) -> None:
    made, units = History(), [A, B, C, D]
    holder: dict[int, Heir] = {}
    for number, (kind, one, other) in enumerate(changes, start=1):
        if number == reported + 1:
            holder = {unit: Heir(unit) for unit in units}
        if len(units) < 2:
            break
        olds, news = sides(kind, units[one % len(units)], units[other % len(units)], 10 * number)
        made.add(number, olds, news)
        units = sorted((set(units) - olds) | news)
        for unit, heir in holder.items():
            if heir.unit_id in olds and not heir.parts and not heir.has_ended:
                holder[unit] = handed_on(heir, news)
    assert {unit: made.now(unit, reported) for unit in holder} == holder


def sides(kind: str, one: int, other: int, new: int) -> tuple[set[int], set[int]]:
    """Return the old and the new units of a change; a unit can't be merged with itself."""
    both = {one, other}
    return {
        "merge": (both, {new}),
        "absorb": (both, {one}),
        "split": ({one}, {new, new + 1}),
        "part": ({one}, {one, new}),
        "rename": ({one}, {one}),
        "close": ({one}, set()),
    }[kind]


def handed_on(heir: Heir, news: set[int]) -> Heir:
    if len(news) == 1:
        return Heir(next(iter(news)))
    return Heir(heir.unit_id, tuple(sorted(news)), has_ended=not news)

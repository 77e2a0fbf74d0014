"""Two people in one table: what each has typed stays, and the same cell is for a person to choose."""

from typing import Any

import pytest

from questionnaire.types import ApartError, get
from questionnaire.types.table_merging import merge_rows

BEFORE: dict[str, dict[str, Any]] = {"r1": {"ten": "Một", "so": 1}, "r2": {"ten": "Hai"}}


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        (BEFORE | {"m": {"ten": "Tôi"}}, BEFORE | {"t": {"ten": "Kia"}},
         BEFORE | {"t": {"ten": "Kia"}, "m": {"ten": "Tôi"}}),
        (BEFORE | {"r2": {"ten": "Hai", "so": 2}}, BEFORE | {"r2": {"ten": "Hai b"}},
         BEFORE | {"r2": {"ten": "Hai b", "so": 2}}),
        ({"r2": {"ten": "Hai"}}, BEFORE | {"t": {"so": 3}}, {"r2": {"ten": "Hai"}, "t": {"so": 3}}),
        (BEFORE | {"r1": {"so": 1}}, BEFORE | {"r1": {"ten": "Một", "so": 9}},
         BEFORE | {"r1": {"so": 9}}),
        ({}, {}, {}),
        (BEFORE | {"r2": {"ten": "Ba"}}, BEFORE | {"r2": {"ten": "Ba"}}, BEFORE | {"r2": {"ten": "Ba"}}),
    ],
)  # fmt: skip
def test_edits_of_different_cells_and_new_rows_are_put_together(
    mine: Any, theirs: Any, expected: Any
) -> None:
    assert merge_rows(BEFORE, mine, theirs) == expected


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (BEFORE | {"r2": {"ten": "A"}}, BEFORE | {"r2": {"ten": "B"}}),
        ({"r2": {"ten": "Hai"}}, BEFORE | {"r1": {"ten": "Một", "so": 2}}),
        (BEFORE | {"r1": {"ten": "Một", "so": 2}}, {"r2": {"ten": "Hai"}}),
        (BEFORE | {"r2": {}}, BEFORE | {"r2": {"ten": "B"}}),
    ],
)
def test_the_same_cell_twice_or_a_changed_row_removed_is_not_decided_here(
    mine: Any, theirs: Any
) -> None:
    with pytest.raises(ApartError):
        merge_rows(BEFORE, mine, theirs)


def test_tables_are_put_together_and_other_answers_are_not() -> None:
    fixed, free = get("fixed_table"), get("free_table")
    assert fixed.merge(None, {"rows": {"r1": {"a": 1}}}, {"rows": {"r1": {"b": 2}}}) == {
        "rows": {"r1": {"b": 2, "a": 1}}
    }
    mine, theirs = ({"rows": [{"id": one, "cells": {"ten": one}}]} for one in "mt")
    assert free.merge(None, mine, theirs) == {"rows": [*theirs["rows"], *mine["rows"]]}
    assert free.merge(mine, None, mine) is None
    with pytest.raises(ApartError):
        get("long_text").merge("a", "b", "c")

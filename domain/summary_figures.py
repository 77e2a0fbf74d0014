"""The tally of reports that come one by one, a few of them in memory at a time."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import islice
from typing import Any

from questionnaire import tally as whole
from questionnaire.definition import FormDefinition, Summing
from questionnaire.types import Share, Summary

REPORTS_AT_ONCE = 256


def tally(
    definition: FormDefinition, documents: Iterable[Mapping[str, Any]]
) -> dict[str, Summary]:
    """Return the summary of every question; what `questionnaire.tally` gives, in little memory."""
    left = iter(documents)
    found = whole.tally(definition, islice(left, REPORTS_AT_ONCE))
    while some := list(islice(left, REPORTS_AT_ONCE)):
        more = whole.tally(definition, some)
        found = {uid: added(summary, more[uid]) for uid, summary in found.items()}
    return found


def added(one: Summary, other: Summary) -> Summary:
    """Return the summary of the answers behind both."""
    if not other.answered:
        return one
    if not one.answered:
        return other
    answered = one.answered + other.answered
    return Summary(
        answered=answered,
        no_data=one.no_data + other.no_data,
        figures=_figures(one, other),
        shares=tuple(
            _share(share, second.count, answered)
            for share, second in zip(one.shares, other.shares, strict=True)
        ),
        cells={place: added(cell, other.cells[place]) for place, cell in one.cells.items()},
        rows=one.rows + other.rows,
    )


def _figures(one: Summary, other: Summary) -> Mapping[str, Decimal]:
    if not one.figures or not other.figures:
        return one.figures or other.figures
    total = one.figures[Summing.SUM] + other.figures[Summing.SUM]
    numbers = one.answered + other.answered - one.no_data - other.no_data
    return {
        Summing.SUM: total,
        Summing.MEAN: total / numbers,
        Summing.MIN: min(one.figures[Summing.MIN], other.figures[Summing.MIN]),
        Summing.MAX: max(one.figures[Summing.MAX], other.figures[Summing.MAX]),
    }


def _share(share: Share, more: int, answered: int) -> Share:
    count = share.count + more
    return Share(share.key, share.label, count, round(Decimal(100 * count) / answered, 1))

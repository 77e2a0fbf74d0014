"""The summary workbook of an ordinary round, beside XlsxWriter on its own."""

from bench.workbook import compare

UNITS, QUESTIONS, GOAL = 100, 40, 1.5


def run() -> dict[str, object]:
    """Measure a hundred units with forty questions."""
    return compare("workbook_small", UNITS, QUESTIONS, GOAL, turns=15)

"""The process in which workbooks of the office are read and filled: little memory, little time.

Run as `python -m documents.template_child`: a line of JSON comes in, then the workbook; the marks
go out as JSON, or the filled workbook.
"""

import sys
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import orjson

from documents import limited
from documents.blocks import Cell
from documents.template_fill import TooManyCellsError, filled, marks
from documents.workbook_read import UnreadableWorkbookError

UNREADABLE, TOO_MUCH = 2, 3
"""How the process ends when there is nothing, or too much, to read."""
LARGEST_PART = 512 * 1024 * 1024


def main() -> int:
    """Read standard input, and write what was asked for."""
    limited.limit(largest_file=LARGEST_PART)
    asked = orjson.loads(sys.stdin.buffer.readline())
    content = sys.stdin.buffer.read()
    try:
        if asked is None:
            found = [[one.sheet, one.cell, one.text, one.name, one.bears] for one in marks(content)]
            sys.stdout.buffer.write(orjson.dumps(found))
        else:
            values, units = asked
            made = filled(content, _read(values), [_read(unit) for unit in units])
            sys.stdout.buffer.write(made)
    except UnreadableWorkbookError:
        return UNREADABLE
    except (MemoryError, TooManyCellsError):
        return TOO_MUCH
    return 0


def _read(values: dict[str, Any]) -> dict[str, Cell]:
    return {name: _cell(value) for name, value in values.items()}


def _cell(value: Any) -> Cell:
    """Return a value that came as JSON: a text as it is, others with what they are."""
    if not isinstance(value, dict):
        return value
    kind, text = next(iter(value.items()))
    if kind == "number":
        return Decimal(text)
    return datetime.fromisoformat(text) if kind == "moment" else date.fromisoformat(text)


if __name__ == "__main__":
    sys.exit(main())

"""The process in which workbooks are read: little memory, little time, no files, no secrets.

Run as `python -m documents.workbook_child`: the workbook comes in, its sheets go out as JSON.
"""

import sys
from typing import Any

import orjson

from documents import limited
from documents.sheets import Sheet
from documents.workbook_read import UnreadableWorkbookError, read_sheets

MOST_CELLS = 300_000
TOO_MUCH = 3
"""How the process ends when there is more to read than it may."""


def main() -> int:
    """Read standard input, and write what was found, or that nothing could be."""
    limited.limit()
    try:
        sheets = read_sheets(sys.stdin.buffer.read())
        if sum(len(sheet.cells) for sheet in sheets) > MOST_CELLS:
            return TOO_MUCH
        found = orjson.dumps([_sheet(one) for one in sheets])
    except UnreadableWorkbookError:
        found = b"null"
    except MemoryError:
        return TOO_MUCH
    sys.stdout.buffer.write(found)
    return 0


def _sheet(sheet: Sheet) -> dict[str, Any]:
    return {
        "title": sheet.title,
        "hidden": sheet.hidden,
        "cells": [
            [
                *place,
                {
                    "text": cell.text,
                    "number": None if cell.number is None else str(cell.number),
                    "day": cell.day,
                    "formula": cell.formula,
                    "format": cell.format,
                    "lines": cell.lines,
                    "truth": cell.truth,
                },
            ]
            for place, cell in sheet.cells.items()
        ],
    }


if __name__ == "__main__":
    sys.exit(main())

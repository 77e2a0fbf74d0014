"""Workbooks that anybody may send, read in a process of their own that can't take much."""

import subprocess
import sys
from datetime import date
from decimal import Decimal
from typing import Any

import orjson

from core.config import ROOT
from core.words import _
from documents import limited
from documents.sheets import Sheet, SheetCell
from documents.workbook_read import UnreadableWorkbookError, refuse_dangerous

PATIENCE = 60
"""Seconds after which reading is given up."""
COMMAND = (sys.executable, "-m", "documents.workbook_child")


def read_limited(content: bytes) -> list[Sheet]:
    """Return the cells of each sheet of an .xlsx file; raises UnreadableWorkbookError."""
    refuse_dangerous(content)
    try:
        done = subprocess.run(  # noqa: S603 -- the program is our own, and takes no arguments.
            COMMAND, input=content, capture_output=True, timeout=PATIENCE, check=True,
            cwd=ROOT, env=limited.environment(),
        )  # fmt: skip
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        raise UnreadableWorkbookError(
            _("Tệp có quá nhiều nội dung nên không đọc được. Hãy tải mẫu mới rồi điền lại.")
        ) from error
    found = orjson.loads(done.stdout)
    if found is None:
        raise UnreadableWorkbookError(_("Tệp bị hỏng hoặc không phải tệp Excel (.xlsx)."))
    return [_sheet(one) for one in found]


def _sheet(found: dict[str, Any]) -> Sheet:
    cells = {(row, column): _cell(one) for row, column, one in found["cells"]}
    return Sheet(title=found["title"], cells=cells, hidden=found["hidden"])


def _cell(found: dict[str, Any]) -> SheetCell:
    return SheetCell(
        text=found["text"],
        number=None if found["number"] is None else Decimal(found["number"]),
        day=None if found["day"] is None else date.fromisoformat(found["day"]),
        formula=found["formula"],
        format=found["format"],
        lines=found["lines"],
        truth=found["truth"],
    )

"""Workbooks of the office, read and filled in a process of their own that can't take much."""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import orjson

from core.config import ROOT
from core.words import _
from documents import limited
from documents.blocks import Cell
from documents.template_child import UNREADABLE
from documents.template_marks import Mark
from documents.workbook_read import UnreadableWorkbookError, refuse_dangerous

PATIENCE = 120
COMMAND = (sys.executable, "-m", "documents.template_child")


def marks(content: bytes) -> list[Mark]:
    """Return the marks of a workbook; raises UnreadableWorkbookError."""
    refuse_dangerous(content)
    return [Mark(*one) for one in orjson.loads(_asked(b"null\n", content))]


def filled(
    content: bytes, values: Mapping[str, Cell], units: Sequence[Mapping[str, Cell]]
) -> bytes:
    """Return the workbook with figures at its marks; raises UnreadableWorkbookError."""
    refuse_dangerous(content)
    said = orjson.dumps([_sent(values), [_sent(unit) for unit in units]])
    return _asked(said + b"\n", content)


def _asked(said: bytes, content: bytes) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 -- the program is our own, and takes no arguments.
            COMMAND, input=said + content, capture_output=True, timeout=PATIENCE, check=True,
            cwd=ROOT, env=limited.environment(),
        )  # fmt: skip
    except subprocess.CalledProcessError as error:
        if error.returncode == UNREADABLE:
            text = _("Tệp bị hỏng hoặc không phải tệp Excel (.xlsx).")
            raise UnreadableWorkbookError(text) from error
        raise UnreadableWorkbookError(_too_much()) from error
    except subprocess.TimeoutExpired as error:
        raise UnreadableWorkbookError(_too_much()) from error
    return done.stdout


def _too_much() -> str:
    return _("Mẫu này có quá nhiều ô, hoặc quá nhiều đơn vị phải điền vào. Hãy bớt dòng, cột thừa.")


def _sent(values: Mapping[str, Cell]) -> dict[str, Any]:
    return {name: _json(value) for name, value in values.items()}


def _json(value: Cell) -> Any:
    if isinstance(value, Decimal):
        return {"number": str(value)}
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value

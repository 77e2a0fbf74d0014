"""Plans that anybody may send, read in a process of their own that can't take much."""

import subprocess
import sys

import orjson

from core.config import ROOT
from documents.legacy_text import Encoding
from documents.plan_text import LARGEST, PlanText, UnreadablePlanError

PATIENCE = 60
"""Seconds after which reading is given up."""
COMMAND = (sys.executable, "-m", "documents.plan_child")


def read_limited(content: bytes, *, convert: bool = False) -> PlanText:
    """Return the text of a file as `plan_text.read` does; raises UnreadablePlanError."""
    if len(content) > LARGEST:
        raise UnreadablePlanError("large")
    try:
        done = subprocess.run(  # noqa: S603 -- the program is our own, and takes no words of others.
            (*COMMAND, *(["convert"] if convert else [])), input=content, capture_output=True,
            timeout=PATIENCE, check=True, cwd=ROOT, env={"LANG": "C.UTF-8"},
        )  # fmt: skip
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        raise UnreadablePlanError("too_much") from error
    found = orjson.loads(done.stdout)
    if "reason" in found:
        raise UnreadablePlanError(found["reason"])
    encoding = Encoding(found["encoding"]) if found["encoding"] else None
    return PlanText(found["text"], found["whole"], encoding)

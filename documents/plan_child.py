"""The process in which plans are read: little memory, little time, no files, no secrets.

Run as `python -m documents.plan_child [convert]`: the file comes in, its text goes out as JSON.
"""

import resource
import sys

import orjson

from documents.plan_text import UnreadablePlanError, read

MOST_MEMORY = 1024 * 1024 * 1024
MOST_SECONDS = 40


def main() -> int:
    """Read standard input, and write its text, or the reason why there is none."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    try:
        found = read(sys.stdin.buffer.read(), convert="convert" in sys.argv[1:])
        answer = {"text": found.text, "whole": found.whole, "encoding": found.encoding}
    except UnreadablePlanError as error:
        answer = {"reason": error.reason}
    except (MemoryError, RecursionError):
        answer = {"reason": "too_much"}
    sys.stdout.buffer.write(orjson.dumps(answer))
    return 0


if __name__ == "__main__":
    sys.exit(main())

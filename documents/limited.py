"""What a process may take that reads files which anybody may have sent."""

import os
import sys

if sys.platform != "win32":
    import resource

MOST_MEMORY = 1024 * 1024 * 1024
MOST_SECONDS = 40
NO_FILES = 0


def limit(*, largest_file: int = NO_FILES) -> None:
    """Take no more than that from now on; Windows knows no such limits, only the caller's patience."""
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))


def environment() -> dict[str, str]:
    """Return the little that such a process is told of its surroundings."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP") if name in os.environ}
    return {"LANG": "C.UTF-8", **kept}

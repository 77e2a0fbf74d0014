"""How often something may be asked for, kept in the memory of each process."""

import threading
from collections import OrderedDict, deque
from datetime import datetime, timedelta

from core import clock

MOST_KEYS = 10_000


class Rate:
    """At most so many times within so long for each key."""

    def __init__(self, most: int, within: timedelta) -> None:
        self._most, self._within = most, within
        self._times: OrderedDict[str, deque[datetime]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, key: str) -> bool:
        """Count one more time for `key`; False where that is too often."""
        now = clock.now()
        with self._lock:
            times = self._times.pop(key, deque())
            while times and times[0] <= now - self._within:
                times.popleft()
            self._times[key] = times
            if len(self._times) > MOST_KEYS:
                self._times.popitem(last=False)
            if len(times) >= self._most:
                return False
            times.append(now)
            return True

"""Many clients of two servers write to one SQLite file, and none is refused."""

from bench import storm


def test_nobody_is_refused_and_without_the_early_lock_somebody_is() -> None:
    assert sum(storm.storm("bench.office:app_at", 160).values()) == 0
    assert sum(storm.storm("bench.storm:app_that_upgrades_locks", 160).values()) > 0

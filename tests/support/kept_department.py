"""The department at work, made once on each engine and put back row by row for each test."""

from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from sqlalchemy import Table, inspect, select, text

from core.extensions import db
from models import Response
from tests.support.department import Department

# PostgreSQL counts on from the rows that were put back.
COUNT_ON = """
    SELECT setval(pg_get_serial_sequence('"{table}"', 'id'), (SELECT max(id) FROM "{table}"))
"""


@dataclass(frozen=True)
class Row:
    """Where a row of a model is found again."""

    model: type[Any]
    identity: tuple[Any, ...]


@dataclass(frozen=True)
class Kept:
    """A department at rest: the rows of its tables, and what its attributes point to."""

    rows: dict[Table, list[dict[str, Any]]]
    attributes: dict[str, Any]


_kept: dict[tuple[str, str], Kept] = {}


def department_of(said: str = "") -> Department:
    """Return what `Department(said)` makes in empty tables."""
    place = (db.engine.dialect.name, said)
    if place in _kept:
        return _put_back(_kept[place])
    department = Department(said)
    _kept[place] = Kept(_all_rows(), {name: _at_rest(one) for name, one in vars(department).items()})
    return department


def _all_rows() -> dict[Table, list[dict[str, Any]]]:
    found = {}
    for table in db.metadata.sorted_tables:
        rows = [dict(row) for row in db.session.execute(select(table)).mappings()]
        if rows:
            found[table] = rows
    return found


def _put_back(kept: Kept) -> Department:
    current = Response.__table__.c.current_submission_id
    for table, rows in kept.rows.items():
        # A report points to one of its submissions, and each of these to the report.
        first = [{**row, current.name: None} for row in rows] if table is current.table else rows
        db.session.execute(table.insert(), first)
    for row in kept.rows[current.table]:
        of_row = current.table.c.id == row["id"]
        db.session.execute(current.table.update().where(of_row).values({current: row[current.name]}))
    if db.engine.dialect.name == "postgresql":
        for table in kept.rows:
            if "id" in table.c:
                db.session.execute(text(COUNT_ON.format(table=table.name)))
    db.session.commit()
    department = Department.__new__(Department)
    vars(department).update({name: _awake(one) for name, one in kept.attributes.items()})
    return department


def _at_rest(value: Any) -> Any:
    if isinstance(value, db.Model):
        return Row(type(value), inspect(value).identity)
    return _each(value, _at_rest)


def _awake(value: Any) -> Any:
    if isinstance(value, Row):
        return db.session.get_one(value.model, value.identity)
    return _each(value, _awake)


def _each(value: Any, change: Any) -> Any:
    if isinstance(value, list):
        return [change(one) for one in value]
    if isinstance(value, dict):
        return {key: change(one) for key, one in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return type(value)(**{one.name: change(getattr(value, one.name)) for one in fields(value)})
    return value

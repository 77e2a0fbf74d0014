"""All rows of the database at once: to see what has changed, and to put everything back."""

from typing import Any

from sqlalchemy import insert, update

from core.extensions import db
from domain import versions
from models import Response

Rows = dict[str, list[dict[str, Any]]]


def all_rows() -> Rows:
    """Return the rows of every table, by its name, in the order of their keys."""
    db.session.commit()
    with db.engine.connect() as connection:
        return {
            table.name: [
                dict(row._mapping)
                for row in connection.execute(table.select().order_by(*table.primary_key))
            ]
            for table in db.metadata.sorted_tables
        }


def put_back(rows: Rows) -> None:
    """Make the database what it was."""
    db.session.rollback()
    tables = db.metadata.sorted_tables
    with db.engine.begin() as connection:
        # A report and the submission that counts point at each other.
        connection.execute(update(Response).values(current_submission_id=None))
        for table in reversed(tables):
            connection.execute(table.delete())
        for table in tables:
            links = {"current_submission_id": None} if table.name == "response" else {}
            if rows[table.name]:
                connection.execute(insert(table), [one | links for one in rows[table.name]])
        for one in rows["response"]:
            current = {"current_submission_id": one["current_submission_id"]}
            connection.execute(update(Response).where(Response.id == one["id"]).values(current))
    versions.forget()
    db.session.expire_all()

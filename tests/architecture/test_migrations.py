"""The migrations make the tables that the models describe, on both engines, there and back."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from flask import Flask
from sqlalchemy import inspect, text

from app import create_app
from core import database, schema
from core.config import Settings, SettingsError
from core.extensions import db
from domain import unit_changes
from domain.unit_change_plan import NewUnit, Plan
from models import Unit, UnitChangeKind
from tests.factories import make_person, make_unit
from tests.support import postgres

FOLDER = str(schema.MIGRATIONS)


@pytest.fixture(params=["sqlite", "postgresql"])
def fresh_app(request: pytest.FixtureRequest, tmp_path: Path, worker_id: str) -> Iterator[Flask]:
    """The app on an empty database, without a table."""
    url = ""
    if request.param == "postgresql":
        url = postgres.create_database(postgres.cluster_url(), f"migrations_{worker_id}")
    app = create_app(
        Settings(instance_path=tmp_path, database_url=url, secret_key="k" * 40, testing=True)
    )
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def differences() -> list[Any]:
    """Return what would have to change for the tables to be as the models say."""
    with database.only_reading(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found: list[Any] = compare_metadata(context, db.metadata)
    return found


def table_names() -> set[str]:
    with database.only_reading(), db.engine.connect() as connection:
        return set(inspect(connection).get_table_names())


@pytest.mark.usefixtures("fresh_app")
def test_the_migrations_make_what_the_models_describe() -> None:
    flask_migrate.upgrade(FOLDER)
    assert differences() == []
    assert table_names() == set(db.metadata.tables) | {"alembic_version"}


@pytest.mark.usefixtures("fresh_app")
def test_they_go_down_to_nothing_and_up_again_with_rows_in_the_tables() -> None:
    flask_migrate.upgrade(FOLDER)
    make_person(unit=make_unit())
    db.session.commit()
    db.session.remove()
    flask_migrate.downgrade(FOLDER, revision="base")
    assert table_names() == {"alembic_version"}
    flask_migrate.upgrade(FOLDER)
    assert differences() == []


@pytest.mark.usefixtures("fresh_app")
def test_units_that_share_a_code_over_time_all_stay_when_history_is_dropped() -> None:
    flask_migrate.upgrade(FOLDER)
    old = make_unit("Phường Duyệt Trung", code="01288")
    plan = Plan(UnitChangeKind.MERGE, date(2025, 7, 1), [old, make_unit("Phường Tân Giang")],
                new_units=[NewUnit("01288", "Phường Tân Giang")])  # fmt: skip
    unit_changes.record(None, plan)
    db.session.commit()
    db.session.remove()
    flask_migrate.downgrade(FOLDER, revision="0010")
    with db.engine.connect() as connection:
        found = connection.execute(text("SELECT code, name FROM unit ORDER BY id")).all()
    assert found[0] == ("01288~1", "Phường Duyệt Trung")
    assert found[2] == ("01288", "Phường Tân Giang")
    flask_migrate.upgrade(FOLDER)
    assert {str(unit.valid_from) for unit in db.session.query(Unit)} == {"1900-01-01"}


@pytest.mark.usefixtures("fresh_app")
def test_a_difference_is_found() -> None:
    flask_migrate.upgrade(FOLDER)
    with db.engine.begin() as connection:
        connection.execute(text("ALTER TABLE unit DROP COLUMN phone"))
        connection.execute(text("ALTER TABLE unit ADD COLUMN fax INTEGER"))
    kinds = {one[0] for one in differences()}
    assert kinds == {"add_column", "remove_column"}


@pytest.mark.usefixtures("fresh_app")
def test_bringing_up_to_date_twice_changes_nothing(tmp_path: Path) -> None:
    schema.bring_up_to_date(db.engine, tmp_path / "backups")
    assert schema.current_revision(db.engine) == schema.revisions()[-1]
    assert schema.bring_up_to_date(db.engine, tmp_path / "backups") is None
    assert not (tmp_path / "backups").exists()


@pytest.mark.usefixtures("fresh_app")
def test_tables_of_a_newer_program_are_left_alone(tmp_path: Path) -> None:
    schema.bring_up_to_date(db.engine, tmp_path)
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SettingsError, match="9999"):
        schema.bring_up_to_date(db.engine, tmp_path)

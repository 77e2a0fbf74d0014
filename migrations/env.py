"""Runs migrations on the database of the app: all or nothing, on both engines."""

from alembic import context
from flask import current_app

from core import database

app_db = current_app.extensions["migrate"].db

with app_db.engine.connect() as connection, database.changing_tables(connection):
    context.configure(
        connection=connection,
        target_metadata=app_db.metadata,
        render_as_batch=True,
        compare_type=True,
    )
    context.run_migrations()

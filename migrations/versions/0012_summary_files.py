"""Named views of the summary, templates of the office, and files prepared in the background."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def _link(table: str, column: str, target: str, **options: Any) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, **options)


def upgrade() -> None:
    """Make the tables, empty."""
    op.create_table(
        "summary_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("deleted_at", TIME, nullable=True),
        _link("summary_view", "task_id", "task", ondelete="CASCADE"),
        _link("summary_view", "created_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_summary_view")),
    )
    op.create_index(op.f("ix_summary_view_task_id"), "summary_view", ["task_id"])
    op.create_table(
        "summary_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=True),
        sa.Column("uploaded_at", TIME, nullable=False),
        sa.Column("deleted_at", TIME, nullable=True),
        _link("summary_template", "form_id", "form", ondelete="CASCADE"),
        _link("summary_template", "file_id", "stored_file"),
        _link("summary_template", "uploaded_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_summary_template")),
    )
    op.create_index(op.f("ix_summary_template_form_id"), "summary_template", ["form_id"])
    op.create_table(
        "prepared_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("wanted", sa.Text(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("asked_at", TIME, nullable=False),
        sa.Column("told_at", TIME, nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("ready_at", TIME, nullable=True),
        sa.Column("failed_at", TIME, nullable=True),
        sa.Column("storage_key", sa.String(length=80), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        _link("prepared_file", "round_id", "round", ondelete="CASCADE"),
        _link("prepared_file", "person_id", "person", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prepared_file")),
    )
    op.create_index(op.f("ix_prepared_file_person_id"), "prepared_file", ["person_id"])


def downgrade() -> None:
    """Drop the tables again."""
    for table in ("prepared_file", "summary_template", "summary_view"):
        op.drop_table(table)

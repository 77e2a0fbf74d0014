"""Rounds that open later or are withdrawn, locks that stay, and what the office has decided."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns, empty, and the tables."""
    with op.batch_alter_table("round") as table:
        table.add_column(sa.Column("opens_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(
            sa.Column("withdrawn_reason", sa.String(length=500), nullable=False, server_default="")
        )
    with op.batch_alter_table("assignment") as table:
        table.add_column(sa.Column("level_due_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("locked_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "office_setting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_setting")),
        sa.UniqueConstraint("name", name=op.f("uq_office_setting_name")),
    )
    op.create_table(
        "office_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("works", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_day")),
        sa.UniqueConstraint("day", name=op.f("uq_office_day_day")),
    )


def downgrade() -> None:
    """Take them out again."""
    op.drop_table("office_day")
    op.drop_table("office_setting")
    with op.batch_alter_table("assignment") as table:
        table.drop_column("locked_at")
        table.drop_column("level_due_at")
    with op.batch_alter_table("round") as table:
        table.drop_column("withdrawn_reason")
        table.drop_column("withdrawn_at")
        table.drop_column("opens_at")

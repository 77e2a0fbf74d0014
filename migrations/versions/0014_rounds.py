"""Tasks that come again: their rule, planned rounds, periods of rounds, deadlines of levels."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns, empty, and the tables."""
    with op.batch_alter_table("round") as table:
        table.add_column(sa.Column("period", sa.String(length=10), nullable=True))
        table.add_column(sa.Column("data_from", sa.Date(), nullable=True))
        table.add_column(sa.Column("data_to", sa.Date(), nullable=True))
        table.create_unique_constraint(op.f("uq_round_task_id_period"), ["task_id", "period"])
    op.create_table(
        "recurrence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("cycle", sa.String(length=20), nullable=False),
        sa.Column("cut_off_day", sa.Integer(), nullable=False),
        sa.Column("due_day", sa.Integer(), nullable=False),
        sa.Column("due_later", sa.Integer(), nullable=False),
        sa.Column("due_hour", sa.Time(), nullable=True),
        sa.Column("opens_before", sa.Integer(), nullable=False),
        sa.Column("locks_after", sa.Integer(), nullable=True),
        sa.Column("levels", sa.Text(), nullable=False),
        sa.Column("starts_with", sa.String(length=10), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["task_id"], ["task.id"], name=op.f("fk_recurrence_task_id_task"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recurrence")),
        sa.UniqueConstraint("task_id", name=op.f("uq_recurrence_task_id")),
    )
    op.create_table(
        "planned_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("data_from", sa.Date(), nullable=False),
        sa.Column("data_to", sa.Date(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("locks_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("has_own_dates", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("skipped_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["task_id"], ["task.id"], name=op.f("fk_planned_round_task_id_task"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_round")),
        sa.UniqueConstraint("task_id", "period", name=op.f("uq_planned_round_task_id_period")),
    )
    op.create_index(op.f("ix_planned_round_opens_at"), "planned_round", ["opens_at"])
    op.create_table(
        "round_level",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False, server_default=""),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(group_id IS NULL) <> (kind = '')", name=op.f("ck_round_level_group_or_kind")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_round_level_round_id_round"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["unit_group.id"],
            name=op.f("fk_round_level_group_id_unit_group"), ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_level")),
    )  # fmt: skip
    op.create_index(op.f("ix_round_level_round_id"), "round_level", ["round_id"])


def downgrade() -> None:
    """Take them out again."""
    op.drop_table("round_level")
    op.drop_table("planned_round")
    op.drop_table("recurrence")
    with op.batch_alter_table("round") as table:
        table.drop_constraint(op.f("uq_round_task_id_period"), type_="unique")
        table.drop_column("data_to")
        table.drop_column("data_from")
        table.drop_column("period")

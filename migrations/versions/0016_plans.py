"""Plans that are being read, and the other names of units and groups."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, empty."""
    op.create_table(
        "plan_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.Column("proposals", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("encoding", sa.String(length=10), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_plan_draft_file_id_stored_file")
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["task.id"], name=op.f("fk_plan_draft_task_id_task"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_plan_draft_created_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_draft")),
    )
    op.create_index(op.f("ix_plan_draft_created_by_id"), "plan_draft", ["created_by_id"])
    op.create_table(
        "unit_alias",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=300), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(group_id IS NULL) <> (unit_id IS NULL)", name=op.f("ck_unit_alias_unit_or_group")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_unit_alias_unit_id_unit"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["unit_group.id"],
            name=op.f("fk_unit_alias_group_id_unit_group"), ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_unit_alias_created_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_alias")),
    )  # fmt: skip
    op.create_index(op.f("ix_unit_alias_unit_id"), "unit_alias", ["unit_id"])
    op.create_index(op.f("ix_unit_alias_group_id"), "unit_alias", ["group_id"])
    op.create_index("ix_unit_alias_key", "unit_alias", ["key"])


def downgrade() -> None:
    """Drop the tables again."""
    op.drop_table("unit_alias")
    op.drop_table("plan_draft")

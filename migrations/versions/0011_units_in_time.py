"""Units in time: what they were before, who was in groups before, and how they followed each other."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ALWAYS = "1900-01-01"
INSTANT = sa.DateTime(timezone=True)
FREE_CODES = """
    UPDATE unit SET code = substr(code, 1, 28) || '~' || id
    WHERE closed_at IS NOT NULL AND EXISTS (
        SELECT 1 FROM unit AS other WHERE other.code = unit.code AND other.id <> unit.id
    )
"""


def upgrade() -> None:
    """Let codes be used again, and say that all that is there was always so.

    A closed unit keeps its code, which another unit may take from now on.
    """
    with op.batch_alter_table("unit") as unit:
        unit.drop_constraint(op.f("uq_unit_code"), type_="unique")
        unit.add_column(sa.Column("valid_from", sa.Date(), nullable=False, server_default=ALWAYS))
    still_open = sa.text("closed_at IS NULL")
    op.create_index(
        "uq_unit_code_open", "unit", ["code"],
        unique=True, sqlite_where=still_open, postgresql_where=still_open,
    )  # fmt: skip
    with op.batch_alter_table("unit_group_member") as members:
        members.add_column(
            sa.Column("valid_from", sa.Date(), nullable=False, server_default=ALWAYS)
        )
    _past()
    _changes()


def downgrade() -> None:
    """Forget what was before; a closed unit whose code another has taken gets a new one."""
    for table in ("unit_succession", "unit_change", "unit_group_past_member", "unit_past_version"):
        op.drop_table(table)
    with op.batch_alter_table("unit_group_member") as members:
        members.drop_column("valid_from")
    op.drop_index("uq_unit_code_open", "unit")
    op.execute(FREE_CODES)
    with op.batch_alter_table("unit") as unit:
        unit.drop_column("valid_from")
        unit.create_unique_constraint(op.f("uq_unit_code"), ["code"])


def _past() -> None:
    op.create_table(
        "unit_past_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("short_name", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("search_key", sa.String(length=300), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        _link("unit_past_version", "unit_id", "unit", "CASCADE"),
        _link("unit_past_version", "parent_id", "unit"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_past_version")),
    )
    op.create_index(op.f("ix_unit_past_version_code"), "unit_past_version", ["code"])
    op.create_index("ix_unit_past_version_unit", "unit_past_version", ["unit_id", "valid_from"])
    op.create_table(
        "unit_group_past_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        _link("unit_group_past_member", "group_id", "unit_group", "CASCADE"),
        _link("unit_group_past_member", "unit_id", "unit", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_group_past_member")),
    )
    for column in ("group_id", "unit_id"):
        op.create_index(
            op.f(f"ix_unit_group_past_member_{column}"), "unit_group_past_member", [column]
        )


def _changes() -> None:
    op.create_table(
        "unit_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("document", sa.String(length=500), nullable=False),
        sa.Column("effects", sa.Text(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", INSTANT, nullable=False),
        _link("unit_change", "recorded_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_change")),
    )
    op.create_index("ix_unit_change_day", "unit_change", ["day", "id"])
    op.create_table(
        "unit_succession",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("old_id", sa.Integer(), nullable=False),
        sa.Column("new_id", sa.Integer(), nullable=True),
        _link("unit_succession", "change_id", "unit_change", "CASCADE"),
        _link("unit_succession", "old_id", "unit"),
        _link("unit_succession", "new_id", "unit"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_succession")),
    )
    op.create_index("ix_unit_succession_change", "unit_succession", ["change_id"])
    for column in ("old_id", "new_id"):
        op.create_index(op.f(f"ix_unit_succession_{column}"), "unit_succession", [column])


def _link(table: str, column: str, target: str, on_delete: str | None = None) -> sa.Constraint:
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete=on_delete)

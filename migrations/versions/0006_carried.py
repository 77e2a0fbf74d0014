"""The version that a report was carried on from while it was being filled in."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column, empty for what is there."""
    with op.batch_alter_table("response") as response:
        response.add_column(sa.Column("carried_from_id", sa.Integer()))
        response.create_foreign_key(
            op.f("fk_response_carried_from_id_form_version"),
            "form_version", ["carried_from_id"], ["id"],
        )  # fmt: skip


def downgrade() -> None:
    """Drop the column again."""
    with op.batch_alter_table("response") as response:
        response.drop_constraint(op.f("fk_response_carried_from_id_form_version"))
        response.drop_column("carried_from_id")

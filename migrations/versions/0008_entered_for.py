"""Reports that the office enters for their units."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add who enters a report for its unit, since when and why; no report is entered so yet."""
    with op.batch_alter_table("response") as batch:
        batch.add_column(sa.Column("entered_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("entered_by_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("entered_reason", sa.Text(), nullable=False, server_default=""))
        batch.create_foreign_key(
            op.f("fk_response_entered_by_id_person"), "person", ["entered_by_id"], ["id"]
        )
    with op.batch_alter_table("submission") as batch:
        batch.add_column(
            sa.Column("on_behalf", sa.Boolean(), nullable=False, server_default=sa.false())
        )


def downgrade() -> None:
    """Forget who entered what for whom."""
    with op.batch_alter_table("submission") as batch:
        batch.drop_column("on_behalf")
    with op.batch_alter_table("response") as batch:
        batch.drop_constraint(op.f("fk_response_entered_by_id_person"), type_="foreignkey")
        batch.drop_column("entered_reason")
        batch.drop_column("entered_by_id")
        batch.drop_column("entered_at")

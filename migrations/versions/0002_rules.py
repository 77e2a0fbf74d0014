"""Rules: when a question is asked, what else is checked, and why a doubted answer stands."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

def upgrade() -> None:
    """Add the columns, empty for what is there."""
    with op.batch_alter_table("question") as question:
        question.add_column(sa.Column("visible", sa.Text()))
        question.add_column(sa.Column("checks", sa.Text(), nullable=False, server_default="[]"))
    for table in ("response", "submission"):
        with op.batch_alter_table(table) as changed:
            changed.add_column(
                sa.Column("reasons", sa.Text(), nullable=False, server_default="{}")
            )


def downgrade() -> None:
    """Drop the columns again."""
    for table in ("submission", "response"):
        with op.batch_alter_table(table) as changed:
            changed.drop_column("reasons")
    with op.batch_alter_table("question") as question:
        question.drop_column("checks")
        question.drop_column("visible")

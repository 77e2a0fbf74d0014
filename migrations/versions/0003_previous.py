"""The round before: what a form was copied from, and what a report was compared with."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns, empty for what is there."""
    with op.batch_alter_table("form") as form:
        form.add_column(sa.Column("copied_from_id", sa.Integer()))
        form.create_foreign_key(
            op.f("fk_form_copied_from_id_form"), "form", ["copied_from_id"], ["id"]
        )
    with op.batch_alter_table("question") as question:
        question.add_column(
            sa.Column("origin", sa.String(20), nullable=False, server_default="")
        )
    with op.batch_alter_table("submission") as submission:
        submission.add_column(sa.Column("previous_id", sa.Integer()))
        submission.create_foreign_key(
            op.f("fk_submission_previous_id_submission"), "submission", ["previous_id"], ["id"]
        )


def downgrade() -> None:
    """Drop the columns again."""
    with op.batch_alter_table("submission") as submission:
        submission.drop_constraint(op.f("fk_submission_previous_id_submission"))
        submission.drop_column("previous_id")
    with op.batch_alter_table("question") as question:
        question.drop_column("origin")
    with op.batch_alter_table("form") as form:
        form.drop_constraint(op.f("fk_form_copied_from_id_form"))
        form.drop_column("copied_from_id")

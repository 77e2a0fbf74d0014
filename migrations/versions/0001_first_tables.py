"""The first tables: organisation, people, tasks, forms, responses, files and the audit log."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
TABLES = """
    audit_entry audit_head person sign_in_failure stored_file unit unit_group membership
    sign_in_session task unit_group_member form round task_file assignment form_target
    form_version section question response submission answer_change attachment review_note
""".split()


def table(name: str, *parts: Any) -> None:
    op.create_table(name, sa.Column("id", sa.Integer(), primary_key=True), *parts)


def needed(name: str, kind: Any, **kwargs: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False, **kwargs)


def texts(**lengths: int) -> list[sa.Column[str]]:
    return [needed(name, sa.String(length)) for name, length in lengths.items()]


def link(name: str, target: str, *, nullable: bool = False, **kwargs: Any) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), sa.ForeignKey(target), nullable=nullable, **kwargs)


def part_of(name: str, target: str, *, nullable: bool = False, **kwargs: Any) -> sa.Column[int]:
    """Return a link to the row that this one goes away with."""
    whole = sa.ForeignKey(target, ondelete="CASCADE")
    return sa.Column(name, sa.Integer(), whole, nullable=nullable, **kwargs)


def upgrade() -> None:
    """Make every table; the two that point at each other get their link last."""
    table(
        "audit_entry",
        needed("at", INSTANT, index=True),
        sa.Column("actor_id", sa.Integer()),
        needed("actor_name", sa.String(120)),
        needed("action", sa.String(60), index=True),
        needed("object_type", sa.String(40)),
        sa.Column("object_id", sa.Integer()),
        sa.Column("unit_id", sa.Integer()),
        needed("detail", sa.Text()),
        *texts(address=60, previous_hash=64),
        needed("hash", sa.String(64), unique=True),
    )
    table(
        "audit_head",
        needed("last_hash", sa.String(64)),
    )
    table(
        "person",
        needed("username", sa.String(60), unique=True),
        *texts(full_name=120, job_title=120, phone=40, email=200, password_hash=200),
        needed("must_change_password", sa.Boolean()),
        sa.Column("language", sa.String(5)),
        needed("search_key", sa.String(300)),
        sa.Column("disabled_at", INSTANT),
        needed("created_at", INSTANT),
        sa.Column("signed_in_at", INSTANT),
    )
    table(
        "sign_in_failure",
        *texts(username=60, address=60),
        needed("at", INSTANT),
    )
    op.create_index("ix_sign_in_failure_source", "sign_in_failure", ["username", "address", "at"])
    table(
        "stored_file",
        needed("sha256", sa.String(64), unique=True),
        needed("size", sa.Integer()),
        needed("content_type", sa.String(120)),
        needed("storage_key", sa.String(80), unique=True),
        needed("created_at", INSTANT),
    )
    table(
        "unit",
        needed("code", sa.String(40), unique=True),
        *texts(name=200, short_name=80, kind=20),
        link("parent_id", "unit.id", index=True, nullable=True),
        needed("position", sa.Integer()),
        *texts(phone=40, email=200, search_key=300),
        sa.Column("closed_at", INSTANT),
        needed("created_at", INSTANT),
    )
    op.create_index("ix_unit_position", "unit", ["position", "id"])
    table(
        "unit_group",
        needed("name", sa.String(300), unique=True),
        needed("position", sa.Integer()),
    )
    table(
        "membership",
        part_of("person_id", "person.id"),
        link("unit_id", "unit.id", index=True),
        needed("role", sa.String(20)),
        sa.UniqueConstraint("person_id", "unit_id", "role"),
    )
    table(
        "sign_in_session",
        needed("token_hash", sa.String(64), unique=True),
        part_of("person_id", "person.id", index=True),
        needed("created_at", INSTANT),
        needed("seen_at", INSTANT),
        needed("expires_at", INSTANT),
        *texts(address=60, browser=200),
    )
    table(
        "task",
        *texts(doc_type=60, number=20, symbol=40, title=500, issuer=200),
        sa.Column("issued_on", sa.Date()),
        needed("legal_basis", sa.Text()),
        needed("instructions", sa.Text()),
        needed("needs_sign_off", sa.Boolean()),
        needed("search_key", sa.String(800)),
        link("created_by_id", "person.id", nullable=True),
        needed("created_at", INSTANT),
        needed("updated_at", INSTANT),
        sa.Column("deleted_at", INSTANT),
    )
    op.create_table(
        "unit_group_member",
        part_of("group_id", "unit_group.id", primary_key=True),
        part_of("unit_id", "unit.id", primary_key=True, index=True),
    )
    table(
        "form",
        part_of("task_id", "task.id", index=True),
        needed("title", sa.String(300)),
        needed("intro", sa.Text()),
        needed("position", sa.Integer()),
        needed("rev", sa.Integer()),
        needed("updated_at", INSTANT),
        sa.Column("deleted_at", INSTANT),
    )
    table(
        "round",
        part_of("task_id", "task.id", index=True),
        needed("name", sa.String(120)),
        needed("position", sa.Integer()),
        sa.Column("due_at", INSTANT),
        sa.Column("locks_at", INSTANT),
        sa.Column("published_at", INSTANT),
        link("published_by_id", "person.id", nullable=True),
    )
    table(
        "task_file",
        part_of("task_id", "task.id", index=True),
        link("file_id", "stored_file.id"),
        needed("name", sa.String(255)),
        link("uploaded_by_id", "person.id", nullable=True),
        needed("uploaded_at", INSTANT),
        sa.Column("deleted_at", INSTANT),
    )
    table(
        "assignment",
        part_of("round_id", "round.id"),
        link("form_id", "form.id", index=True),
        link("unit_id", "unit.id", index=True),
        *texts(unit_code=40, unit_name=200, group_name=300),
        needed("position", sa.Integer()),
        sa.Column("due_at", INSTANT),
        sa.Column("exempted_at", INSTANT),
        needed("exempt_reason", sa.String(500)),
        sa.UniqueConstraint("round_id", "form_id", "unit_id"),
    )
    op.create_index("ix_assignment_place", "assignment", ["round_id", "form_id", "position"])
    table(
        "form_target",
        part_of("form_id", "form.id", index=True),
        part_of("group_id", "unit_group.id", nullable=True),
        part_of("unit_id", "unit.id", nullable=True),
        needed("excluded", sa.Boolean()),
        sa.CheckConstraint("(group_id IS NULL) <> (unit_id IS NULL)", name="group_or_unit"),
    )
    table(
        "form_version",
        part_of("form_id", "form.id"),
        needed("number", sa.Integer()),
        needed("definition", sa.Text()),
        needed("form_rev", sa.Integer()),
        needed("published_at", INSTANT),
        link("published_by_id", "person.id", nullable=True),
        sa.UniqueConstraint("form_id", "number"),
    )
    table(
        "section",
        part_of("form_id", "form.id"),
        needed("uid", sa.String(20), unique=True),
        needed("title", sa.String(300)),
        needed("intro", sa.Text()),
        needed("position", sa.Integer()),
        sa.Column("deleted_at", INSTANT),
    )
    op.create_index("ix_section_place", "section", ["form_id", "position"])
    table(
        "question",
        part_of("section_id", "section.id"),
        needed("uid", sa.String(20), unique=True),
        *texts(type=30, code=30, label=500, hint=1000, measure=60),
        needed("required", sa.Boolean()),
        needed("summing", sa.String(10)),
        needed("settings", sa.Text()),
        needed("position", sa.Integer()),
        sa.Column("deleted_at", INSTANT),
    )
    op.create_index("ix_question_place", "question", ["section_id", "position"])
    table(
        "response",
        part_of("assignment_id", "assignment.id", unique=True),
        link("version_id", "form_version.id", index=True),
        needed("state", sa.String(20), index=True),
        needed("answers", sa.Text()),
        needed("marks", sa.Text()),
        needed("rev", sa.Integer()),
        sa.Column("updated_at", INSTANT),
        link("updated_by_id", "person.id", nullable=True),
        sa.Column("current_submission_id", sa.Integer()),
        sa.Column("submitted_at", INSTANT),
        needed("return_reason", sa.Text()),
    )
    table(
        "submission",
        part_of("response_id", "response.id"),
        needed("number", sa.Integer()),
        link("version_id", "form_version.id"),
        needed("answers", sa.Text()),
        needed("receipt", sa.String(40), unique=True),
        needed("fingerprint", sa.String(64)),
        needed("submitted_at", INSTANT),
        link("submitted_by_id", "person.id"),
        sa.Column("withdrawn_at", INSTANT),
        sa.UniqueConstraint("response_id", "number"),
    )
    with op.batch_alter_table("response") as response:
        response.create_foreign_key(
            "fk_response_current_submission_id_submission",
            "submission",
            ["current_submission_id"],
            ["id"],
        )
    table(
        "answer_change",
        part_of("response_id", "response.id"),
        needed("question", sa.String(20)),
        sa.Column("old", sa.Text()),
        sa.Column("new", sa.Text()),
        needed("rev", sa.Integer()),
        link("by_id", "person.id"),
        needed("at", INSTANT),
    )
    op.create_index("ix_answer_change_answer", "answer_change", ["response_id", "question", "rev"])
    table(
        "attachment",
        part_of("response_id", "response.id", index=True),
        needed("question", sa.String(20)),
        link("file_id", "stored_file.id"),
        needed("name", sa.String(255)),
        link("uploaded_by_id", "person.id"),
        needed("uploaded_at", INSTANT),
        sa.Column("deleted_at", INSTANT),
    )
    table(
        "review_note",
        part_of("response_id", "response.id", index=True),
        link("submission_id", "submission.id", nullable=True),
        needed("question", sa.String(20)),
        needed("text", sa.Text()),
        link("by_id", "person.id"),
        needed("at", INSTANT),
    )


def downgrade() -> None:
    """Drop every table, the last first."""
    with op.batch_alter_table("response") as response:
        response.drop_constraint("fk_response_current_submission_id_submission")
    for table in reversed(TABLES):
        op.drop_table(table)

"""Losses that are reported, and clarifications that stop the clock of an access request.

Revision: 0005, after 0004.
"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel
from alembic import op
from alembic.operations import BatchOperations

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


_BEFORE = (("decided_has_its_paper", "(decided_at IS NULL) = (paper IS NULL)"),)
_AFTER = (
    (
        "decided_has_its_paper",
        (
            "(decided_at IS NULL AND paper IS NULL)"
            " OR (decided_at IS NOT NULL AND (paper IS NULL) = (purged_at IS NOT NULL))"
        ),
    ),
    ("purged_is_empty", "(words IS NULL) = (purged_at IS NOT NULL)"),
    ("decided_is_not_stopped", "stopped_on IS NULL OR decided_at IS NULL"),
    ("paused_in_reason", "paused_days >= 0"),
)


def _exchange(batch_op: BatchOperations, old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]]) -> None:
    for name, _ in old:
        batch_op.drop_constraint(op.f(f"ck_access_request_{name}"), type_="check")
    for name, words in new:
        batch_op.create_check_constraint(op.f(f"ck_access_request_{name}"), words)


def upgrade() -> None:
    """Add the tables and columns."""
    op.create_table(
        "breach",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("reference", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("about", sqlmodel.sql.sqltypes.AutoString(length=10), nullable=False),
        sa.Column("about_id", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("about_words", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("edition", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("edition_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("found_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("regulator_by", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("reported_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("reported_by_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("reported_by", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("closed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("closed_by", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=True),
        sa.Column("lesson", sa.LargeBinary(), nullable=True),
        sa.Column("reminded", sqlmodel.sql.sqltypes.AutoString(length=10), nullable=False),
        sa.Column("purged_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.CheckConstraint("(about = 'other') = (about_id = '')", name=op.f("ck_breach_about_names_it")),
        sa.CheckConstraint(
            "about IN ('request','return','meeting','statement','other')", name=op.f("ck_breach_known_about")
        ),
        sa.CheckConstraint(
            "kind IN ('lost','wrong_person','seen','other_use','machine','other')", name=op.f("ck_breach_known_kind")
        ),
        sa.CheckConstraint("reminded IN ('','soon','late')", name=op.f("ck_breach_known_reminder")),
        sa.CheckConstraint("(closed_at IS NULL) = (closed_by IS NULL)", name=op.f("ck_breach_closing_is_whole")),
        sa.CheckConstraint("found_at <= reported_at", name=op.f("ck_breach_found_before_it_was_reported")),
        sa.CheckConstraint(
            "purged_at IS NULL OR (words IS NULL AND lesson IS NULL)", name=op.f("ck_breach_purged_is_empty")
        ),
        sa.ForeignKeyConstraint(["reported_by_id"], ["account.id"], name=op.f("fk_breach_reported_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_breach")),
        sa.UniqueConstraint("key", name=op.f("uq_breach_key")),
        sa.UniqueConstraint("reference", name=op.f("uq_breach_reference")),
    )
    with op.batch_alter_table("breach", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_breach_reported_at"), ["reported_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_breach_reported_by_id"), ["reported_by_id"], unique=False)

    op.create_table(
        "access_clarification",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("access_request_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_by", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("question", sa.LargeBinary(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "answered_on IS NULL OR answered_on >= asked_on",
            name=op.f("ck_access_clarification_answered_after_it_was_asked"),
        ),
        sa.ForeignKeyConstraint(
            ["access_request_id"], ["access_request.id"], name=op.f("fk_access_clarification_access_request_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_clarification")),
        sa.UniqueConstraint("access_request_id", "number", name="clarification_one_at_a_time"),
    )
    with op.batch_alter_table("access_clarification", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_access_clarification_access_request_id"), ["access_request_id"], unique=False
        )

    op.create_table(
        "breach_body",
        sa.Column("breach_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("organisation_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("part", sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False),
        sa.CheckConstraint("part IN ('concerned','originator')", name=op.f("ck_breach_body_known_part")),
        sa.ForeignKeyConstraint(["breach_id"], ["breach.id"], name=op.f("fk_breach_body_breach_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_breach_body_organisation_id")),
        sa.PrimaryKeyConstraint("breach_id", "organisation_id", name=op.f("pk_breach_body")),
    )
    with op.batch_alter_table("breach_body", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_breach_body_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "breach_step",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("breach_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("by_name", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("organisation_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('contained','told','regulator_told','regulator_not_needed','note')",
            name=op.f("ck_breach_step_known_step"),
        ),
        sa.ForeignKeyConstraint(["breach_id"], ["breach.id"], name=op.f("fk_breach_step_breach_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_breach_step_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_breach_step")),
        sa.UniqueConstraint("breach_id", "key", name="breach_step_once"),
        sa.UniqueConstraint("breach_id", "number", name="breach_step_one_at_a_time"),
    )
    with op.batch_alter_table("breach_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_breach_step_breach_id"), ["breach_id"], unique=False)

    with op.batch_alter_table("access_request") as batch_op:
        batch_op.add_column(sa.Column("stopped_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("paused_days", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("counts_from", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("purged_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
        batch_op.alter_column("words", existing_type=sa.LargeBinary(), nullable=True)
        _exchange(batch_op, _BEFORE, _AFTER)
    with op.batch_alter_table("originator_view") as batch_op:
        batch_op.alter_column("question", existing_type=sa.LargeBinary(), nullable=True)


def downgrade() -> None:
    """Take them away again."""
    with op.batch_alter_table("originator_view") as batch_op:
        batch_op.alter_column("question", existing_type=sa.LargeBinary(), nullable=False)
    with op.batch_alter_table("access_request") as batch_op:
        _exchange(batch_op, _AFTER, _BEFORE)
        batch_op.alter_column("words", existing_type=sa.LargeBinary(), nullable=False)
        batch_op.drop_column("purged_at")
        batch_op.drop_column("counts_from")
        batch_op.drop_column("paused_days")
        batch_op.drop_column("stopped_on")

    with op.batch_alter_table("breach_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_breach_step_breach_id"))

    op.drop_table("breach_step")
    with op.batch_alter_table("breach_body", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_breach_body_organisation_id"))

    op.drop_table("breach_body")
    with op.batch_alter_table("access_clarification", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_access_clarification_access_request_id"))

    op.drop_table("access_clarification")
    with op.batch_alter_table("breach", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_breach_reported_by_id"))
        batch_op.drop_index(batch_op.f("ix_breach_reported_at"))

    op.drop_table("breach")

"""Consents that requests rest on, their withdrawal, and what each side did about it.

Revision: 0031, after 0030.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

_TEXT = sqlmodel.sql.sqltypes.AutoString
_MOMENT = sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    """Add the consents."""
    op.create_table(
        "consent_record",
        sa.Column("id", _TEXT(length=32), nullable=False),
        sa.Column("request_id", _TEXT(), nullable=False),
        sa.Column("organisation_id", _TEXT(), nullable=False),
        sa.Column("key", _TEXT(length=64), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("how", _TEXT(length=12), nullable=False),
        sa.Column("explicit", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", _MOMENT(), nullable=False),
        sa.Column("recorded_by", _TEXT(length=200), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_by", _TEXT(length=200), nullable=True),
        sa.Column("withdrawal", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("how IN ('written','electronic','spoken','for_them')", name="known_way"),
        sa.CheckConstraint("(withdrawn_on IS NULL) = (withdrawn_by IS NULL)", name="withdrawal_is_whole"),
        sa.CheckConstraint("withdrawn_on IS NULL OR withdrawn_on >= given_on", name="withdrawn_after_it_was_given"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"]),
        sa.ForeignKeyConstraint(["request_id"], ["information_request.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("request_id", "key", name="consent_once"),
    )
    with op.batch_alter_table("consent_record", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consent_record_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_consent_record_request_id"), ["request_id"], unique=False)
    op.create_table(
        "consent_consequence",
        sa.Column("consent_id", _TEXT(), nullable=False),
        sa.Column("organisation_id", _TEXT(), nullable=False),
        sa.Column("at", _MOMENT(), nullable=False),
        sa.Column("by_name", _TEXT(length=200), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["consent_id"], ["consent_record.id"]),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"]),
        sa.PrimaryKeyConstraint("consent_id", "organisation_id"),
    )
    with op.batch_alter_table("consent_consequence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consent_consequence_organisation_id"), ["organisation_id"], unique=False)


def downgrade() -> None:
    """Forget the consents."""
    op.drop_table("consent_consequence")
    op.drop_table("consent_record")

"""Keep drawn signatures, known phones, scans, minute takers and the partnership's own keeping periods.

Revision: 0003, after 0002.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add them."""
    op.create_table(
        "keeping_period",
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("set_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("set_by", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.CheckConstraint("months BETWEEN 1 AND 120", name=op.f("ck_keeping_period_months_are_sensible")),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_keeping_period")),
    )
    op.create_table(
        "meeting_scan",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("meeting_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=4), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("scan", sa.LargeBinary(), nullable=False),
        sa.Column("added_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("added_by", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.CheckConstraint("kind IN ('pdf','png','jpeg')", name=op.f("ck_meeting_scan_scan_kind_is_known")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_scan_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_scan")),
        sa.UniqueConstraint("meeting_id", "sha256", name="uq_meeting_scan_once"),
    )
    with op.batch_alter_table("meeting_scan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_scan_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "minute_taker",
        sa.Column("meeting_id", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("account_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("named_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("named_by", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_minute_taker_account_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_minute_taker_meeting_id")),
        sa.PrimaryKeyConstraint("meeting_id", "account_id", name=op.f("pk_minute_taker")),
    )
    with op.batch_alter_table("minute_taker", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_minute_taker_account_id"), ["account_id"], unique=False)

    op.create_table(
        "known_phone",
        sa.Column("holder_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("undertaking_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["undertaking_id"], ["undertaking.id"], name=op.f("fk_known_phone_undertaking_id")),
        sa.PrimaryKeyConstraint("holder_hash", name=op.f("pk_known_phone")),
    )
    with op.batch_alter_table("known_phone", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_known_phone_undertaking_id"), ["undertaking_id"], unique=False)

    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.add_column(sa.Column("list_deleted_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))

    with op.batch_alter_table("undertaking", schema=None) as batch_op:
        batch_op.add_column(sa.Column("drawing", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("email_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=True))
        batch_op.create_index(batch_op.f("ix_undertaking_email_hash"), ["email_hash"], unique=False)


def downgrade() -> None:
    """Take them away."""
    op.drop_index("ix_undertaking_email_hash", "undertaking")
    op.drop_column("undertaking", "email_hash")
    op.drop_column("undertaking", "drawing")
    op.drop_column("meeting", "list_deleted_at")
    op.drop_table("minute_taker")
    op.drop_table("known_phone")
    op.drop_table("meeting_scan")
    op.drop_table("keeping_period")

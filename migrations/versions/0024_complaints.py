"""Complaints about how people's information is used, and the steps about them.

Revision: 0024, after 0023.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_TEXT = sqlmodel.sql.sqltypes.AutoString
_MOMENT = sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    """Add the complaints."""
    op.create_table(
        "complaint",
        sa.Column("id", _TEXT(length=32), nullable=False),
        sa.Column("reference", _TEXT(length=20), nullable=False),
        sa.Column("key", _TEXT(length=64), nullable=False),
        sa.Column("came", _TEXT(length=10), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("acknowledge_by", sa.Date(), nullable=False),
        sa.Column("logged_at", _MOMENT(), nullable=False),
        sa.Column("logged_by", _TEXT(length=200), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("reachable", sa.Boolean(), nullable=False),
        sa.Column("acknowledged_on", sa.Date(), nullable=True),
        sa.Column("acknowledged_how", _TEXT(length=10), nullable=True),
        sa.Column("acknowledged_by", _TEXT(length=200), nullable=False),
        sa.Column("result", _TEXT(length=12), nullable=False),
        sa.Column("outcome", sa.LargeBinary(), nullable=True),
        sa.Column("told_at", _MOMENT(), nullable=True),
        sa.Column("told_how", _TEXT(length=10), nullable=False),
        sa.Column("told_by", _TEXT(length=200), nullable=False),
        sa.Column("paper", sa.LargeBinary(), nullable=True),
        sa.Column("purged_at", _MOMENT(), nullable=True),
        sa.CheckConstraint("came IN ('web','post','email','phone','person')", name="known_way_in"),
        sa.CheckConstraint(
            "(acknowledged_on IS NULL) = (acknowledged_how IS NULL)", name="acknowledgement_is_whole"
        ),
        sa.CheckConstraint("acknowledged_on IS NULL OR acknowledged_on >= received_on", name="acknowledged_after"),
        sa.CheckConstraint("(told_at IS NULL) = (result = '')", name="outcome_is_whole"),
        sa.CheckConstraint("result IN ('','upheld','partly','not_upheld')", name="known_result"),
        sa.CheckConstraint(
            "purged_at IS NULL OR (words IS NULL AND outcome IS NULL AND paper IS NULL)", name="purged_is_empty"
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
        sa.UniqueConstraint("reference"),
    )
    with op.batch_alter_table("complaint", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_complaint_received_on"), ["received_on"], unique=False)
    op.create_table(
        "complaint_step",
        sa.Column("id", _TEXT(length=32), nullable=False),
        sa.Column("complaint_id", _TEXT(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("key", _TEXT(length=64), nullable=False),
        sa.Column("at", _MOMENT(), nullable=False),
        sa.Column("by_name", _TEXT(length=200), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaint.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("complaint_id", "key", name="complaint_step_once"),
        sa.UniqueConstraint("complaint_id", "number", name="complaint_step_one_at_a_time"),
    )
    with op.batch_alter_table("complaint_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_complaint_step_complaint_id"), ["complaint_id"], unique=False)


def downgrade() -> None:
    """Forget the complaints."""
    op.drop_table("complaint_step")
    op.drop_table("complaint")

"""Meetings that are changed or called off.

Revision: 0013, after 0012.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_WHOLE = "called_off_at IS NULL OR (called_off_by IS NOT NULL AND called_off_why IS NOT NULL AND opened_at IS NULL)"


def upgrade() -> None:
    """Say of a meeting when it changed, and when, by whom and why it was called off."""
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.add_column(sa.Column("changed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column("called_off_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column("called_off_by", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=True))
        batch_op.add_column(sa.Column("called_off_why", sa.LargeBinary(), nullable=True))
        batch_op.create_check_constraint(op.f("ck_meeting_called_off_is_whole"), _WHOLE)


def downgrade() -> None:
    """Drop what was added."""
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_meeting_called_off_is_whole"), type_="check")
        batch_op.drop_column("called_off_why")
        batch_op.drop_column("called_off_by")
        batch_op.drop_column("called_off_at")
        batch_op.drop_column("changed_at")

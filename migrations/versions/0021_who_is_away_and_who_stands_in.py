"""Absences: the days on which somebody is away, and who stands in.

Revision: 0021, after 0020.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the absences."""
    op.create_table(
        "absence",
        sa.Column("account_id", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("stand_in_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("said_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.CheckConstraint("last >= first", name="absence_has_an_end"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"]),
        sa.ForeignKeyConstraint(["stand_in_id"], ["account.id"]),
        sa.PrimaryKeyConstraint("account_id"),
    )
    with op.batch_alter_table("absence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_absence_last"), ["last"], unique=False)
        batch_op.create_index(batch_op.f("ix_absence_stand_in_id"), ["stand_in_id"], unique=False)


def downgrade() -> None:
    """Forget the absences."""
    op.drop_table("absence")

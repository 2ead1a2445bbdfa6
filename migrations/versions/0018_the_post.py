"""When a letter is claimed, tried again, given up or settled.

Revision: 0018, after 0017.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_MOMENTS = ("good_until", "settled_at", "given_up_at", "claimed_until", "next_try_at")


def upgrade() -> None:
    """Add what the post notes of a letter."""
    with op.batch_alter_table("message", schema=None) as batch_op:
        for name in _MOMENTS:
            batch_op.add_column(sa.Column(name, sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
        batch_op.add_column(
            sa.Column("about", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False, server_default="")
        )
        batch_op.create_index(batch_op.f("ix_message_about"), ["about"], unique=False)


def downgrade() -> None:
    """Drop it again."""
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_message_about"))
        batch_op.drop_column("about")
        for name in _MOMENTS:
            batch_op.drop_column(name)

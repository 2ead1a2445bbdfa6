"""Recovery codes of the second step, as hashes.

Revision: 0026, after 0025.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

_TEXT = sqlmodel.sql.sqltypes.AutoString
_MOMENT = sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    """Add the codes."""
    op.create_table(
        "recovery_code",
        sa.Column("code_hash", _TEXT(length=64), nullable=False),
        sa.Column("account_id", _TEXT(), nullable=False),
        sa.Column("made_at", _MOMENT(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"]),
        sa.PrimaryKeyConstraint("code_hash"),
    )
    with op.batch_alter_table("recovery_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recovery_code_account_id"), ["account_id"], unique=False)


def downgrade() -> None:
    """Take the codes away; whoever lost their phone asks the manager again."""
    op.drop_table("recovery_code")

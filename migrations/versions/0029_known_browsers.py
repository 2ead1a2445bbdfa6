"""The browsers that have signed in to an account, as hashes.

Revision: 0029, after 0028.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

_TEXT = sqlmodel.sql.sqltypes.AutoString
_MOMENT = sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    """Add the browsers."""
    op.create_table(
        "known_browser",
        sa.Column("mark_hash", _TEXT(length=64), nullable=False),
        sa.Column("account_id", _TEXT(), nullable=False),
        sa.Column("first_at", _MOMENT(), nullable=False),
        sa.Column("seen_at", _MOMENT(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"]),
        sa.PrimaryKeyConstraint("mark_hash"),
    )
    with op.batch_alter_table("known_browser", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_known_browser_account_id"), ["account_id"], unique=False)


def downgrade() -> None:
    """Take the browsers away: each counts as new at its next sign-in."""
    op.drop_table("known_browser")

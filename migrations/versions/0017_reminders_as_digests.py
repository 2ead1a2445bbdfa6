"""How often somebody is reminded of what is asked, and when they last were.

Revision: 0017, after 0016.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Say of each account how often it is reminded: weekly, until somebody chooses."""
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("digest", sqlmodel.sql.sqltypes.AutoString(length=10), nullable=False, server_default="weekly")
        )
        batch_op.add_column(sa.Column("digest_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
        batch_op.create_check_constraint(
            op.f("ck_account_digest_known"), "digest IN ('daily','weekly','late','never')"
        )
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.alter_column("digest", server_default=None)


def downgrade() -> None:
    """Drop what was added."""
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_account_digest_known"), type_="check")
        batch_op.drop_column("digest_at")
        batch_op.drop_column("digest")

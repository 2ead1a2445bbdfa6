"""The record: each entry carries the hashes of the rows that its act changed.

Revision: 0022, after 0021.
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the hashes; entries of before have none, and their own hash stays as it is."""
    op.add_column("audit_entry", sa.Column("changes", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    """Take the hashes away, and with them what binds entries that carry some."""
    op.drop_column("audit_entry", "changes")

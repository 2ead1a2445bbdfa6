"""What other groups can learn from a meeting, and what its group needs of the partnership.

Revision: 0032, after 0031.
"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add both beside the minutes' body."""
    with op.batch_alter_table("meeting_minutes", schema=None) as batch_op:
        batch_op.add_column(sa.Column("lesson", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("need", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    """Forget both."""
    with op.batch_alter_table("meeting_minutes", schema=None) as batch_op:
        batch_op.drop_column("need")
        batch_op.drop_column("lesson")

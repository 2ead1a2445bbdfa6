"""What an action needs of the restricted appendix: which of its readers keep an entry, and for which action.

Revision: 0035, after 0034.
"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

_TABLE = "meeting_said_reader"


def upgrade() -> None:
    """Let a reader keep an entry for an action; who read one before keeps it for none."""
    with op.batch_alter_table(_TABLE) as batch:
        batch.add_column(sa.Column("action_id", sa.String(length=32), nullable=True))
        batch.create_foreign_key(op.f(f"fk_{_TABLE}_action_id"), "meeting_action", ["action_id"], ["id"])
        batch.create_index(op.f(f"ix_{_TABLE}_action_id"), ["action_id"], unique=False)


def downgrade() -> None:
    """Forget it."""
    with op.batch_alter_table(_TABLE) as batch:
        batch.drop_index(op.f(f"ix_{_TABLE}_action_id"))
        batch.drop_constraint(op.f(f"fk_{_TABLE}_action_id"), type_="foreignkey")
        batch.drop_column("action_id")

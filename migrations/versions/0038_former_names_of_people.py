"""The names that somebody with an account had: lists that name people must not lose who has another name now.

Revision: 0038, after 0037.
"""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep them, under seal."""
    op.add_column("account", sa.Column("former_names", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    """Forget them."""
    with op.batch_alter_table("account") as batch:
        batch.drop_column("former_names")

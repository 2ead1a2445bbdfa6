"""How the lines of a public table go together: places that share a line, and subtotals.

Revision: 0033, after 0032.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the outlines; a table of before has none."""
    told = sa.Column(
        "outlines", sqlmodel.sql.sqltypes.AutoString(length=500_000), nullable=False, server_default=sa.text("''")
    )
    op.add_column("published_table", told)
    with op.batch_alter_table("published_table") as batch:
        batch.alter_column("outlines", server_default=None)


def downgrade() -> None:
    """Forget the outlines."""
    with op.batch_alter_table("published_table") as batch:
        batch.drop_column("outlines")

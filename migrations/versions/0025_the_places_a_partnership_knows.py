"""The places that the partnership knows: its own lists, and the hashes of its secret places.

Revision: 0025, after 0024.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of lists."""
    op.create_table(
        "place_list",
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("with_set_up", sa.Boolean(), nullable=False),
        sa.Column("loaded_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("loaded_by", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.CheckConstraint("places >= 0", name=op.f("ck_place_list_counts_places")),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_place_list")),
    )


def downgrade() -> None:
    """Forget the lists."""
    op.drop_table("place_list")

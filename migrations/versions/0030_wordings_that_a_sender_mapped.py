"""What an organisation's own words for a category stand for.

Revision: 0030, after 0029.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of remembered wordings."""
    op.create_table(
        "wording_memory",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("organisation_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("data_set", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("field", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("wordings", sa.Integer(), nullable=False),
        sa.Column("used_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.CheckConstraint("wordings >= 0", name=op.f("ck_wording_memory_counts_wordings")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_wording_memory_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wording_memory")),
        sa.UniqueConstraint("organisation_id", "data_set", "field", name="one_memory_a_field"),
    )


def downgrade() -> None:
    """Forget the wordings."""
    op.drop_table("wording_memory")

"""Bringing a release's edition into force, and facts that are struck out.

Revision: 0019, after 0018.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of adoption, and say of each settled fact whether it was struck out."""
    op.create_table(
        "edition_adoption",
        sa.Column("edition", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("rules_sha256", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("blanks", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("struck", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("authorised", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column("adopted_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("edition", name=op.f("pk_edition_adoption")),
    )
    op.create_table(
        "adoption_decision",
        sa.Column("edition", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("by", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("by_name", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("role", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("edition", "by", name=op.f("pk_adoption_decision")),
    )
    with op.batch_alter_table("confirmed_fact", schema=None) as batch_op:
        batch_op.add_column(sa.Column("struck", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Take both away."""
    with op.batch_alter_table("confirmed_fact", schema=None) as batch_op:
        batch_op.drop_column("struck")
    op.drop_table("adoption_decision")
    op.drop_table("edition_adoption")

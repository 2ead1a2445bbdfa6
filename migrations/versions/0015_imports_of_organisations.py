"""Organisations that were added from one spreadsheet.

Revision: 0015, after 0014.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of imports."""
    op.create_table(
        "organisation_import",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("imported_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("imported_by", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("added", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("invited", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("undone_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("undone_by", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=True),
        sa.CheckConstraint(
            "(undone_at IS NULL) = (undone_by IS NULL)", name=op.f("ck_organisation_import_undoing_is_whole")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_import")),
    )


def downgrade() -> None:
    """Drop the table of imports."""
    op.drop_table("organisation_import")

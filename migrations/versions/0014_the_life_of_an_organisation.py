"""Organisations that are renamed, closed, or merged into another.

Revision: 0014, after 0013.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep former names; say of an organisation when it closed, and what it is part of now."""
    op.create_table(
        "organisation_former_name",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("organisation_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("search_name", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("until", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("changed_by", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_organisation_former_name_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_former_name")),
    )
    with op.batch_alter_table("organisation_former_name", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_organisation_former_name_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_organisation_former_name_search_name"), ["search_name"], unique=False)
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("closed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column("merged_into_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True))
        batch_op.create_foreign_key(op.f("fk_organisation_merged_into_id"), "organisation", ["merged_into_id"], ["id"])


def downgrade() -> None:
    """Drop what was added."""
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("fk_organisation_merged_into_id"), type_="foreignkey")
        batch_op.drop_column("merged_into_id")
        batch_op.drop_column("closed_at")
    with op.batch_alter_table("organisation_former_name", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organisation_former_name_search_name"))
        batch_op.drop_index(batch_op.f("ix_organisation_former_name_organisation_id"))
    op.drop_table("organisation_former_name")

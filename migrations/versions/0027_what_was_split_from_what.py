"""Organisations that came of the split of another.

Revision: 0027, after 0026.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Say of an organisation from which other it was split."""
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("split_from_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True))
        batch_op.create_foreign_key(op.f("fk_organisation_split_from_id"), "organisation", ["split_from_id"], ["id"])


def downgrade() -> None:
    """Drop what was added."""
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("fk_organisation_split_from_id"), type_="foreignkey")
        batch_op.drop_column("split_from_id")

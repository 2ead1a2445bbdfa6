"""Reviews of the records of returns, and when records were deleted.

Revision: 0012, after 0011.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of reviews, and say of a return when its records were deleted."""
    with op.batch_alter_table("quarterly_return", schema=None) as batch_op:
        batch_op.add_column(sa.Column("emptied_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
    op.create_table(
        "stored_data_review",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("return_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("decision", sqlmodel.sql.sqltypes.AutoString(length=10), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("reviewed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("reviewed_by", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.CheckConstraint("decision IN ('kept', 'deleted')", name=op.f("ck_stored_data_review_decision_is_known")),
        sa.CheckConstraint(
            "(decision = 'kept') = (next_on IS NOT NULL)", name=op.f("ck_stored_data_review_kept_until_the_next")
        ),
        sa.ForeignKeyConstraint(
            ["return_id"], ["quarterly_return.id"], name=op.f("fk_stored_data_review_return_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_data_review")),
        sa.UniqueConstraint("return_id", "key", name="one_review_a_form"),
    )
    with op.batch_alter_table("stored_data_review", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stored_data_review_return_id"), ["return_id"], unique=False)


def downgrade() -> None:
    """Drop what was added."""
    with op.batch_alter_table("stored_data_review", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stored_data_review_return_id"))
    op.drop_table("stored_data_review")
    with op.batch_alter_table("quarterly_return", schema=None) as batch_op:
        batch_op.drop_column("emptied_at")

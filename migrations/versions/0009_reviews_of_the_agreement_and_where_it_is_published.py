"""Reviews of the agreement, and where partners publish it.

Revision: 0009, after 0008.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Put it in place."""
    op.create_table(
        "agreement_review",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("edition", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=False),
        sa.Column("outcome", sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("recorded_by", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.CheckConstraint("outcome IN ('no change','new edition')", name=op.f("ck_agreement_review_outcome_known")),
        sa.CheckConstraint("next_on > reviewed_on", name=op.f("ck_agreement_review_next_is_later")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_review")),
    )
    with op.batch_alter_table("agreement_review", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreement_review_reviewed_on"), ["reviewed_on"], unique=False)

    op.create_table(
        "publication",
        sa.Column("organisation_id", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("address", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column("in_scheme", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("recorded_by", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_publication_organisation_id")),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("pk_publication")),
    )


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("publication")
    with op.batch_alter_table("agreement_review", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agreement_review_reviewed_on"))

    op.drop_table("agreement_review")

"""Tables of figures: proposed, approved, corrected, withdrawn.

Revision: 0020, after 0019.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the published tables."""
    words = sqlmodel.sql.sqltypes.AutoString
    moment = sqlmodel.sql.sqltypes.UTCDateTime
    op.create_table(
        "published_table",
        sa.Column("id", words(length=32), nullable=False),
        sa.Column("key", words(length=64), nullable=False),
        sa.Column("data_set", words(length=60), nullable=False),
        sa.Column("quarter", words(length=7), nullable=False),
        sa.Column("rows_field", words(length=60), nullable=False),
        sa.Column("columns_field", words(length=60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("status", words(length=12), nullable=False),
        sa.Column("content", words(length=500_000), nullable=False),
        sa.Column("returns_hash", words(length=64), nullable=False),
        sa.Column("tried", sa.Integer(), nullable=False),
        sa.Column("sums", sa.Integer(), nullable=False),
        sa.Column("sent_by", words(length=4000), nullable=False),
        sa.Column("not_sent_by", words(length=4000), nullable=False),
        sa.Column("proposed_at", moment(), nullable=False),
        sa.Column("proposed_by", words(length=64), nullable=False),
        sa.Column("proposed_by_name", words(length=200), nullable=False),
        sa.Column("decided_at", moment(), nullable=True),
        sa.Column("decided_by", words(length=64), nullable=True),
        sa.Column("decided_by_name", words(length=200), nullable=False),
        sa.Column("notice", words(length=500), nullable=False),
        sa.Column("ended_at", moment(), nullable=True),
        sa.CheckConstraint(
            "status IN ('proposed','refused','published','replaced','withdrawn')", name="publication_status_known"
        ),
        sa.CheckConstraint("(status = 'proposed') = (decided_at IS NULL)", name="proposed_is_undecided"),
        sa.CheckConstraint("(decided_at IS NULL) = (decided_by IS NULL)", name="publication_decision_is_whole"),
        sa.CheckConstraint("decided_by IS NULL OR decided_by <> proposed_by", name="two_people_publish"),
        sa.CheckConstraint(
            "(status IN ('replaced','withdrawn')) = (ended_at IS NOT NULL)", name="publication_end_is_whole"
        ),
        sa.CheckConstraint("status <> 'withdrawn' OR notice <> ''", name="withdrawal_leaves_a_notice"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    with op.batch_alter_table("published_table", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_published_table_data_set"), ["data_set"], unique=False)
        batch_op.create_index(batch_op.f("ix_published_table_status"), ["status"], unique=False)
        batch_op.create_index(
            "one_public_table",
            ["data_set", "quarter", "rows_field", "columns_field"],
            unique=True,
            sqlite_where=sa.text("status = 'published'"),
            postgresql_where=sa.text("status = 'published'"),
        )


def downgrade() -> None:
    """Drop them."""
    with op.batch_alter_table("published_table", schema=None) as batch_op:
        batch_op.drop_index("one_public_table")
        batch_op.drop_index(batch_op.f("ix_published_table_status"))
        batch_op.drop_index(batch_op.f("ix_published_table_data_set"))
    op.drop_table("published_table")

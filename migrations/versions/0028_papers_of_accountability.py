"""Papers that show that the law is kept: what is asked for them, the papers as made, and who signed them.

Revision: 0028, after 0027.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

_TEXT = sqlmodel.sql.sqltypes.AutoString
_MOMENT = sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    """Add the answers, the papers and their signatures."""
    op.create_table(
        "accountability_answers",
        sa.Column("id", _TEXT(length=32), nullable=False),
        sa.Column("subject", _TEXT(length=120), nullable=False),
        sa.Column("organisation_id", _TEXT(), nullable=True),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("saved_at", _MOMENT(), nullable=False),
        sa.Column("saved_by", _TEXT(length=200), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("subject", name="accountability_asked_once"),
    )
    with op.batch_alter_table("accountability_answers", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_accountability_answers_organisation_id"), ["organisation_id"], unique=False
        )
    op.create_table(
        "accountability_paper",
        sa.Column("id", _TEXT(length=32), nullable=False),
        sa.Column("reference", _TEXT(length=20), nullable=False),
        sa.Column("key", _TEXT(length=64), nullable=False),
        sa.Column("subject", _TEXT(length=120), nullable=False),
        sa.Column("kind", _TEXT(length=30), nullable=False),
        sa.Column("organisation_id", _TEXT(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", _TEXT(length=64), nullable=False),
        sa.Column("paper", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", _MOMENT(), nullable=False),
        sa.Column("made_by", _TEXT(length=200), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("ended_at", _MOMENT(), nullable=True),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
        sa.UniqueConstraint("reference"),
        sa.UniqueConstraint("subject", "number", name="accountability_one_at_a_time"),
    )
    with op.batch_alter_table("accountability_paper", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_accountability_paper_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_accountability_paper_subject"), ["subject"], unique=False)
    op.create_table(
        "accountability_signature",
        sa.Column("paper_id", _TEXT(), nullable=False),
        sa.Column("account_id", _TEXT(), nullable=False),
        sa.Column("name", _TEXT(length=200), nullable=False),
        sa.Column("position", _TEXT(length=200), nullable=False),
        sa.Column("signed_at", _MOMENT(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"]),
        sa.ForeignKeyConstraint(["paper_id"], ["accountability_paper.id"]),
        sa.PrimaryKeyConstraint("paper_id", "account_id"),
    )
    with op.batch_alter_table("accountability_signature", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_accountability_signature_account_id"), ["account_id"], unique=False)


def downgrade() -> None:
    """Forget the papers."""
    op.drop_table("accountability_signature")
    op.drop_table("accountability_paper")
    op.drop_table("accountability_answers")

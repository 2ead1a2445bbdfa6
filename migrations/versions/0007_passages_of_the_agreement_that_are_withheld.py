"""Passages of the published agreement that partners decide to withhold.

Revision: 0007, after 0006.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Put it in place."""
    op.create_table(
        "withholding",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("edition", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("part", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("marks", sqlmodel.sql.sqltypes.AutoString(length=20000), nullable=False),
        sa.Column("marks_sha256", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("exemption", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("organisation_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("proposed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("proposed_by", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("proposed_by_name", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("status", sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False),
        sa.Column("decided_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("decided_by", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=True),
        sa.Column("decided_by_name", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=True),
        sa.Column("decision_words", sa.LargeBinary(), nullable=True),
        sa.Column("ended_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.CheckConstraint("(status = 'ended') = (ended_at IS NOT NULL)", name=op.f("ck_withholding_ending_is_whole")),
        sa.CheckConstraint("(status = 'open') = (decided_at IS NULL)", name=op.f("ck_withholding_open_is_undecided")),
        sa.CheckConstraint(
            "status IN ('open','withheld','published','ended')", name=op.f("ck_withholding_status_known")
        ),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (decided_by IS NULL)", name=op.f("ck_withholding_decision_is_whole")
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_withholding_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_withholding")),
    )
    with op.batch_alter_table("withholding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_withholding_status"), ["status"], unique=False)
        batch_op.create_index(
            "one_open_withholding",
            ["marks_sha256"],
            unique=True,
            sqlite_where=sa.text("status IN ('open','withheld')"),
            postgresql_where=sa.text("status IN ('open','withheld')"),
        )

    op.create_table(
        "withholding_answer",
        sa.Column("withholding_id", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("organisation_id", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("agrees", sa.Boolean(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("answered_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("answered_by", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("answered_by_name", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_withholding_answer_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["withholding_id"], ["withholding.id"], name=op.f("fk_withholding_answer_withholding_id")
        ),
        sa.PrimaryKeyConstraint("withholding_id", "organisation_id", name=op.f("pk_withholding_answer")),
    )


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("withholding_answer")
    with op.batch_alter_table("withholding", schema=None) as batch_op:
        batch_op.drop_index(
            "one_open_withholding",
            sqlite_where=sa.text("status IN ('open','withheld')"),
            postgresql_where=sa.text("status IN ('open','withheld')"),
        )
        batch_op.drop_index(batch_op.f("ix_withholding_status"))

    op.drop_table("withholding")

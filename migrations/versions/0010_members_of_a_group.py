"""Members of a group: what each can decide, the limits, and who backs it.

Revision: 0010, after 0009.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of members."""
    op.create_table(
        "group_member",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("group_name", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("form_key", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("entry", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("added_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("added_by", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("inducted_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("inducted_by", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=True),
        sa.Column("ended_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("ended_by", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=True),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (ended_by IS NULL)", name=op.f("ck_group_member_member_ending_is_whole")
        ),
        sa.CheckConstraint(
            "(inducted_at IS NULL) = (inducted_by IS NULL)", name=op.f("ck_group_member_induction_is_whole")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_member")),
        sa.UniqueConstraint("form_key", name=op.f("uq_group_member_form_key")),
    )
    with op.batch_alter_table("group_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_group_member_ended_at"), ["ended_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_group_member_group_name"), ["group_name"], unique=False)


def downgrade() -> None:
    """Drop the table of members."""
    with op.batch_alter_table("group_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_group_member_group_name"))
        batch_op.drop_index(batch_op.f("ix_group_member_ended_at"))

    op.drop_table("group_member")

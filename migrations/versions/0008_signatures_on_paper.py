"""Signatures on paper, with their scans.

Revision: 0008, after 0007.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Put it in place."""
    _methods("method IN ('typed','drawn','paper')")
    op.create_table(
        "paper_scan",
        sa.Column("signature_id", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=5), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("scan", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("recorded_by_name", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.CheckConstraint("kind IN ('pdf','png','jpeg')", name=op.f("ck_paper_scan_kind_known")),
        sa.ForeignKeyConstraint(["signature_id"], ["signature.id"], name=op.f("fk_paper_scan_signature_id")),
        sa.PrimaryKeyConstraint("signature_id", name=op.f("pk_paper_scan")),
    )


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("paper_scan")
    _methods("method IN ('typed','drawn')")


def _methods(words: str) -> None:
    with op.batch_alter_table("signature", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_signature_method_known"), type_="check")
        batch_op.create_check_constraint(op.f("ck_signature_method_known"), words)

"""Which text of the release's rules an edition of the partnership's own stands on.

Until now each edition of the release had one text. What was handed over or authorised stands on that one.

Revision: 0016, after 0015.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

FIRST_TEXT = {
    "2009": "fd1cf523967f1173139b0376fb15efe7ac06c1c82ba0a405be8abac27593d409",
    "2026": "29d6f9c26194c2f8544131186105c0c48cff3b19465b1c98d60977b0fd25f223",
}


def upgrade() -> None:
    """Add the hash, and fill it where the words of an edition are fixed."""
    with op.batch_alter_table("agreement_edition", schema=None) as batch_op:
        batch_op.add_column(sa.Column("rules_sha256", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=True))
    edition = sa.table("agreement_edition", sa.column("rules"), sa.column("state"), sa.column("rules_sha256"))
    for rules, sha256 in FIRST_TEXT.items():
        fixed = edition.c.state.in_(["handed", "authorised"])
        op.execute(edition.update().where(edition.c.rules == rules, fixed).values(rules_sha256=sha256))


def downgrade() -> None:
    """Take the hash away."""
    with op.batch_alter_table("agreement_edition", schema=None) as batch_op:
        batch_op.drop_column("rules_sha256")

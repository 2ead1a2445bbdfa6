"""Public tables over several quarters, a year say.

Revision: 0034, after 0033.
"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

_FIELDS = ("rows_field", "columns_field")
_WHERE = {"sqlite_where": sa.text("status = 'published'"), "postgresql_where": sa.text("status = 'published'")}


def upgrade() -> None:
    """Say of each table how many quarters it counts; one of before counts one."""
    op.drop_index("one_public_table", "published_table")
    op.add_column("published_table", sa.Column("quarters", sa.Integer(), nullable=False, server_default=sa.text("1")))
    with op.batch_alter_table("published_table") as batch:
        batch.alter_column("quarters", server_default=None)
        for name in ("sent_by", "not_sent_by"):
            batch.alter_column(name, type_=sa.String(length=40_000), existing_nullable=False)
        batch.create_check_constraint("publication_quarters_follow", "quarters BETWEEN 1 AND 8")
    op.create_index(
        "one_public_table", "published_table", ["data_set", "quarter", "quarters", *_FIELDS], unique=True, **_WHERE
    )


def downgrade() -> None:
    """Forget it; a table over several quarters cannot be told from one of its last, so it goes."""
    op.execute("DELETE FROM published_table WHERE quarters > 1")
    op.drop_index("one_public_table", "published_table")
    with op.batch_alter_table("published_table") as batch:
        batch.drop_constraint("publication_quarters_follow", type_="check")
        for name in ("sent_by", "not_sent_by"):
            batch.alter_column(name, type_=sa.String(length=4000), existing_nullable=False)
        batch.drop_column("quarters")
    op.create_index("one_public_table", "published_table", ["data_set", "quarter", *_FIELDS], unique=True, **_WHERE)

"""Who keeps an entry of the restricted appendix, for as many actions as need it.

Revision: 0036, after 0035.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

_TABLE = "meeting_entry_keeper"
_TEXT = sqlmodel.sql.sqltypes.AutoString


def upgrade() -> None:
    """Give keeping a table of its own, and take over who kept what for one action."""
    op.create_table(
        _TABLE,
        sa.Column("said_id", _TEXT(length=32), nullable=False),
        sa.Column("line_id", _TEXT(length=32), nullable=False),
        sa.Column("action_id", _TEXT(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["said_id", "line_id"],
            ["meeting_said_reader.said_id", "meeting_said_reader.line_id"],
            name="keeps_what_they_read",
        ),
        sa.ForeignKeyConstraint(["action_id"], ["meeting_action.id"]),
        sa.PrimaryKeyConstraint("said_id", "line_id", "action_id"),
    )
    op.create_index(op.f(f"ix_{_TABLE}_action_id"), _TABLE, ["action_id"], unique=False)
    op.execute(
        f"INSERT INTO {_TABLE} (said_id, line_id, action_id) SELECT said_id, line_id, action_id FROM meeting_said_reader"
        " WHERE action_id IS NOT NULL"
    )


def downgrade() -> None:
    """Forget it."""
    op.drop_table(_TABLE)

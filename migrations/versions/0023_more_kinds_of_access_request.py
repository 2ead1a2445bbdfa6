"""Two more kinds of access request: environmental information, and Part 3 of the Data Protection Act 2018.

Revision: 0023, after 0022.
"""

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_KIND = "ck_access_request_known_kind"
_OLD_LONGER = "ck_access_request_only_subject_access_is_extended"
_LONGER = "ck_access_request_only_where_law_gives_time"


def upgrade() -> None:
    """Let the log hold the two kinds, and environmental information take longer."""
    with op.batch_alter_table("access_request", schema=None) as batch_op:
        batch_op.drop_constraint(op.f(_KIND), type_="check")
        batch_op.create_check_constraint(op.f(_KIND), "kind IN ('foi','eir','subject_access','law_enforcement')")
        batch_op.drop_constraint(op.f(_OLD_LONGER), type_="check")
        batch_op.create_check_constraint(op.f(_LONGER), "extended_to IS NULL OR kind IN ('subject_access','eir')")


def downgrade() -> None:
    """Go back to two kinds; refused by the constraint while the log holds another."""
    with op.batch_alter_table("access_request", schema=None) as batch_op:
        batch_op.drop_constraint(op.f(_LONGER), type_="check")
        batch_op.create_check_constraint(op.f(_OLD_LONGER), "extended_to IS NULL OR kind = 'subject_access'")
        batch_op.drop_constraint(op.f(_KIND), type_="check")
        batch_op.create_check_constraint(op.f(_KIND), "kind IN ('foi','subject_access')")

"""Why a return was withdrawn, why a data set is not sent and how a fact was checked: typed words, from now on under seal.

Revision: 0037, after 0036.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import context, op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

# table -> the column that is sealed, how long its text could be, and whether a row may be without one
_COLUMNS = {
    "quarterly_return": ("ended_reason", 500, True),
    "not_provided": ("reason", 300, False),
    "confirmed_fact": ("how", 1000, False),
}
_CHECK = "ck_not_provided_has_a_reason"  # a sealed text is never empty


def upgrade() -> None:
    """Seal what was typed, each for its place."""
    with op.batch_alter_table("not_provided") as batch:
        batch.drop_constraint(op.f(_CHECK), type_="check")
    for table, (column, length, may_lack) in _COLUMNS.items():
        kept = _kept(table, column)
        with op.batch_alter_table(table) as batch:
            batch.alter_column(
                column,
                existing_type=sqlmodel.sql.sqltypes.AutoString(length=length),
                type_=sa.LargeBinary(),
                existing_nullable=False,
                nullable=may_lack,
                postgresql_using=f"convert_to({column}, 'UTF8')",
            )
        for row_id, words in kept:
            place = f"{table}.{column}:{row_id}"
            _put(table, column, row_id, _vault().seal_text(words, place) if words else None)


def downgrade() -> None:
    """Keep them in clear again."""
    for table, (column, length, _) in _COLUMNS.items():
        kept = _kept(table, column)
        with op.batch_alter_table(table) as batch:
            batch.alter_column(
                column,
                existing_type=sa.LargeBinary(),
                type_=sqlmodel.sql.sqltypes.AutoString(length=length),
                nullable=True,
                postgresql_using="''",
            )
        for row_id, sealed in kept:
            _put(table, column, row_id, _vault().open_text(sealed, f"{table}.{column}:{row_id}") if sealed else "")
        with op.batch_alter_table(table) as batch:
            batch.alter_column(
                column, existing_type=sqlmodel.sql.sqltypes.AutoString(length=length), nullable=False
            )
    with op.batch_alter_table("not_provided") as batch:
        batch.create_check_constraint(op.f(_CHECK), "reason <> ''")


def _vault():
    """The portal's keys, with which the store was opened."""
    return context.config.attributes["vault"]


def _kept(table, column):
    return [tuple(row) for row in op.get_bind().execute(sa.select(sa.column("id"), sa.column(column)).select_from(sa.table(table)))]


def _put(table, column, row_id, value):
    changed = sa.table(table, sa.column("id"), sa.column(column))
    op.get_bind().execute(sa.update(changed).where(changed.c.id == row_id).values({column: value}))

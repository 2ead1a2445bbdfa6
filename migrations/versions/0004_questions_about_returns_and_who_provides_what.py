"""Questions about returns and who provides what.

Revision: 0004, after 0003.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "not_provided",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("organisation_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("data_set", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column("said_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("said_by_name", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("ended_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("ended_by_name", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_not_provided_has_a_reason")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_not_provided_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_not_provided")),
    )
    with op.batch_alter_table("not_provided", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_not_provided_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(
            "one_not_provided",
            ["organisation_id", "data_set"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "return_query",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("return_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("organisation_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("data_set", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("quarter", sqlmodel.sql.sqltypes.AutoString(length=7), nullable=False),
        sa.Column("asked_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("waits_for_officer", sa.Boolean(), nullable=False),
        sa.Column("turn_since", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("closed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("closed_why", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=True),
        sa.Column("closed_by_name", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("corrected_by", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.CheckConstraint(
            "closed_why IN ('explained', 'corrected', 'withdrawn', 'dropped')",
            name=op.f("ck_return_query_closing_is_known"),
        ),
        sa.CheckConstraint("(closed_at IS NULL) = (closed_why IS NULL)", name=op.f("ck_return_query_closing_is_whole")),
        sa.ForeignKeyConstraint(["corrected_by"], ["quarterly_return.id"], name=op.f("fk_return_query_corrected_by")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_return_query_organisation_id")),
        sa.ForeignKeyConstraint(["return_id"], ["quarterly_return.id"], name=op.f("fk_return_query_return_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_query")),
        sa.UniqueConstraint("key", name=op.f("uq_return_query_key")),
    )
    with op.batch_alter_table("return_query", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_return_query_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_return_query_return_id"), ["return_id"], unique=False)
        batch_op.create_index(
            "one_open_query",
            ["organisation_id", "data_set", "quarter"],
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )

    op.create_table(
        "return_query_word",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("query_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("by_id", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("by_name", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("from_officer", sa.Boolean(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["query_id"], ["return_query.id"], name=op.f("fk_return_query_word_query_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_query_word")),
        sa.UniqueConstraint("query_id", "number", name="one_word_a_number"),
    )
    with op.batch_alter_table("return_query_word", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_return_query_word_query_id"), ["query_id"], unique=False)


def downgrade() -> None:
    """Drop the tables."""
    with op.batch_alter_table("return_query_word", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_return_query_word_query_id"))

    op.drop_table("return_query_word")
    with op.batch_alter_table("return_query", schema=None) as batch_op:
        batch_op.drop_index(
            "one_open_query", sqlite_where=sa.text("closed_at IS NULL"), postgresql_where=sa.text("closed_at IS NULL")
        )
        batch_op.drop_index(batch_op.f("ix_return_query_return_id"))
        batch_op.drop_index(batch_op.f("ix_return_query_organisation_id"))

    op.drop_table("return_query")
    with op.batch_alter_table("not_provided", schema=None) as batch_op:
        batch_op.drop_index(
            "one_not_provided", sqlite_where=sa.text("ended_at IS NULL"), postgresql_where=sa.text("ended_at IS NULL")
        )
        batch_op.drop_index(batch_op.f("ix_not_provided_organisation_id"))

    op.drop_table("not_provided")

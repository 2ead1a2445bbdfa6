"""Editions that the partnership words itself, who authorised them, and who was asked to sign again.

Revision: 0006, after 0005.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Put it in place."""
    op.create_table(
        "agreement_edition",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("rules", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("based_on", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("change", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("blanks", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("force_from", sa.Date(), nullable=True),
        sa.Column("state", sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=True),
        sa.Column("begun_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("begun_by", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("changed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("handed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("authorised_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "(state = 'authorised') = (authorised_at IS NOT NULL)",
            name=op.f("ck_agreement_edition_authorised_is_whole"),
        ),
        sa.CheckConstraint(
            "state IN ('draft','handed','authorised','dropped')", name=op.f("ck_agreement_edition_state_known")
        ),
        sa.CheckConstraint(
            "state NOT IN ('handed','authorised') OR (sha256 IS NOT NULL AND force_from IS NOT NULL)",
            name=op.f("ck_agreement_edition_handed_fixed"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_edition")),
    )
    with op.batch_alter_table("agreement_edition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreement_edition_force_from"), ["force_from"], unique=False)
        batch_op.create_index(
            "one_open_draft",
            ["rules"],
            unique=True,
            sqlite_where=sa.text("state IN ('draft','handed')"),
            postgresql_where=sa.text("state IN ('draft','handed')"),
        )

    op.create_table(
        "edition_decision",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("edition_id", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("decision", sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("by", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("by_name", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("role", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.CheckConstraint(
            "(decision = 'sent back') = (words IS NOT NULL)", name=op.f("ck_edition_decision_sent_back_with_reason")
        ),
        sa.CheckConstraint("decision IN ('authorised','sent back')", name=op.f("ck_edition_decision_decision_known")),
        sa.ForeignKeyConstraint(["edition_id"], ["agreement_edition.id"], name=op.f("fk_edition_decision_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition_decision")),
        sa.UniqueConstraint("edition_id", "round", "by", name="one_answer_a_person"),
    )
    with op.batch_alter_table("edition_decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_edition_decision_edition_id"), ["edition_id"], unique=False)

    op.create_table(
        "edition_writer",
        sa.Column("edition_id", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("account_id", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["agreement_edition.id"], name=op.f("fk_edition_writer_edition_id")),
        sa.PrimaryKeyConstraint("edition_id", "account_id", name=op.f("pk_edition_writer")),
    )
    op.create_table(
        "signing_asked",
        sa.Column("edition", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("organisation_id", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("asked_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_signing_asked_organisation_id")
        ),
        sa.PrimaryKeyConstraint("edition", "organisation_id", name=op.f("pk_signing_asked")),
    )


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("signing_asked")
    op.drop_table("edition_writer")
    with op.batch_alter_table("edition_decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_edition_decision_edition_id"))

    op.drop_table("edition_decision")
    with op.batch_alter_table("agreement_edition", schema=None) as batch_op:
        batch_op.drop_index(
            "one_open_draft",
            sqlite_where=sa.text("state IN ('draft','handed')"),
            postgresql_where=sa.text("state IN ('draft','handed')"),
        )
        batch_op.drop_index(batch_op.f("ix_agreement_edition_force_from"))

    op.drop_table("agreement_edition")

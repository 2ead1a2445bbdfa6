"""What becomes of an answer, and data without names.

Revision: 0002, after 0001.
"""

from datetime import timedelta

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_YEARS = 6  # as long as answers were kept where nobody had set another time


def _copies_of_answers_given_before() -> None:
    """Give each answer that shared something its line: not confirmed yet, and kept as long as the holder keeps it."""
    at = op.get_bind()
    shared = at.execute(
        sa.text(
            "SELECT d.request_id, d.decided_at, k.years FROM decision d"
            " JOIN information_request r ON r.id = d.request_id"
            " LEFT JOIN keeping_time k ON k.organisation_id = r.holding_organisation_id"
            " WHERE d.outcome <> 'refuse'"
        ).columns(decided_at=sqlmodel.sql.sqltypes.UTCDateTime())
    ).all()
    copies = sa.table(
        "recipient_copy",
        *(sa.column(name) for name in ("request_id", "status", "gone_how", "certificate_sha256")),
        sa.column("turn_since", sqlmodel.sql.sqltypes.UTCDateTime()),
        sa.column("keep_until", sa.Date()),
    )
    for request_id, decided_at, years in shared:
        row = {
            "request_id": request_id,
            "status": "unconfirmed",
            "gone_how": "",
            "certificate_sha256": "",
            "turn_since": decided_at,
            "keep_until": decided_at.date() + timedelta(days=365 * (years or _YEARS)),
        }
        at.execute(copies.insert().values(**row))


def upgrade() -> None:
    """Add the tables and columns."""
    op.create_table(
        "answer_note",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("request_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=10), nullable=False),
        sa.Column("by_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("by_name", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("kind IN ('trouble','remedy')", name=op.f("ck_answer_note_known_kind")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_answer_note_by_id")),
        sa.ForeignKeyConstraint(["request_id"], ["information_request.id"], name=op.f("fk_answer_note_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_note")),
        sa.UniqueConstraint("request_id", "number", name="answer_note_one_at_a_time"),
    )
    with op.batch_alter_table("answer_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answer_note_request_id"), ["request_id"], unique=False)

    op.create_table(
        "longer_keeping",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("request_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("asked_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("asked_by", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("objected_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("objected_by", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=True),
        sa.Column("objection", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "(objected_at IS NULL) = (objected_by IS NULL)", name=op.f("ck_longer_keeping_objection_is_whole")
        ),
        sa.ForeignKeyConstraint(["request_id"], ["information_request.id"], name=op.f("fk_longer_keeping_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_longer_keeping")),
        sa.UniqueConstraint("request_id", "number", name="longer_keeping_one_at_a_time"),
    )
    with op.batch_alter_table("longer_keeping", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_longer_keeping_request_id"), ["request_id"], unique=False)

    op.create_table(
        "nameless_request",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("reference", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("asking_organisation_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("holding_organisation_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("requester_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("after_request_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("status", sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False),
        sa.Column("detail", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("wanted_by", sa.Date(), nullable=False),
        sa.Column("sent_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("turn_since", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("reminded_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("answered_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("answered_by_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("answered_by", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.Column("withdrawn_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "(status = 'withdrawn') = (withdrawn_at IS NOT NULL)", name=op.f("ck_nameless_request_withdrawn_says_when")
        ),
        sa.CheckConstraint(
            "(status IN ('answered','declined')) = (answered_at IS NOT NULL)",
            name=op.f("ck_nameless_request_answer_says_when"),
        ),
        sa.CheckConstraint(
            "status IN ('waiting','answered','declined','withdrawn')", name=op.f("ck_nameless_request_known_status")
        ),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (answered_by_id IS NULL)", name=op.f("ck_nameless_request_answer_says_who")
        ),
        sa.CheckConstraint(
            "asking_organisation_id <> holding_organisation_id", name=op.f("ck_nameless_request_asks_another")
        ),
        sa.ForeignKeyConstraint(
            ["after_request_id"], ["information_request.id"], name=op.f("fk_nameless_request_after_request_id")
        ),
        sa.ForeignKeyConstraint(["answered_by_id"], ["account.id"], name=op.f("fk_nameless_request_answered_by_id")),
        sa.ForeignKeyConstraint(
            ["asking_organisation_id"], ["organisation.id"], name=op.f("fk_nameless_request_asking_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["holding_organisation_id"], ["organisation.id"], name=op.f("fk_nameless_request_holding_organisation_id")
        ),
        sa.ForeignKeyConstraint(["requester_id"], ["account.id"], name=op.f("fk_nameless_request_requester_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nameless_request")),
        sa.UniqueConstraint("key", name=op.f("uq_nameless_request_key")),
        sa.UniqueConstraint("reference", name=op.f("uq_nameless_request_reference")),
    )
    with op.batch_alter_table("nameless_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_nameless_request_requester_id"), ["requester_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_nameless_request_sent_at"), ["sent_at"], unique=False)
        batch_op.create_index("nameless_asked_by", ["asking_organisation_id", "status"], unique=False)
        batch_op.create_index("nameless_held_by", ["holding_organisation_id", "status"], unique=False)

    op.create_table(
        "passing_on",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("request_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("originator_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("receiver_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("gateway", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("status", sqlmodel.sql.sqltypes.AutoString(length=10), nullable=False),
        sa.Column("asked_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("asked_by_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("asked_by", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("reminded_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("answered_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("answered_by_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("answered_by", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "(status IN ('yes','no')) = (answered_at IS NOT NULL)", name=op.f("ck_passing_on_answer_says_when")
        ),
        sa.CheckConstraint("status IN ('waiting','yes','no','lapsed')", name=op.f("ck_passing_on_known_status")),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (answered_by_id IS NULL)", name=op.f("ck_passing_on_answer_says_who")
        ),
        sa.ForeignKeyConstraint(["answered_by_id"], ["account.id"], name=op.f("fk_passing_on_answered_by_id")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["account.id"], name=op.f("fk_passing_on_asked_by_id")),
        sa.ForeignKeyConstraint(["originator_id"], ["organisation.id"], name=op.f("fk_passing_on_originator_id")),
        sa.ForeignKeyConstraint(["receiver_id"], ["organisation.id"], name=op.f("fk_passing_on_receiver_id")),
        sa.ForeignKeyConstraint(["request_id"], ["information_request.id"], name=op.f("fk_passing_on_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passing_on")),
        sa.UniqueConstraint("request_id", "key", "originator_id", name="passing_on_asked_once"),
    )
    with op.batch_alter_table("passing_on", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_passing_on_originator_id"), ["originator_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_passing_on_request_id"), ["request_id"], unique=False)

    op.create_table(
        "recipient_copy",
        sa.Column("request_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("status", sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False),
        sa.Column("turn_since", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("keep_until", sa.Date(), nullable=False),
        sa.Column("reminded_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("confirmed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("confirmed_by", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=True),
        sa.Column("gone_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("gone_by", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=True),
        sa.Column("gone_how", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("certificate_reference", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=True),
        sa.Column("certificate", sa.LargeBinary(), nullable=True),
        sa.Column("certificate_sha256", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.CheckConstraint("(status = 'gone') = (gone_at IS NOT NULL)", name=op.f("ck_recipient_copy_gone_says_when")),
        sa.CheckConstraint(
            "status <> 'held' OR confirmed_at IS NOT NULL", name=op.f("ck_recipient_copy_held_is_confirmed")
        ),
        sa.CheckConstraint(
            "status IN ('unconfirmed','wrong','held','gone')", name=op.f("ck_recipient_copy_known_status")
        ),
        sa.CheckConstraint(
            "(confirmed_at IS NULL) = (confirmed_by IS NULL)", name=op.f("ck_recipient_copy_receipt_is_whole")
        ),
        sa.CheckConstraint(
            "(gone_at IS NULL) = (certificate IS NULL)", name=op.f("ck_recipient_copy_gone_is_certified")
        ),
        sa.CheckConstraint("(gone_at IS NULL) = (gone_by IS NULL)", name=op.f("ck_recipient_copy_gone_says_who")),
        sa.ForeignKeyConstraint(["request_id"], ["information_request.id"], name=op.f("fk_recipient_copy_request_id")),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_recipient_copy")),
        sa.UniqueConstraint("certificate_reference", name=op.f("uq_recipient_copy_certificate_reference")),
    )
    with op.batch_alter_table("recipient_copy", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recipient_copy_keep_until"), ["keep_until"], unique=False)

    op.create_table(
        "nameless_file",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("request_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=10), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["request_id"], ["nameless_request.id"], name=op.f("fk_nameless_file_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nameless_file")),
        sa.UniqueConstraint("request_id", "number", name="nameless_file_one_at_a_time"),
    )
    with op.batch_alter_table("nameless_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_nameless_file_request_id"), ["request_id"], unique=False)

    op.add_column("draft", sa.Column("warned_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))

    # Added as it stands: SQLite would otherwise make the table anew, and lose its checks.
    op.execute(
        "ALTER TABLE information_request ADD COLUMN assigned_to_id VARCHAR"
        " CONSTRAINT fk_information_request_assigned_to_id REFERENCES account (id)"
    )
    _copies_of_answers_given_before()

    op.add_column("urgent_record", sa.Column("escalated_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))


def downgrade() -> None:
    """Take them away again."""
    op.drop_column("urgent_record", "escalated_at")
    op.execute("ALTER TABLE information_request DROP COLUMN assigned_to_id")
    op.drop_column("draft", "warned_at")

    with op.batch_alter_table("nameless_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_nameless_file_request_id"))

    op.drop_table("nameless_file")
    with op.batch_alter_table("recipient_copy", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recipient_copy_keep_until"))

    op.drop_table("recipient_copy")
    with op.batch_alter_table("passing_on", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_passing_on_request_id"))
        batch_op.drop_index(batch_op.f("ix_passing_on_originator_id"))

    op.drop_table("passing_on")
    with op.batch_alter_table("nameless_request", schema=None) as batch_op:
        batch_op.drop_index("nameless_held_by")
        batch_op.drop_index("nameless_asked_by")
        batch_op.drop_index(batch_op.f("ix_nameless_request_sent_at"))
        batch_op.drop_index(batch_op.f("ix_nameless_request_requester_id"))

    op.drop_table("nameless_request")
    with op.batch_alter_table("longer_keeping", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_longer_keeping_request_id"))

    op.drop_table("longer_keeping")
    with op.batch_alter_table("answer_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answer_note_request_id"))

    op.drop_table("answer_note")

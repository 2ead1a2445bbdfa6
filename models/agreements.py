"""The agreement's life: signatures, their sealed copies, what an organisation's standing was when, and notices (s14, s16)."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, LargeBinary, text
from sqlmodel import Field

from models.base import SQLModel


class SignedWords(SQLModel, table=True):
    """The exact words that somebody signed: an edition, and how the partnership's blanks were filled that day."""

    __tablename__ = "signed_words"

    sha256: str = Field(primary_key=True, max_length=64, description="over the edition's hash and the filled blanks")
    edition: str = Field(max_length=20)
    edition_sha256: str = Field(max_length=64)
    blanks: str = Field(description="JSON: placeholder key -> value")


class Signature(SQLModel, table=True):
    """One organisation's signature to one edition. Who signed is sealed: no column here names a person."""

    __table_args__ = (
        CheckConstraint("status IN ('waiting','asked','confirmed','declined')", name="status_known"),
        CheckConstraint("method IN ('typed','drawn','paper')", name="method_known"),
        CheckConstraint("(method = 'drawn') = (drawing IS NOT NULL)", name="drawing_is_whole"),
        CheckConstraint("(decided_at IS NULL) = (decided_by IS NULL)", name="decision_is_whole"),
        CheckConstraint("(status = 'waiting') = (decided_at IS NULL)", name="waiting_is_undecided"),
        CheckConstraint("status <> 'declined' OR ended_at IS NOT NULL", name="declined_is_over"),
        CheckConstraint("(email_checked_at IS NULL) = (email_checked_how = '')", name="email_check_is_whole"),
        CheckConstraint("status <> 'confirmed' OR email_checked_at IS NOT NULL", name="confirmed_with_email"),
        Index(
            "one_signature_per_edition",
            "organisation_id",
            "edition",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: str = Field(primary_key=True, max_length=32)
    reference: str = Field(unique=True, max_length=20)
    draft_id: str = Field(unique=True, max_length=32, description="a second click finds the first one's signature")
    organisation_id: str = Field(foreign_key="organisation.id", index=True)
    edition: str = Field(max_length=20)
    text_sha256: str = Field(max_length=64, description="the edition's hash as it was first shown")
    words_sha256: str = Field(foreign_key="signed_words.sha256", max_length=64)
    signer: bytes = Field(sa_type=LargeBinary, description="sealed JSON: name, position, email, typed")
    email_hash: str = Field(max_length=64, index=True, description="keyed hash of the signer's address")
    method: str = Field(max_length=10)
    drawing: bytes | None = Field(default=None, sa_type=LargeBinary, description="sealed PNG")
    email_checked_at: datetime | None = None
    email_checked_how: str = Field(default="", max_length=20, description="code, link, account or manager")
    signed_at: datetime = Field(index=True)
    signed_by: str = Field(max_length=64, description="an account's id, or public")
    audit_head: str = Field(max_length=64, description="the record's hash at the moment of signing")
    status: str = Field(default="waiting", max_length=12, index=True)
    decided_at: datetime | None = None
    decided_by: str | None = Field(default=None, max_length=64)
    decided_by_name: str | None = Field(default=None, max_length=200)
    decision_words: bytes | None = Field(
        default=None, sa_type=LargeBinary, description="sealed: how checked, or why not"
    )
    ended_at: datetime | None = None


class PaperScan(SQLModel, table=True):
    """The scan of an agreement that was signed on paper, sealed."""

    __tablename__ = "paper_scan"
    __table_args__ = (CheckConstraint("kind IN ('pdf','png','jpeg')", name="kind_known"),)

    signature_id: str = Field(primary_key=True, foreign_key="signature.id", max_length=32)
    kind: str = Field(max_length=5)
    size: int
    scan: bytes = Field(sa_type=LargeBinary, description="sealed, without what a camera or an author wrote into it")
    recorded_at: datetime
    recorded_by_name: str = Field(max_length=200)


class SignedCopy(SQLModel, table=True):
    """The sealed PDF of a signature or a notice, kept so that it is the same file each time."""

    __tablename__ = "signed_copy"

    subject: str = Field(primary_key=True, max_length=64, description="signature:<id> or notice:<id>")
    pdf: bytes = Field(sa_type=LargeBinary, description="sealed at rest")
    sha256: str = Field(index=True, max_length=64)
    made_at: datetime


class Standing(SQLModel, table=True):
    """What an organisation's standing was from one moment to another; an open end means that it still is."""

    __table_args__ = (
        CheckConstraint("status IN ('signed','suspended','left')", name="status_known"),
        CheckConstraint("ends_at IS NULL OR ends_at >= begins_at", name="ends_after_it_begins"),
        Index(
            "one_standing_now",
            "organisation_id",
            unique=True,
            sqlite_where=text("ends_at IS NULL"),
            postgresql_where=text("ends_at IS NULL"),
        ),
        Index("standing_when", "organisation_id", "begins_at", "ends_at", "status", "edition"),
    )

    id: str = Field(primary_key=True, max_length=32)
    organisation_id: str = Field(foreign_key="organisation.id")
    signature_id: str = Field(foreign_key="signature.id")
    notice_id: str | None = Field(default=None, foreign_key="notice.id")
    edition: str = Field(max_length=20)
    status: str = Field(max_length=12)
    since: datetime = Field(description="the moment shown to people: the signing, or the notice")
    begins_at: datetime = Field(description="from when the register shows it")
    ends_at: datetime | None = None


class Notice(SQLModel, table=True):
    """A notice to the Chair by which an organisation stops for now, starts again or leaves (s14)."""

    __table_args__ = (CheckConstraint("kind IN ('suspension','lifting','withdrawal')", name="kind_known"),)

    id: str = Field(primary_key=True, max_length=32)
    reference: str = Field(unique=True, max_length=20)
    key: str = Field(unique=True, max_length=64, description="made when the form was first shown: a repeat is the same")
    organisation_id: str = Field(foreign_key="organisation.id", index=True)
    kind: str = Field(max_length=12)
    edition: str = Field(max_length=20)
    words: bytes = Field(sa_type=LargeBinary, description="sealed JSON: reason, evidence, name, position, chair")
    given_at: datetime
    given_by: str = Field(max_length=64)


class EmailCode(SQLModel, table=True):
    """A code and a link sent to a signer's address; both are kept only as hashes, and the address too."""

    __tablename__ = "email_code"

    id: str = Field(primary_key=True, max_length=32)
    draft_id: str = Field(index=True, max_length=32)
    address_hash: str = Field(max_length=64)
    code_hash: str = Field(max_length=64)
    link_hash: str = Field(unique=True, max_length=64)
    sent_at: datetime
    expires_at: datetime
    link_expires_at: datetime
    tries: int = 0
    used_at: datetime | None = None
    ended_at: datetime | None = None

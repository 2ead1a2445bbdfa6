"""The undertaking that somebody signed: written once, kept sealed, and found again by what its holder holds (s10, App 2)."""

from sqlmodel import Session, col, or_, select

from models.meetings import KnownPhone, Undertaking
from portal.agreement.register.organisations import organisation_named
from portal.documents.layout.pictures import hand_drawn
from portal.ground.act import Act
from portal.ground.wording import new_id, today
from portal.meetings.check_in.attendees import AttendeeDetails, sealed
from portal.record.audit import record
from portal.record.events import Event
from portal.rules.edition.edition_type import Edition
from portal.rules.edition.editions import edition_in_force, same_promise


def words_in_force(act: Act) -> Edition:
    """Give the edition whose statement is signed at this moment."""
    return edition_in_force(today(act.at))


def latest(session: Session, holder: str) -> Undertaking | None:
    """Find the newest undertaking of whoever holds a secret, by its hash: the phone that signed, or one known since."""
    since = select(KnownPhone.undertaking_id).where(KnownPhone.holder_hash == holder)
    return session.exec(
        select(Undertaking)
        .where(or_(col(Undertaking.holder_hash) == holder, col(Undertaking.id).in_(since)))
        .order_by(col(Undertaking.signed_at).desc())
    ).first()


def email_mark(act: Act, email: str) -> str:
    """Give the keyed hash by which undertakings are found that were signed with an address."""
    return act.store.vault.keyed_hash(f"door-email:{email.strip().lower()}")


def undertake(session: Session, by: Act, meeting_id: str, holder: str, signer: AttendeeDetails) -> Undertaking:
    """Write the undertaking of this holder, or give the one that they signed in these words already."""
    edition = words_in_force(by)
    found = latest(session, holder)
    if found is not None and found.edition_hash in same_promise(edition):
        return found
    row = new_undertaking(session, by, meeting_id, holder, signer)
    session.add(row)
    session.flush()
    record(
        session,
        by,
        Event.UNDERTAKING_SIGNED,
        f"meeting:{meeting_id}",
        organisation_id=row.organisation_id,
        undertaking=row.id,
        edition=edition.id,
        edition_hash=edition.hash,
    )
    return row


def new_undertaking(session: Session, by: Act, meeting_id: str, holder: str, signer: AttendeeDetails) -> Undertaking:
    """Make the row of an undertaking in the words in force, with what names its signer sealed."""
    edition, row_id = words_in_force(by), new_id()
    organisation = None if signer.myself else organisation_named(session, signer.organisation)
    return Undertaking(
        id=row_id,
        meeting_id=meeting_id,
        holder_hash=holder,
        person=sealed(by, row_id, signer),
        drawing=_drawing(by, row_id, signer),
        email_hash=email_mark(by, signer.email) if signer.email else None,
        organisation_id=organisation.id if organisation else None,
        kind=organisation.kind if organisation else "",
        edition=edition.id,
        edition_hash=edition.hash,
        signed_at=by.at,
    )


def drawing_of(act: Act, row: Undertaking) -> bytes | None:
    """Open the signature that was drawn with a finger, as a PNG; None where it was typed."""
    return act.store.vault.open(row.drawing, f"undertaking.drawing:{row.id}") if row.drawing else None


def _drawing(by: Act, row_id: str, signer: AttendeeDetails) -> bytes | None:
    picture = hand_drawn(signer.drawing) if signer.drawing else None
    return by.store.vault.seal(picture, f"undertaking.drawing:{row_id}") if picture else None

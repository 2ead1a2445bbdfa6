"""Who has not signed the edition in force yet, and the letters that ask them to (clauses s13.agreement-review, cover.versions)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from models.agreements import Signature, Standing
from models.editions import SigningAsked
from models.organisations import Organisation
from portal.accounts.holders import addresses_of
from portal.agreement.addresses import address_in
from portal.agreement.editions.current import KnownEdition, in_force, known_editions
from portal.agreement.errors import EditionStateError
from portal.agreement.notices.standing import SignatoryStatus, take_turn
from portal.agreement.reach import Reach
from portal.agreement.signing.evidence import open_signer
from portal.ground.access import Permission, allow
from portal.ground.act import Act, Role
from portal.ground.database import reading, transaction
from portal.ground.errors import NotFoundError
from portal.ground.wording import day, today
from portal.record.audit import record
from portal.record.events import Event
from portal.record.letters import notify

AGAIN_AFTER = timedelta(days=28)  # between the letters that go by themselves
MOST_LETTERS = 3  # that go by themselves; after these a person should telephone
_BY_HAND_AFTER = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class EarlierEditionSignatory:
    """An organisation that has signed another edition than the one in force."""

    organisation_id: str
    organisation: str
    slug: str
    status: SignatoryStatus
    edition: str
    since: date
    waits: bool  # its new signature waits for the manager's check
    asked_at: datetime | None
    times: int


def behind(act: Act) -> list[EarlierEditionSignatory]:
    """List who has not signed the edition in force, by name."""
    allow(act, Permission.CONFIRM_SIGNATURES)
    with reading(act.store.engine) as session:
        newest = in_force(session, today(act.at))
        titles = {one.id: one.edition.about.short_title for one in known_editions(session)}
        return [
            EarlierEditionSignatory(
                organisation_id=organisation.id,
                organisation=organisation.name,
                slug=organisation.slug,
                status=SignatoryStatus(standing.status),
                edition=titles.get(standing.edition, standing.edition),
                since=today(standing.since),
                waits=_waits(session, organisation.id, newest.id),
                asked_at=asked.asked_at if asked else None,
                times=asked.times if asked else 0,
            )
            for standing, organisation, asked in _rows(session, newest.id)
        ]


def remind(act: Act, organisation_id: str, reach: Reach) -> None:
    """Ask one organisation by letter to sign again; once a day at most. Raises EditionStateError, NotFoundError."""
    allow(act, Permission.CONFIRM_SIGNATURES)
    with transaction(act.store.engine) as session:
        take_turn(session)
        newest = in_force(session, today(act.at))
        found = next((one for one in _rows(session, newest.id) if one[1].id == organisation_id), None)
        if found is None:
            raise NotFoundError("This organisation has signed the edition in force.")
        asked = found[2]
        if asked is not None and act.at - asked.asked_at < _BY_HAND_AFTER:
            raise EditionStateError(f"A letter went on {day(asked.asked_at)}. Wait a day before the next.")
        if not _ask(session, act, found, newest, reach):
            raise EditionStateError("The portal has no address for this organisation. Ask it another way.")


def ask_who_is_behind(act: Act, reach: Reach) -> int:
    """Ask everybody who must sign again: on the day the edition takes force, then every four weeks, three times in all.

    Returns how many organisations were asked. Safe to run at any time, and twice.
    """
    with transaction(act.store.engine) as session:
        take_turn(session)
        newest = in_force(session, today(act.at))
        due = [one for one in _rows(session, newest.id) if _is_due(session, act, one, newest)]
        return sum(_ask(session, act, one, newest, reach) for one in due)


_Row = tuple[Standing, Organisation, SigningAsked | None]


def _rows(session: Session, newest: str) -> list[_Row]:
    rows = session.exec(
        select(Standing, Organisation, SigningAsked)
        .join(Organisation, col(Organisation.id) == col(Standing.organisation_id))
        .join(
            SigningAsked,
            (col(SigningAsked.organisation_id) == col(Standing.organisation_id)) & (SigningAsked.edition == newest),
            isouter=True,
        )
        .where(
            col(Standing.ends_at).is_(None), Standing.status != SignatoryStatus.LEFT.value, Standing.edition != newest
        )
        .order_by(col(Organisation.search_name))
    ).all()
    return [(standing, organisation, asked) for standing, organisation, asked in rows]


def _is_due(session: Session, act: Act, row: _Row, newest: KnownEdition) -> bool:
    standing, organisation, asked = row
    if standing.status != SignatoryStatus.SIGNED.value or _waits(session, organisation.id, newest.id):
        return False  # who has stopped for now cannot sign, and who has signed waits for the manager
    return asked is None or (asked.times < MOST_LETTERS and act.at - asked.asked_at >= AGAIN_AFTER)


def _waits(session: Session, organisation_id: str, edition: str) -> bool:
    return (
        session.exec(
            select(Signature.id).where(
                Signature.organisation_id == organisation_id,
                Signature.edition == edition,
                col(Signature.ended_at).is_(None),
                col(Signature.status).in_(["waiting", "asked"]),
            )
        ).first()
        is not None
    )


def _ask(session: Session, act: Act, row: _Row, newest: KnownEdition, reach: Reach) -> bool:
    standing, organisation, asked = row
    titles = {one.id: one.edition.about.short_title for one in known_editions(session)}
    change = newest.edition.version_record[-1].change if newest.edition.rules_of else ""
    letters = notify(
        session,
        act,
        "sign-again",
        _addresses(session, act, standing, organisation),
        organisation=organisation.name,
        signed=titles.get(standing.edition, standing.edition),
        newest=newest.edition.about.short_title,
        changed=f"What changed: {change}\n\n" if change else "",
        link=reach.link("/sign"),
        about=f"sign:{organisation.id}",
    )
    if not letters:
        return False
    kept = asked or SigningAsked(edition=newest.id, organisation_id=organisation.id, asked_at=act.at, times=0)
    kept.asked_at, kept.times = act.at, kept.times + 1
    session.add(kept)
    record(
        session,
        act,
        Event.SIGNING_ASKED,
        f"organisation:{organisation.id}",
        organisation_id=organisation.id,
        edition=newest.id,
        letters=letters,
    )
    return True


def _addresses(session: Session, act: Act, standing: Standing, organisation: Organisation) -> set[str]:
    """Give who is asked: the last signer, the organisation's approvers, and its public address."""
    signature = session.get(Signature, standing.signature_id)
    signer = {open_signer(act.store, signature)["email"]} if signature is not None and signature.signer else set()
    approvers = addresses_of(session, Role.APPROVER, organisations=[organisation.id])
    return (signer | set(approvers) | {address_in(organisation.public_contact)}) - {""}

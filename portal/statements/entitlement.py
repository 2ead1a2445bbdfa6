"""Finding a statement: who may see it, its parties in their turn, its signatures. A foreign one looks like none."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from models.organisations import Organisation
from models.statements import SharingStatement, StatementParty, StatementSignature
from portal.ground.access import Permission, may
from portal.ground.act import Act, Role
from portal.ground.errors import NotFoundError
from portal.requests.participants import people_of
from portal.statements.papers.wording import StatementWords, words_from


@dataclass(frozen=True, kw_only=True)
class Party:
    """An organisation that a statement binds."""

    id: str
    name: str


@dataclass(frozen=True, kw_only=True)
class EntitledStatement:
    """A statement as it stands in the store, with all that acts on it rest on. `ours` is '' for officer and manager."""

    row: SharingStatement
    words: StatementWords
    parties: tuple[Party, ...]
    signatures: tuple[StatementSignature, ...]
    ours: str

    @property
    def next_party(self) -> Party | None:
        """Give the party whose turn it is to sign; None once all have."""
        signed = {one.organisation_id for one in self.signatures}
        return next((party for party in self.parties if party.id not in signed), None)


def find(session: Session, act: Act, statement_id: str, *, lock: bool = False) -> EntitledStatement:
    """Find a statement for one of its parties, or (once it was in force) for officer and manager. Raises NotFoundError."""
    query = select(SharingStatement).where(SharingStatement.id == statement_id)
    row = session.exec(query.with_for_update() if lock else query).first()
    if row is None:
        raise NotFoundError
    parties = parties_of(session, row.id)
    ours = own_party(act, parties)
    if not ours and not (row.in_force_at is not None and may(act.person, Permission.READ_ANY_STATEMENT)):
        raise NotFoundError
    live = session.exec(
        select(StatementSignature)
        .where(StatementSignature.statement_id == row.id, col(StatementSignature.voided_at).is_(None))
        .order_by(col(StatementSignature.signed_at))
    ).all()
    return EntitledStatement(row=row, words=open_words(act, row), parties=parties, signatures=tuple(live), ours=ours)


def find_own(session: Session, act: Act, statement_id: str, *, lock: bool = False) -> EntitledStatement:
    """Find a statement to which this person's organisation is a party. Raises NotFoundError."""
    found = find(session, act, statement_id, lock=lock)
    if not found.ours:
        raise NotFoundError
    return found


def own_party(act: Act, parties: tuple[Party, ...]) -> str:
    """Give the party that this person acts for, '' where there is none."""
    return next((one.id for one in parties if may(act.person, Permission.WRITE_STATEMENT, one.id)), "")


def parties_of(session: Session, statement_id: str) -> tuple[Party, ...]:
    """List a statement's parties in the order of signing."""
    rows = session.exec(
        select(Organisation.id, Organisation.name)
        .join(StatementParty, col(StatementParty.organisation_id) == col(Organisation.id))
        .where(StatementParty.statement_id == statement_id)
        .order_by(col(StatementParty.turn))
    ).all()
    return tuple(Party(id=id_, name=name) for id_, name in rows)


def open_words(act: Act, row: SharingStatement) -> StatementWords:
    """Open a statement's words."""
    return words_from(act.store.vault.open_text(row.words, place(row.id)))


def place(statement_id: str) -> str:
    """Name the place that a statement's words are sealed for."""
    return f"sharing_statement.words:{statement_id}"


def addresses(session: Session, parties: tuple[Party, ...], *roles: Role) -> list[str]:
    """List the addresses of the people who act for these parties."""
    return [account.email for party in parties for account in people_of(session, party.id, *roles)]

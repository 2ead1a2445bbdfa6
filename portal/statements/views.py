"""Reading statements: the register of those in force, one statement with whose turn it is, its paper and its history."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from models.statements import SharingStatement, StatementParty, StatementPost
from portal.agreement.errors import NotActiveError
from portal.agreement.notices.standing import require_active
from portal.ground.access import Permission, allow, may
from portal.ground.act import Act, Store
from portal.ground.database import reading
from portal.ground.errors import NotFoundError
from portal.ground.partnership import confirmed_facts
from portal.ground.wording import day
from portal.record.audit import history_in_words
from portal.requests.case import Colleague
from portal.requests.participants import closed_bodies, colleagues, own_organisation
from portal.rules.edition.edition_type import Edition
from portal.rules.edition.editions import edition
from portal.rules.gateways.fit import offered
from portal.statements.entitlement import EntitledStatement, Party, find, find_own, open_words, parties_of
from portal.statements.papers.documents import law
from portal.statements.papers.wording import StatementWords, missing
from portal.statements.review import why_review
from portal.statements.signing import StatementSigner, paper_place, signer_of
from portal.statements.status import StatementLine

_OPEN = frozenset({"draft", "in_force"})


@dataclass(frozen=True, kw_only=True)
class SignatureLine:
    """A party and its signature, where it has signed the words as they stand."""

    organisation: str
    signer: StatementSigner | None
    signed_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Holder:
    """A post of one party; `account_id` and `holder` are '' where nobody is named, or where it is not one's own party."""

    number: int
    title: str
    organisation_id: str
    account_id: str
    holder: str


@dataclass(frozen=True, kw_only=True)
class OpenedStatement:
    """A statement as it lies open before a person."""

    line: StatementLine
    edition: Edition
    words: StatementWords
    version: int
    ours: str
    parties: tuple[Party, ...]
    signatures: tuple[SignatureLine, ...]
    posts: tuple[Holder, ...]
    missing: tuple[str, ...]
    laws: tuple[tuple[str, str], ...]
    may_write: bool
    may_sign: bool
    may_end: bool
    ended_at: datetime | None
    end_reason: str
    ended_by: str
    replaces_id: str | None
    next_version_id: str | None

    @property
    def names(self) -> dict[str, str]:
        """Give the parties' names by id."""
        return {party.id: party.name for party in self.parties}


def statements(act: Act) -> list[StatementLine]:
    """List statements: a partner's own (also drafts and ended ones), or every one that is in force (clause app5.statement).

    What waits for oneself stands first, then what is in force, then the rest; each group by name.
    """
    ours = act.person.organisation_id
    if ours is None or not may(act.person, Permission.WRITE_STATEMENT, ours):
        allow(act, Permission.READ_ANY_STATEMENT)
        query = select(SharingStatement).where(SharingStatement.status == "in_force")
    elif may(act.person, Permission.READ_ANY_STATEMENT):
        own = select(StatementParty.statement_id).where(StatementParty.organisation_id == ours)
        query = select(SharingStatement).where(
            col(SharingStatement.id).in_(own) | (SharingStatement.status == "in_force")
        )
    else:
        own = select(StatementParty.statement_id).where(StatementParty.organisation_id == ours)
        query = select(SharingStatement).where(col(SharingStatement.id).in_(own))
    with reading(act.store.engine) as session:
        lines = [_line(session, act, row) for row in session.exec(query).all()]
    order = {"in_force": 0, "draft": 1, "replaced": 2, "ended": 3}
    return sorted(lines, key=lambda one: (not one.ours, order[one.status], one.title.casefold()))


@dataclass(frozen=True, kw_only=True)
class AddedStatement:
    """A statement as the public sees it beside the agreement: by its reference, between whom, since when; not its words."""

    reference: str
    parties: tuple[str, ...]
    in_force_at: datetime


def added_statements(store: Store) -> list[AddedStatement]:
    """List the statements in force, which are added to the agreement (clause s6.statement-outside-meetings)."""
    with reading(store.engine) as session:
        rows = session.exec(
            select(SharingStatement).where(SharingStatement.status == "in_force").order_by(SharingStatement.reference)
        ).all()
        return [
            AddedStatement(
                reference=row.reference,
                parties=tuple(one.name for one in parties_of(session, row.id)),
                in_force_at=row.in_force_at,
            )
            for row in rows
            if row.in_force_at is not None
        ]


def open_statement(act: Act, statement_id: str) -> OpenedStatement:
    """Open a statement to read. Raises NotFoundError for whoever is no party (officer and manager read those in force)."""
    with reading(act.store.engine) as session:
        found = find(session, act, statement_id)
        row, of = found.row, edition(found.words.edition)
        confirmed = confirmed_facts(act.store, of.id)
        newer = session.exec(
            select(SharingStatement.id).where(
                SharingStatement.replaces_id == row.id, SharingStatement.status != "ended"
            )
        ).first()
        line = _line(session, act, row)
        return OpenedStatement(
            line=line,
            edition=of,
            words=found.words,
            version=row.version,
            ours=found.ours,
            parties=found.parties,
            signatures=_signatures(act, found),
            posts=_posts(session, found),
            missing=tuple(one.label for one in missing(of, found.words)),
            laws=tuple((one.id, law(of, one.id)) for one in offered(of, confirmed)),
            may_write=bool(found.ours) and row.status == "draft",
            may_sign=_may_sign(act, found) and not line.on_hold,
            may_end=bool(found.ours)
            and row.status in {"draft", "in_force"}
            and may(act.person, Permission.SIGN_STATEMENT, found.ours),
            ended_at=row.ended_at,
            end_reason=_end_reason(act, row),
            ended_by=next((one.name for one in found.parties if one.id == row.ended_by_organisation_id), ""),
            replaces_id=row.replaces_id,
            next_version_id=newer if found.ours else None,
        )


def statement_pdf(act: Act, statement_id: str) -> tuple[str, bytes]:
    """Give a statement's sealed paper and its reference, once it has been in force. Raises NotFoundError."""
    with reading(act.store.engine) as session:
        row = find(session, act, statement_id).row
    if row.paper is None:
        raise NotFoundError("This statement has no paper yet: not every party has signed.")
    return row.reference, act.store.vault.open(row.paper, paper_place(row.id))


def statement_history(act: Act, statement_id: str) -> list[tuple[str, str, datetime]]:
    """Give who did what with a statement and when, the first first. Raises NotFoundError."""
    with reading(act.store.engine) as session:
        find(session, act, statement_id)
    return history_in_words(act.store, f"statement:{statement_id}")


def people_for_posts(act: Act, statement_id: str) -> tuple[Colleague, ...]:
    """List one's own people, who may be named as holding a post. Never another organisation's."""
    allow(act, Permission.WRITE_STATEMENT)
    with reading(act.store.engine) as session:
        find_own(session, act, statement_id)
        return colleagues(session, own_organisation(act))


def _may_sign(act: Act, found: EntitledStatement) -> bool:
    turn = found.next_party
    return (
        found.row.status == "draft"
        and turn is not None
        and turn.id == found.ours
        and may(act.person, Permission.SIGN_STATEMENT, found.ours)
    )


def _line(session: Session, act: Act, row: SharingStatement) -> StatementLine:
    found = find(session, act, row.id)
    turn = found.next_party
    unfinished = row.status == "draft" and bool(missing(edition(found.words.edition), found.words))
    closed = _closed(session, found)
    on_hold = f"On hold: {closed}" if closed else _on_hold(session, found)
    return StatementLine(
        id=row.id,
        reference=row.reference,
        title=open_words(act, row).title,
        parties=tuple(party.name for party in parties_of(session, row.id)),
        status=row.status,
        waits_for=turn.name if turn and row.status == "draft" and not on_hold else "",
        ours=_may_sign(act, found) and not unfinished and not on_hold,
        unfinished=unfinished,
        in_force_at=row.in_force_at,
        review_on=row.review_on if row.status == "in_force" else None,
        review=why_review(session, act, found),
        on_hold=on_hold,
        closed=closed,
    )


def _closed(session: Session, found: EntitledStatement) -> str:
    """Say which party of a statement that is not over is closed, and since when; '' where all are there."""
    if found.row.status not in _OPEN:
        return ""
    since = closed_bodies(session, [party.id for party in found.parties])
    return next((f"{party.name} closed on {day(since[party.id])}" for party in found.parties if party.id in since), "")


def _on_hold(session: Session, found: EntitledStatement) -> str:
    """Say which party takes no part in the agreement now, so that nobody signs, and nothing may be shared under it (s14)."""
    if found.row.status not in _OPEN:
        return ""
    for party in found.parties:
        try:
            require_active(session, party.id)
        except NotActiveError:
            return f"On hold: {party.name} takes no part in the agreement now"
    return ""


def _signatures(act: Act, found: EntitledStatement) -> tuple[SignatureLine, ...]:
    by_party = {one.organisation_id: one for one in found.signatures}
    return tuple(
        SignatureLine(
            organisation=party.name,
            signer=signer_of(act, by_party[party.id]) if party.id in by_party else None,
            signed_at=by_party[party.id].signed_at if party.id in by_party else None,
        )
        for party in found.parties
    )


def _posts(session: Session, found: EntitledStatement) -> tuple[Holder, ...]:
    rows = session.exec(select(StatementPost).where(StatementPost.statement_id == found.row.id)).all()
    held = {(row.organisation_id, row.number): row.account_id or "" for row in rows}
    own = {one.id: one.words for one in colleagues(session, found.ours)} if found.ours else {}
    posts = []
    for party in found.parties:
        titles = [post.title for post in found.words.posts if post.organisation_id == party.id]
        for number, title in enumerate(titles, 1):
            account = held.get((party.id, number), "") if party.id == found.ours else ""
            posts.append(
                Holder(
                    number=number,
                    title=title,
                    organisation_id=party.id,
                    account_id=account,
                    holder=own.get(account, ""),
                )
            )
    return tuple(posts)


def _end_reason(act: Act, row: SharingStatement) -> str:
    if row.end_reason is None:
        return ""
    return act.store.vault.open_text(row.end_reason, f"sharing_statement.end_reason:{row.id}")

"""The lists of requests: what waits for whom, without a word about a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from models.accounts import Account, Post
from models.after_disclosure import RecipientCopy
from models.organisations import Organisation
from models.requests import Decision, InformationRequest, UrgentRecord
from portal.ground.access import Permission, allow
from portal.ground.act import Act
from portal.ground.database import reading
from portal.requests.after_disclosure.copies import HOLDS, is_over
from portal.requests.entitlement import Side
from portal.requests.participants import closed_bodies, people_of
from portal.rules.edition.editions import edition


@dataclass(frozen=True, kw_only=True)
class RequestLine:
    """A request in a list: no word about a person in it."""

    id: str
    reference: str
    side: Side
    asking: str
    holder: str
    status: str
    outcome: str
    urgent: bool
    sent_at: datetime
    turn_since: datetime
    wanted_by: date | None
    kind: str  # of information, in the words of its edition
    decided: str = ""
    mine: bool = False
    requester: str = ""  # who asked, for the side that asks
    requester_left: bool = False  # they act for it no more, so that it is their colleagues' turn
    seen_to_by: str = ""  # who sees to it, for the side that holds
    seen_to_by_me: bool = False
    record_due: date | None = None  # by when the full record of an urgent request is due, while it is not there
    copy: str = ""  # how what was shared stands at the recipient: unconfirmed, wrong, held, gone
    keep_until: date | None = None
    is_over: bool = False  # the time is over for which the recipient may keep it
    other_closed: date | None = None  # since when the other side is closed, so that nobody there acts any more

    @property
    def turn(self) -> Side | None:
        """Say whose turn it is; None where it is closed, or nothing is to do before a day.

        Never that of a side that is closed: what is not decided is then one's own to end, and whoever gave an answer says
        what became of it.
        """
        turn = self._turn
        if self.other_closed and self.side is Side.HOLDING and self.copy in HOLDS:
            return self.side
        if self.other_closed is None or turn is None or turn is self.side:
            return turn
        return self.side if not self.copy or self.is_over else None

    @property
    def is_stranded(self) -> bool:
        """Say whether it is not decided and the other side is closed: it can only be ended, from this side."""
        return self.other_closed is not None and not self.copy and self.turn is self.side

    @property
    def _turn(self) -> Side | None:
        if self.copy:
            asked = self.copy == "unconfirmed" or (self.copy == "held" and self.is_over)
            return Side.HOLDING if self.copy == "wrong" else Side.ASKING if asked else None
        return {"waiting": Side.HOLDING, "question": Side.ASKING}.get(self.status)


def kind_in_words(row: InformationRequest) -> str:
    """Say what kind of information a request was for, in the words of its edition."""
    answer = edition(row.edition).question("data_type").answer(row.data_type)
    return answer.label if answer is not None and answer.label else "Facts about a person"


def requests_sent(act: Act) -> list[RequestLine]:
    """List what this person's organisation asked of others, those whose turn it is ours first, then the newest."""
    allow(act, Permission.ASK)
    lines = _lines(act, Side.ASKING)
    return sorted(lines, key=lambda line: (line.turn is not Side.ASKING, line.turn is None, -line.sent_at.timestamp()))


def requests_received(act: Act) -> list[RequestLine]:
    """List what others ask of this person's organisation: by urgency and age while they are open, then the newest first."""
    allow(act, Permission.ANSWER)
    return sorted(_lines(act, Side.HOLDING), key=_by_urgency)


def _by_urgency(line: RequestLine) -> tuple[bool, bool, bool, date, float]:
    if line.turn is None:
        return True, True, True, date.max, -line.turn_since.timestamp()
    waits = line.turn is not Side.HOLDING
    return waits, False, not line.urgent, line.wanted_by or date.max, line.sent_at.timestamp()


def _lines(act: Act, side: Side) -> list[RequestLine]:
    ours = act.person.organisation_id
    own = {
        Side.ASKING: col(InformationRequest.asking_organisation_id),
        Side.HOLDING: col(InformationRequest.holding_organisation_id),
    }[side]
    with reading(act.store.engine) as session:
        rows = session.exec(select(InformationRequest).where(own == ours)).all()
        about = beside(session, rows)
    return [line_of(row, side, about, act) for row in rows]


@dataclass(frozen=True, kw_only=True)
class RequestRowFacts:
    """What stands beside the rows of requests, read at once for all of them, by request or by id."""

    bodies: dict[str, str]
    people: dict[str, str]
    decided: dict[str, str]
    records: dict[str, date]
    copies: dict[str, RecipientCopy]
    seen_to: dict[str, str]
    closed: dict[str, date]
    acting: set[tuple[str, str | None]]


def beside(session: Session, rows: Sequence[InformationRequest]) -> RequestRowFacts:
    """Read what stands beside these requests: names, outcomes, records still due, copies."""
    ids = [row.id for row in rows]
    bodies = {id_ for row in rows for id_ in (row.asking_organisation_id, row.holding_organisation_id)}
    people = {row.requester_id for row in rows}
    named = select(Organisation.id, Organisation.name).where(col(Organisation.id).in_(bodies))
    who = select(Account.id, Account.name).where(col(Account.id).in_(people))
    acting = select(Post.account_id, Post.organisation_id).where(
        col(Post.account_id).in_(people), col(Post.ended_at).is_(None)
    )
    outcomes = select(Decision.request_id, Decision.outcome).where(col(Decision.request_id).in_(ids))
    due = (
        select(col(UrgentRecord.request_id), col(UrgentRecord.complete_by))
        .join(InformationRequest, col(InformationRequest.id) == col(UrgentRecord.request_id))
        .where(
            col(UrgentRecord.request_id).in_(ids),
            col(UrgentRecord.completed_at).is_(None),
            col(InformationRequest.data_key).is_not(None),
        )
    )
    copies = session.exec(select(RecipientCopy).where(col(RecipientCopy.request_id).in_(ids))).all()
    return RequestRowFacts(
        bodies=dict(session.exec(named).all()),
        people=dict(session.exec(who).all()),
        decided=dict(session.exec(outcomes).all()),
        records=dict(session.exec(due).all()),
        copies={one.request_id: one for one in copies},
        seen_to=_seen_to(session, rows),
        closed=closed_bodies(session, bodies),
        acting=set(session.exec(acting).all()),
    )


def _seen_to(session: Session, rows: Sequence[InformationRequest]) -> dict[str, str]:
    given = [row for row in rows if row.assigned_to_id]
    acting = {
        (body, person.id): person.name
        for body in {row.holding_organisation_id for row in given}
        for person in people_of(session, body)
    }
    found = {row.id: acting.get((row.holding_organisation_id, str(row.assigned_to_id)), "") for row in given}
    return {request_id: name for request_id, name in found.items() if name}


def line_of(row: InformationRequest, side: Side, about: RequestRowFacts, act: Act) -> RequestLine:
    """Give a request as a list shows it."""
    copy = about.copies.get(row.id)
    other = row.holding_organisation_id if side is Side.ASKING else row.asking_organisation_id
    return RequestLine(
        id=row.id,
        reference=row.reference,
        side=side,
        asking=about.bodies.get(row.asking_organisation_id, ""),
        holder=about.bodies.get(row.holding_organisation_id, ""),
        status=row.status,
        outcome=row.outcome,
        urgent=row.urgent,
        sent_at=row.sent_at,
        turn_since=copy.turn_since if copy else row.turn_since,
        wanted_by=row.wanted_by,
        kind=kind_in_words(row),
        decided=about.decided.get(row.id, ""),
        mine=row.requester_id == act.person.id,
        requester=about.people.get(row.requester_id, "") if side is Side.ASKING else "",
        requester_left=(row.requester_id, row.asking_organisation_id) not in about.acting,
        seen_to_by=about.seen_to.get(row.id, "") if side is Side.HOLDING else "",
        seen_to_by_me=side is Side.HOLDING and row.id in about.seen_to and row.assigned_to_id == act.person.id,
        record_due=about.records.get(row.id),
        copy=copy.status if copy else "",
        keep_until=copy.keep_until if copy else None,
        is_over=copy is not None and is_over(copy, act.at),
        other_closed=about.closed.get(other),
    )

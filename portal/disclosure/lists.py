"""The lists of requests: what waits for whom, without a word about a person."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, or_, select

from models.disclosures import Decision, InformationRequest, UrgentRecord
from models.organisations import Organisation
from portal.access import Permission, allow
from portal.act import Act
from portal.database import reading
from portal.disclosure.finding import Side


@dataclass(frozen=True, kw_only=True)
class Line:
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
    decided: str = ""
    mine: bool = False
    record_due: date | None = None  # by when the full record of an urgent request is due, while it is not there

    @property
    def turn(self) -> Side | None:
        """Say whose turn it is; None where it is closed."""
        return {"waiting": Side.HOLDING, "question": Side.ASKING}.get(self.status)


def requests_sent(act: Act) -> list[Line]:
    """List what this person's organisation asked of others, those whose turn it is ours first, then the newest."""
    allow(act, Permission.ASK)
    lines = _lines(act, Side.ASKING)
    return sorted(lines, key=lambda line: (line.turn is not Side.ASKING, line.turn is None, -line.sent_at.timestamp()))


def requests_received(act: Act) -> list[Line]:
    """List what others ask of this person's organisation: what waits for it first, urgent before old before new."""
    allow(act, Permission.ANSWER)
    lines = _lines(act, Side.HOLDING)
    return sorted(
        lines,
        key=lambda line: (
            line.turn is not Side.HOLDING,
            line.turn is None,
            not line.urgent,
            line.wanted_by or date.max,
            line.sent_at,
        ),
    )


def _lines(act: Act, side: Side) -> list[Line]:
    ours = act.person.organisation_id
    own = {
        Side.ASKING: col(InformationRequest.asking_organisation_id),
        Side.HOLDING: col(InformationRequest.holding_organisation_id),
    }[side]
    with reading(act.store.engine) as session:
        rows = session.exec(select(InformationRequest).where(own == ours)).all()
        bodies = {id_ for row in rows for id_ in (row.asking_organisation_id, row.holding_organisation_id)}
        names = dict(
            session.exec(select(Organisation.id, Organisation.name).where(col(Organisation.id).in_(bodies))).all()
        )
        decided = dict(
            session.exec(
                select(Decision.request_id, Decision.outcome)
                .join(InformationRequest, col(InformationRequest.id) == col(Decision.request_id))
                .where(own == ours)
            ).all()
        )
        due = _records_due(session, ours)
    return [line_of(row, side, names, decided.get(row.id, ""), act, due.get(row.id)) for row in rows]


def _records_due(session: Session, organisation_id: str | None) -> dict[str, date]:
    ours = or_(
        col(InformationRequest.asking_organisation_id) == organisation_id,
        col(InformationRequest.holding_organisation_id) == organisation_id,
    )
    query = (
        select(col(UrgentRecord.request_id), col(UrgentRecord.complete_by))
        .join(InformationRequest, col(InformationRequest.id) == col(UrgentRecord.request_id))
        .where(ours, col(UrgentRecord.completed_at).is_(None), col(InformationRequest.data_key).is_not(None))
    )
    return dict(session.exec(query).all())


def line_of(
    row: InformationRequest, side: Side, names: dict[str, str], decided: str, act: Act, record_due: date | None = None
) -> Line:
    """Give a request as a list shows it."""
    return Line(
        id=row.id,
        reference=row.reference,
        side=side,
        asking=names.get(row.asking_organisation_id, ""),
        holder=names.get(row.holding_organisation_id, ""),
        status=row.status,
        outcome=row.outcome,
        urgent=row.urgent,
        sent_at=row.sent_at,
        turn_since=row.turn_since,
        wanted_by=row.wanted_by,
        decided=decided,
        mine=row.requester_id == act.person.id,
        record_due=record_due,
    )

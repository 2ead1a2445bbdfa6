"""Reading requests without names and their answers: for everybody who acts for either side, since nobody is named in them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from models.depersonalised_requests import DepersonalisedFile, DepersonalisedRequest
from models.organisations import Organisation
from portal.agreement.notices.standing import require_active
from portal.ground.access import Permission, allow
from portal.ground.act import Act
from portal.ground.database import reading
from portal.ground.errors import NotFoundError
from portal.requests.depersonalised.depersonalised_request import depersonalised_row
from portal.requests.entitlement import Side
from portal.requests.participants import closed_bodies


@dataclass(frozen=True, kw_only=True)
class ListedFigureFile:
    """A file of figures in a list: its number, name and size."""

    number: int
    name: str
    size: int


@dataclass(frozen=True, kw_only=True)
class DataRequest:
    """A request without names as either side sees it. `words` and `answer` are '' in a list."""

    id: str
    reference: str
    side: Side
    asking: str
    holder: str
    status: str
    detail: str
    wanted_by: date
    sent_at: datetime
    turn_since: datetime
    what: str = ""
    purpose: str = ""
    answer: str = ""
    answered_by: str = ""
    answered_at: datetime | None = None
    files: tuple[ListedFigureFile, ...] = ()
    after: str = ""
    other_closed: date | None = None  # since when the other side is closed

    @property
    def waits(self) -> bool:
        """Say whether the holder has yet to answer."""
        return self.status == "waiting"


def data_request(act: Act, request_id: str) -> DataRequest:
    """Open a request without names, for whoever acts for either side."""
    allow(act, Permission.ASK)
    with reading(act.store.engine) as session:
        row, side = depersonalised_row(session, act, request_id)
        files = session.exec(
            select(DepersonalisedFile)
            .where(DepersonalisedFile.request_id == row.id)
            .order_by(col(DepersonalisedFile.number))
        ).all()
        return _shown(session, act, row, side, files, whole=True)


def data_requests(act: Act) -> tuple[DataRequest, ...]:
    """List the requests without names of one's organisation, both ways: what waits first, the oldest first, then the newest."""
    allow(act, Permission.ASK)
    ours = act.person.organisation_id
    with reading(act.store.engine) as session:
        rows = session.exec(
            select(DepersonalisedRequest).where(
                (col(DepersonalisedRequest.asking_organisation_id) == ours)
                | (col(DepersonalisedRequest.holding_organisation_id) == ours)
            )
        ).all()
        sides = [(row, Side.HOLDING if row.holding_organisation_id == ours else Side.ASKING) for row in rows]
        found = [_shown(session, act, row, side, (), whole=False) for row, side in sides]
    at = [(one, one.turn_since.timestamp()) for one in found]
    return tuple(
        one for one, when in sorted(at, key=lambda each: (not each[0].waits, each[1] if each[0].waits else -each[1]))
    )


def data_file(act: Act, request_id: str, number: int) -> tuple[str, bytes]:
    """Give a file of an answer: the request's reference and the bytes."""
    allow(act, Permission.ASK)
    with reading(act.store.engine) as session:
        row, side = depersonalised_row(session, act, request_id)
        if side is Side.ASKING:
            require_active(session, row.asking_organisation_id)
        query = select(DepersonalisedFile).where(
            DepersonalisedFile.request_id == row.id, DepersonalisedFile.number == number
        )
        file = session.exec(query).first()
    if file is None:
        raise NotFoundError
    return row.reference, act.store.vault.open(file.content, f"nameless_file.content:{file.id}")


def _shown(
    session: Session,
    act: Act,
    row: DepersonalisedRequest,
    side: Side,
    files: Sequence[DepersonalisedFile],
    *,
    whole: bool,
) -> DataRequest:
    opened = act.store.vault.open_text
    words: dict[str, str] = json.loads(opened(row.words, f"nameless_request.words:{row.id}")) if whole else {}
    names = {one: session.get(Organisation, one) for one in (row.asking_organisation_id, row.holding_organisation_id)}
    asking, holder = (one.name if one else "" for one in names.values())
    other = row.holding_organisation_id if side is Side.ASKING else row.asking_organisation_id
    return DataRequest(
        id=row.id,
        reference=row.reference,
        side=side,
        asking=asking,
        holder=holder,
        status=row.status,
        detail=row.detail,
        wanted_by=row.wanted_by,
        sent_at=row.sent_at,
        turn_since=row.turn_since,
        what=words.get("what", ""),
        purpose=words.get("purpose", ""),
        answer=opened(row.answer, f"nameless_request.answer:{row.id}") if whole and row.answer else "",
        answered_by=row.answered_by,
        answered_at=row.answered_at,
        files=tuple(
            ListedFigureFile(number=one.number, name=opened(one.name, f"nameless_file.name:{one.id}"), size=one.size)
            for one in files
        ),
        after=row.after_request_id or "",
        other_closed=closed_bodies(session, [other]).get(other),
    )

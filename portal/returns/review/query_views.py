"""Reading the questions about returns: those of one return, and those that wait for an organisation or for the officer."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from models.return_queries import ReturnQuery, ReturnQueryWord
from models.returns import Return
from portal.ground.access import Permission, allow, may
from portal.ground.act import Act
from portal.ground.database import reading
from portal.ground.errors import NotFoundError
from portal.rules.datasets.catalogue import DataSet, data_set
from portal.rules.datasets.quarters import Quarter

_CLOSED = {
    "explained": "Closed: it was explained",
    "corrected": "Closed: a correction was sent",
    "withdrawn": "Closed: the return was withdrawn",
    "dropped": "Closed: it is no longer asked",
}


@dataclass(frozen=True, kw_only=True)
class QueryMessage:
    """What one side said, and when."""

    at: datetime
    by: str
    from_officer: bool
    words: str


@dataclass(frozen=True, kw_only=True)
class Query:
    """A question about a return with all that was said."""

    id: str
    return_id: str
    data_set: DataSet
    quarter: Quarter
    asked_at: datetime
    waits_for_officer: bool
    closed_at: datetime | None
    closed_by: str
    corrected_by: str | None
    status: str
    said: tuple[QueryMessage, ...]


def queries_of(act: Act, return_id: str) -> list[Query]:
    """Give the questions about the returns of one set and quarter, newest first. Raises NotFoundError to others."""
    with reading(act.store.engine) as session:
        row = session.get(Return, return_id)
        if row is None or not (
            may(act.person, Permission.QUERY_RETURN) or may(act.person, Permission.OPEN_OWN_RETURN, row.organisation_id)
        ):
            raise NotFoundError
        rows = session.exec(
            select(ReturnQuery)
            .where(
                ReturnQuery.organisation_id == row.organisation_id,
                ReturnQuery.data_set == row.data_set,
                ReturnQuery.quarter == row.quarter,
            )
            .order_by(col(ReturnQuery.asked_at).desc())
        ).all()
        return [_shown(session, act, one) for one in rows]


def to_answer(act: Act, organisation_id: str) -> list[Query]:
    """List the open questions that wait for an organisation, the oldest first."""
    allow(act, Permission.OPEN_OWN_RETURN, organisation_id)
    return _waiting(act, organisation_id)


def to_close(act: Act) -> list[Query]:
    """List the answered questions that wait for the officer, the oldest first."""
    allow(act, Permission.QUERY_RETURN)
    return _waiting(act, None)


def _waiting(act: Act, organisation_id: str | None) -> list[Query]:
    asked = (
        select(ReturnQuery)
        .where(col(ReturnQuery.closed_at).is_(None))
        .where(col(ReturnQuery.waits_for_officer).is_(organisation_id is None))
        .order_by(col(ReturnQuery.turn_since))
    )
    if organisation_id is not None:
        asked = asked.where(ReturnQuery.organisation_id == organisation_id)
    with reading(act.store.engine) as session:
        return [_shown(session, act, one) for one in session.exec(asked).all()]


def _shown(session: Session, act: Act, row: ReturnQuery) -> Query:
    words = session.exec(
        select(ReturnQueryWord).where(ReturnQueryWord.query_id == row.id).order_by(col(ReturnQueryWord.number))
    ).all()
    waits = "Answered: the Community Safety Officer reads it" if row.waits_for_officer else "Waits for an answer"
    return Query(
        id=row.id,
        return_id=row.return_id,
        data_set=data_set(row.data_set),
        quarter=Quarter.parse(row.quarter),
        asked_at=row.asked_at,
        waits_for_officer=row.waits_for_officer,
        closed_at=row.closed_at,
        closed_by=row.closed_by_name,
        corrected_by=row.corrected_by,
        status=_CLOSED.get(row.closed_why or "", waits),
        said=tuple(
            QueryMessage(
                at=one.at,
                by=one.by_name,
                from_officer=one.from_officer,
                words=act.store.vault.open_text(one.words, f"return_query_word.words:{one.id}"),
            )
            for one in words
        ),
    )

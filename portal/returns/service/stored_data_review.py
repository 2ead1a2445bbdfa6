"""The yearly review of what is stored: the officer keeps the records of a return with a reason, or deletes them for good (s12)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from models.organisations import Organisation
from models.returns import Return, StoredDataReview
from portal.ground.access import Permission, allow
from portal.ground.act import Act
from portal.ground.database import reading, transaction
from portal.ground.errors import AnswersNeededError, NotFoundError
from portal.ground.vault import token_hash
from portal.ground.wording import new_id, paragraphs, today
from portal.record.audit import record
from portal.record.events import Event
from portal.retention.schedule import rule
from portal.returns.service.deletion import empty
from portal.rules.datasets.catalogue import DataSet, data_set
from portal.rules.datasets.quarters import Quarter

REASON_LENGTH = 500

_RULE = "returns-reviewed"


@dataclass(frozen=True, kw_only=True)
class Stored:
    """The records of one return that are stored, and by when they are to be reviewed. `kept_why` is the last review's reason."""

    return_id: str
    organisation: str
    data_set: DataSet
    quarter: Quarter
    records: int
    sent_at: datetime
    review_on: date
    kept_why: str


def stored(act: Act) -> list[Stored]:
    """List the records of returns that are stored, those to be reviewed soonest first (clause s12.annual-review).

    Raises NotAllowedError to all but the officer.
    """
    allow(act, Permission.OPEN_ANY_RETURN)
    with reading(act.store.engine) as session:
        rows = session.exec(
            select(Return, Organisation.name)
            .join(Organisation, col(Organisation.id) == col(Return.organisation_id))
            .where(
                col(Return.ended_at).is_(None),
                col(Return.emptied_at).is_(None),
                col(Return.nothing_to_report).is_(False),
            )
        ).all()
        last = _last_reviews(session)
    found = [_shown(act, row, body, last.get(row.id)) for row, body in rows]
    return sorted(found, key=lambda one: (one.review_on, one.quarter, one.organisation, one.data_set.title))


def to_review(act: Act) -> list[Stored]:
    """List what is to be reviewed by now, the longest due first. Raises NotAllowedError."""
    return [one for one in stored(act) if one.review_on <= today(act.at)]


def review(act: Act, return_ids: Sequence[str], key: str, *, keep: bool | None, reason: str) -> int:
    """Keep the records of these returns another year, or delete them for good, with the reason; returns how many.

    What is deleted leaves its line and the certificate of what was taken out; the record says who deleted it and when.
    The same `key` again does nothing more. Raises NotAllowedError, NotFoundError, AnswersNeededError (which, keep, reason).
    """
    allow(act, Permission.OPEN_ANY_RETURN)
    words = paragraphs(reason)
    problems = {}
    if not return_ids:
        problems["which"] = "Select at least one return"
    if keep is None:
        problems["keep"] = "Select whether they are still needed"
    if not words:
        problems["reason"] = "Say why they are still needed" if keep else "Say why they are no longer needed"
    elif len(words) > REASON_LENGTH:
        problems["reason"] = f"The reason must be {REASON_LENGTH} characters or fewer"
    if problems:
        raise AnswersNeededError(problems)
    with transaction(act.store.engine) as session:
        done = [_review(session, act, one, token_hash(key), words, keep=bool(keep)) for one in return_ids]
    return sum(done)


def _review(session: Session, act: Act, return_id: str, key: str, words: str, *, keep: bool) -> int:
    row = session.exec(select(Return).where(Return.id == return_id).with_for_update()).first()
    if row is None:
        raise NotFoundError
    before = select(StoredDataReview).where(StoredDataReview.return_id == return_id, StoredDataReview.key == key)
    if row.emptied_at is not None or session.exec(before).first() is not None:
        return 0
    review_id = new_id()
    session.add(
        StoredDataReview(
            id=review_id,
            return_id=row.id,
            key=key,
            decision="kept" if keep else "deleted",
            reason=act.store.vault.seal_text(words, f"stored_data_review.reason:{review_id}"),
            next_on=rule(_RULE).keep.after(today(act.at)) if keep else None,
            reviewed_at=act.at,
            reviewed_by=act.person.name,
        )
    )
    if not keep:
        empty(act, row)
        session.add(row)
    event = Event.STORED_DATA_KEPT if keep else Event.STORED_DATA_DELETED
    record(session, act, event, f"return:{row.id}", row.organisation_id, data_set=row.data_set, quarter=row.quarter)
    return 1


def _last_reviews(session: Session) -> dict[str, StoredDataReview]:
    newest = (
        select(StoredDataReview.return_id, func.max(col(StoredDataReview.reviewed_at)).label("at"))
        .group_by(col(StoredDataReview.return_id))
        .subquery()
    )
    rows = session.exec(
        select(StoredDataReview).join(
            newest,
            (col(StoredDataReview.return_id) == newest.c.return_id)
            & (col(StoredDataReview.reviewed_at) == newest.c.at),
        )
    ).all()
    return {row.return_id: row for row in rows}


def _shown(act: Act, row: Return, organisation: str, last: StoredDataReview | None) -> Stored:
    why = act.store.vault.open_text(last.reason, f"stored_data_review.reason:{last.id}") if last else ""
    return Stored(
        return_id=row.id,
        organisation=organisation,
        data_set=data_set(row.data_set),
        quarter=Quarter.parse(row.quarter),
        records=row.rows_kept,
        sent_at=row.sent_at,
        review_on=last.next_on if last and last.next_on else rule(_RULE).keep.after(today(row.sent_at)),
        kept_why=why,
    )

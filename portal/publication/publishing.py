"""Publishing a table takes two people: one proposes and sees what the attack found, another approves (s6)."""

import hashlib
import io
from dataclasses import dataclass

import pandas as pd
from pyarrow import parquet
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from models.organisations import Organisation
from models.publications import PublishedTable
from models.returns import Return
from portal.ground.access import Permission, allow
from portal.ground.act import Act
from portal.ground.database import reading, transaction
from portal.ground.errors import AlreadyDoneError, AnswersNeededError, NotAllowedError, NotFoundError, PortalError
from portal.ground.wording import new_id, one_line
from portal.privacy.suppression.protecting import NotPublishableError, Protected
from portal.publication.table_file import write
from portal.publication.tabulating import TableWish, tabulate
from portal.record.audit import record
from portal.record.events import Event
from portal.returns.service.providers import providers
from portal.rules.datasets.catalogue import data_set
from portal.rules.datasets.quarters import Quarter

_LONGEST = 500


class TableNotPublishableError(PortalError):
    """Nothing may be published of this; the message is the reason in words."""

    message = "Nothing may be published of this."


class OwnTableError(NotAllowedError):
    """Who proposed a table does not approve it."""

    message = "You proposed this table, so somebody else must approve it."


@dataclass(frozen=True, kw_only=True)
class Subject:
    """Which table: a data set, one quarter, and one or two fields."""

    data_set: str
    quarter: str
    rows: str
    columns: str = ""


@dataclass(frozen=True)
class _Built:
    content: str
    made: Protected
    returns_hash: str
    public_hash: str
    version: int


def propose(act: Act, subject: Subject, key: str, *, notice: str = "") -> str:
    """Count, suppress and attack a table, and propose it. Returns its id; the same key proposes once.

    `notice` says what a correction corrects. Raises TableNotPublishableError, AnswersNeededError.
    """
    allow(act, Permission.PROPOSE_FIGURES)
    Quarter.parse(subject.quarter)
    built = _build(act, subject)
    said = one_line(notice)
    if built.version > 1 and not said:
        raise AnswersNeededError({"notice": "Say what this edition corrects"})
    if len(said) > _LONGEST:
        raise AnswersNeededError({"notice": f"What you write must be {_LONGEST} characters or fewer"})
    sent, missing = _senders(act, subject)
    row = PublishedTable(
        id=new_id(),
        key=key,
        data_set=subject.data_set,
        quarter=subject.quarter,
        rows_field=subject.rows,
        columns_field=subject.columns,
        version=built.version,
        content=built.content,
        returns_hash=built.returns_hash,
        tried=built.made.verdict.tried,
        sums=built.made.verdict.sums,
        sent_by="\n".join(sent),
        not_sent_by="\n".join(missing),
        proposed_at=act.at,
        proposed_by=act.person.id,
        proposed_by_name=act.person.name,
        notice=said,
    )
    with transaction(act.store.engine) as session:
        earlier = session.exec(select(PublishedTable).where(PublishedTable.key == key)).first()
        if earlier is not None:
            return earlier.id
        session.add(row)
        record(session, act, Event.FIGURES_PROPOSED, f"table:{row.id}", data_set=row.data_set, quarter=row.quarter)
        return row.id


def approve(act: Act, table_id: str) -> None:
    """Publish a proposed table, after proving it once more with all that is public now. Never one's own.

    Raises OwnTableError, TableNotPublishableError, AlreadyDoneError, NotFoundError.
    """
    allow(act, Permission.APPROVE_FIGURES)
    with reading(act.store.engine) as session:
        row = _proposed(session, act, table_id)
    subject = Subject(data_set=row.data_set, quarter=row.quarter, rows=row.rows_field, columns=row.columns_field)
    built = _build(act, subject)
    if (built.content, built.version) != (row.content, row.version):
        raise TableNotPublishableError(
            "The returns or the public tables changed since. Refuse it and propose it again."
        )
    with transaction(act.store.engine) as session:
        row = _proposed(session, act, table_id)
        if _hash_of([each.id for each in _public(session, row.data_set)]) != built.public_hash:
            raise TableNotPublishableError("Another table was published meanwhile. Try again.")
        for before in _public(session, row.data_set):
            if _same(before, subject):
                before.status, before.ended_at = "replaced", act.at
                session.add(before)
        session.flush()
        _decide(act, session, row, "published")
        record(session, act, Event.FIGURES_PUBLISHED, f"table:{row.id}", version=row.version, sums=row.sums)


def refuse(act: Act, table_id: str) -> None:
    """Refuse a proposed table; its words stay in the history."""
    allow(act, Permission.APPROVE_FIGURES)
    with transaction(act.store.engine) as session:
        row = _proposed(session, act, table_id)
        _decide(act, session, row, "refused")
        record(session, act, Event.FIGURES_REFUSED, f"table:{row.id}")


def withdraw(act: Act, table_id: str, notice: str) -> None:
    """Take a published table away; a notice stays in its place. Raises AnswersNeededError, AlreadyDoneError."""
    allow(act, Permission.APPROVE_FIGURES)
    said = one_line(notice)
    if not said or len(said) > _LONGEST:
        raise AnswersNeededError({"notice": f"Say why it is withdrawn, in {_LONGEST} characters or fewer"})
    with transaction(act.store.engine) as session:
        row = session.get(PublishedTable, table_id)
        if row is None:
            raise NotFoundError
        if row.status != "published":
            raise AlreadyDoneError("This table is not public any more.")
        row.status, row.ended_at, row.notice = "withdrawn", act.at, said
        session.add(row)
        record(session, act, Event.FIGURES_WITHDRAWN, f"table:{row.id}")


def _decide(act: Act, session: Session, row: PublishedTable, status: str) -> None:
    row.status, row.decided_at = status, act.at
    row.decided_by, row.decided_by_name = act.person.id, act.person.name
    session.add(row)
    try:
        session.flush()
    except IntegrityError as error:
        raise AlreadyDoneError("This table was decided already.") from error


def _proposed(session: Session, act: Act, table_id: str) -> PublishedTable:
    row = session.get(PublishedTable, table_id)
    if row is None:
        raise NotFoundError
    if row.status != "proposed":
        raise AlreadyDoneError("This table was decided already.")
    if row.proposed_by == act.person.id:
        raise OwnTableError
    return row


def _public(session: Session, data_set_id: str) -> list[PublishedTable]:
    """List every table of a data set that the public has or had: what was out once is not forgotten."""
    return list(
        session.exec(
            select(PublishedTable)
            .where(
                PublishedTable.data_set == data_set_id,
                col(PublishedTable.status).in_(("published", "withdrawn", "replaced")),
            )
            .order_by(col(PublishedTable.decided_at), col(PublishedTable.id))
        ).all()
    )


def _same(row: PublishedTable, subject: Subject) -> bool:
    return row.status == "published" and (row.quarter, row.rows_field, row.columns_field) == (
        subject.quarter,
        subject.rows,
        subject.columns,
    )


def _build(act: Act, subject: Subject) -> _Built:
    """Read the stored returns (each opening recorded), and make the table beside all that is public of the quarter."""
    entry = data_set(subject.data_set)
    with transaction(act.store.engine) as session:
        rows = session.exec(
            select(Return)
            .where(
                Return.data_set == subject.data_set,
                Return.quarter == subject.quarter,
                col(Return.ended_at).is_(None),
                col(Return.content).is_not(None),
            )
            .order_by(col(Return.id))
        ).all()
        for row in rows:
            record(session, act, Event.RETURN_OPENED, f"return:{row.id}", row.organisation_id, why="publication")
        contents = [(row.id, row.content) for row in rows if row.content is not None]
        public = [(each, each.content) for each in _public(session, subject.data_set)]
        public_hash = _hash_of([each.id for each, _ in public])
        of_quarter = [(each, text) for each, text in public if each.quarter == subject.quarter]
        mine = [(each, text) for each, text in of_quarter if _fields(each) == (subject.rows, subject.columns)]
        newest = {
            _fields(each): text for each, text in of_quarter
        }  # a later edition was proved against those before it
        others = [text for fields, text in newest.items() if fields != (subject.rows, subject.columns)]
        versions, before = len(mine), mine[-1][1] if mine else None
    if not contents:
        raise TableNotPublishableError(
            "No return of this data set and quarter holds records. A missing return is no nought."
        )
    frames: list[pd.DataFrame] = []
    for return_id, sealed in contents:
        opened = act.store.vault.open(sealed, f"quarterly_return.content:{return_id}")
        frames.append(parquet.read_table(io.BytesIO(opened)).to_pandas())
    try:
        made = tabulate(entry, frames, TableWish(subject.rows, subject.columns), others, before)
    except NotPublishableError as error:
        raise TableNotPublishableError(error.message) from error
    return _Built(
        write(made.published, entry.threshold), made, _hash_of([one for one, _ in contents]), public_hash, versions + 1
    )


def _fields(row: PublishedTable) -> tuple[str, str]:
    return row.rows_field, row.columns_field


def _hash_of(ids: list[str]) -> str:
    return hashlib.sha256("\n".join(ids).encode()).hexdigest()


def _senders(act: Act, subject: Subject) -> tuple[list[str], list[str]]:
    """List who sent this quarter (also 'nothing to report') and who was asked and did not."""
    with reading(act.store.engine) as session:
        sent = session.exec(
            select(Organisation.name)
            .join(Return, col(Return.organisation_id) == col(Organisation.id))
            .where(
                Return.data_set == subject.data_set,
                Return.quarter == subject.quarter,
                col(Return.ended_at).is_(None),
            )
        ).all()
    asked = [
        one.organisation for entry, who in providers(act) if entry.id == subject.data_set for one in who if one.provides
    ]
    return sorted(sent), sorted(set(asked) - set(sent))

"""Publishing a table takes two people: one proposes and sees what the attack found, another approves (s6)."""

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, and_, or_, select

from models.publications import PublishedTable
from portal.agreement.notices.standing import take_turn
from portal.ground.access import Permission, allow
from portal.ground.act import Act
from portal.ground.database import reading, transaction
from portal.ground.errors import AlreadyDoneError, AnswersNeededError, NotAllowedError, NotFoundError
from portal.ground.wording import new_id, one_line
from portal.publication.building import Subject, TableNotPublishableError, build, hash_of, public_rows
from portal.publication.stored import senders
from portal.publication.tabulation.outlines import LineGrouping, outlines_of, own_groups
from portal.record.audit import record
from portal.record.events import Event

_LONGEST = 500


class OwnTableError(NotAllowedError):
    """Who proposed a table does not approve it."""

    message = "You proposed this table, so somebody else must approve it."


def propose(act: Act, subject: Subject, key: str, *, notice: str = "") -> str:
    """Count, suppress and attack a table, and propose it. Returns its id.

    The same key proposes once, and so does the same table while it waits: from another click, tab or person.
    `notice` says what a correction corrects. Raises TableNotPublishableError, AnswersNeededError.
    """
    allow(act, Permission.PROPOSE_FIGURES)
    built = build(act, subject)
    said = one_line(notice)
    if built.version > 1 and not said:
        raise AnswersNeededError({"notice": "Say what this edition corrects"})
    if len(said) > _LONGEST:
        raise AnswersNeededError({"notice": f"What you write must be {_LONGEST} characters or fewer"})
    sent, missing = senders(act, subject.data_set, subject.run)
    row = PublishedTable(
        id=new_id(),
        key=key,
        data_set=subject.data_set,
        quarter=subject.quarter,
        quarters=subject.quarters,
        rows_field=subject.rows,
        columns_field=subject.columns,
        version=built.version,
        content=built.content,
        outlines=built.outlines,
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
        take_turn(session)
        waits = (
            PublishedTable.status == "proposed",
            PublishedTable.data_set == row.data_set,
            PublishedTable.quarter == row.quarter,
            PublishedTable.content == row.content,
            PublishedTable.outlines == row.outlines,
            PublishedTable.notice == row.notice,
        )
        earlier = session.exec(select(PublishedTable.id).where(or_(PublishedTable.key == key, and_(*waits)))).first()
        if earlier is not None:
            return earlier
        session.add(row)
        record(
            session, act, Event.FIGURES_PROPOSED, f"table:{row.id}", data_set=row.data_set, quarter=subject.run.label
        )
        return row.id


def approve(act: Act, table_id: str) -> None:
    """Publish a proposed table, after proving it once more with all that is public now. Never one's own.

    Raises OwnTableError, TableNotPublishableError, AlreadyDoneError, NotFoundError.
    """
    allow(act, Permission.APPROVE_FIGURES)
    with reading(act.store.engine) as session:
        row = _proposed(session, act, table_id)
    outlines = outlines_of(row.outlines)
    own = own_groups(outlines.get(row.rows_field, LineGrouping()))
    subject = Subject(
        data_set=row.data_set,
        quarter=row.quarter,
        quarters=row.quarters,
        rows=row.rows_field,
        columns=row.columns_field,
        subtotals=sum(len(one.levels) for one in outlines.values()) > bool(own),
        groups=own,
    )
    built = build(act, subject)
    if (built.content, built.outlines, built.version) != (row.content, row.outlines, row.version):
        raise TableNotPublishableError(
            "The returns or the public tables changed since. Refuse it and propose it again."
        )
    with transaction(act.store.engine) as session:
        row = _proposed(session, act, table_id)
        if hash_of([each.id for each in public_rows(session, row.data_set)]) != built.public_hash:
            raise TableNotPublishableError("Another table was published meanwhile. Try again.")
        for before in public_rows(session, row.data_set):
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


def _same(row: PublishedTable, subject: Subject) -> bool:
    mine = (subject.quarter, subject.quarters, subject.rows, subject.columns)
    return row.status == "published" and (row.quarter, row.quarters, row.rows_field, row.columns_field) == mine

"""Deleting the records of returns for good; the line and the certificate of what was taken out stay (s12)."""

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, delete, or_, select

from models.return_queries import ReturnQuery, ReturnQueryWord
from models.returns import ColumnMemory, Return, StoredDataReview, WordingMemory
from portal.ground.act import Act
from portal.retention.schedule import Rule


def empty(act: Act, row: Return) -> None:
    """Overwrite a return's records and its report, in the open transaction; nothing opens them afterwards."""
    if not row.nothing_to_report:
        row.content = act.store.vault.seal(b"", f"quarterly_return.content:{row.id}")
    row.report, row.emptied_at = None, act.at


def delete_replaced(session: Session, act: Act, rule: Rule) -> int:
    """Delete the records of returns that were replaced long enough ago, or withdrawn (clause s12.annual-review).

    Why one was withdrawn is read in its history as long as a replaced one could come back, then it goes too.
    """
    over = col(Return.ended_at) < rule.past(act.at)
    rows = session.exec(
        select(Return)
        .where(
            col(Return.emptied_at).is_(None),
            col(Return.ended_at).is_not(None),
            or_(over, Return.ended_why == "withdrawn"),
        )
        .with_for_update()
    ).all()
    for row in rows:
        empty(act, row)
    explained = session.exec(select(Return).where(over, col(Return.ended_reason).is_not(None)).with_for_update()).all()
    for row in explained:
        row.ended_reason = None
    session.add_all([*rows, *explained])
    return len({row.id for row in (*rows, *explained)})


def delete_review_reasons(session: Session, act: Act, rule: Rule) -> int:
    """Overwrite why reviews kept or deleted records. Of records that are stored the newest reason stays with them."""
    later = aliased(StoredDataReview)
    reviewed_again = (
        select(later.id)
        .where(later.return_id == StoredDataReview.return_id, col(later.reviewed_at) > StoredDataReview.reviewed_at)
        .exists()
    )
    emptied = select(Return.id).where(col(Return.emptied_at).is_not(None))
    rows = session.exec(
        select(StoredDataReview)
        .where(
            col(StoredDataReview.reviewed_at) < rule.past(act.at),
            col(StoredDataReview.reason) != b"",
            or_(reviewed_again, col(StoredDataReview.return_id).in_(emptied)),
        )
        .with_for_update()
    ).all()
    for row in rows:
        row.reason = b""
    session.add_all(rows)
    return len(rows)


def delete_matching(session: Session, act: Act, rule: Rule) -> int:
    """Forget how columns were matched where nobody has used it for long."""
    return session.exec(delete(ColumnMemory).where(col(ColumnMemory.confirmed_at) < rule.past(act.at))).rowcount


def delete_wordings(session: Session, act: Act, rule: Rule) -> int:
    """Forget what words stood for where no return has used it for long."""
    return session.exec(delete(WordingMemory).where(col(WordingMemory.used_at) < rule.past(act.at))).rowcount


def delete_questions(session: Session, act: Act, rule: Rule) -> int:
    """Delete questions about returns, with what was said, long after they were closed."""
    old = select(ReturnQuery.id).where(col(ReturnQuery.closed_at) < rule.past(act.at))
    session.exec(delete(ReturnQueryWord).where(col(ReturnQueryWord.query_id).in_(old)))
    return session.exec(delete(ReturnQuery).where(col(ReturnQuery.closed_at) < rule.past(act.at))).rowcount

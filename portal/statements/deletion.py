"""Deleting sharing statements long after they ended, with who signed them (s12)."""

from sqlmodel import Session, col, delete, select, update

from models.statements import SharingStatement, StatementParty, StatementPost, StatementSignature
from portal.ground.act import Act
from portal.retention.schedule import Rule


def delete_ended(session: Session, act: Act, rule: Rule) -> int:
    """Delete each statement that ended or was replaced long enough ago: its words, paper, posts and signatures."""
    over = col(SharingStatement.ended_at) < rule.past(act.at)
    old = list(session.exec(select(SharingStatement.id).where(over)).all())
    newer = col(SharingStatement.replaces_id).in_(old)
    session.exec(update(SharingStatement).where(newer).values(replaces_id=None))
    for table in (StatementSignature, StatementPost, StatementParty):
        session.exec(delete(table).where(col(table.statement_id).in_(old)))
    return session.exec(delete(SharingStatement).where(col(SharingStatement.id).in_(old))).rowcount

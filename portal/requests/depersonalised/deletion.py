"""Deleting requests without names, and the figures that answered them, at the end of their time (s12)."""

from sqlmodel import Session, col, delete, func, select

from models.depersonalised_requests import DepersonalisedFile, DepersonalisedRequest
from portal.ground.act import Act
from portal.retention.schedule import Rule


def delete_without_names(session: Session, act: Act, rule: Rule) -> int:
    """Delete what was answered or withdrawn long enough ago, with its files, and what nobody answered in that time."""
    ended = func.coalesce(DepersonalisedRequest.answered_at, DepersonalisedRequest.turn_since)
    over = ended < rule.past(act.at)
    old = select(DepersonalisedRequest.id).where(over)
    session.exec(delete(DepersonalisedFile).where(col(DepersonalisedFile.request_id).in_(old)))
    return session.exec(delete(DepersonalisedRequest).where(over)).rowcount

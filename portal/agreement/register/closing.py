"""An organisation that closes, or becomes part of another: it leaves the agreement, and its people go over or end their roles."""

from sqlalchemy import func
from sqlmodel import Session, col, select

from models.accounts import Post
from models.requests import InformationRequest
from portal.accounts.posts import add_post, close_post
from portal.agreement.notices.notices import NoticeDetails, NoticeEffect, give_notice
from portal.agreement.notices.standing import SignatoryStatus, standing_of, take_turn
from portal.agreement.register.changes import open_row
from portal.ground.access import Permission, allow
from portal.ground.act import Act, Role
from portal.ground.database import reading, transaction
from portal.ground.errors import AnswersNeededError
from portal.ground.wording import counted, paragraphs
from portal.record.audit import record
from portal.record.events import Event

REASON_LENGTH = 500


def what_closing_means(act: Act, organisation_id: str) -> tuple[str, ...]:
    """Say in sentences what is left when an organisation closes: its people, its requests, its place in the agreement."""
    allow(act, Permission.INVITE_ANYBODY)
    with reading(act.store.engine) as session:
        row, stands = open_row(session, organisation_id), standing_of(session, organisation_id)
        people = len({post.account_id for post in _posts(session, row.id)})
        waiting = col(InformationRequest.status).in_(["waiting", "question"])
        asked = session.exec(
            select(func.count())
            .select_from(InformationRequest)
            .where(waiting, InformationRequest.holding_organisation_id == row.id)
        ).one()
        asks = session.exec(
            select(func.count())
            .select_from(InformationRequest)
            .where(waiting, InformationRequest.asking_organisation_id == row.id)
        ).one()
    return tuple(
        sentence
        for sentence, there in (
            (f"{counted(people, 'person acts', 'people act')} for it.", people),
            (f"{counted(asked, 'request')} from partners {'waits' if asked == 1 else 'wait'} for its answer.", asked),
            (f"{counted(asks, 'request')} of its own {'is' if asks == 1 else 'are'} open with partners.", asks),
            ("It leaves the agreement today.", stands and stands.status is not SignatoryStatus.LEFT),
            ("What it signed, shared and sent stays, under its name.", True),
        )
        if there
    )


def close(act: Act, organisation_id: str, reason: str, *, into: str | None = None, key: str) -> None:
    """Close an organisation, or merge it `into` another: it leaves the agreement, and its people go over or end their roles.

    Its line, its history and what it shared stay. Raises AnswersNeededError (reason, into), NotFoundError.
    """
    allow(act, Permission.INVITE_ANYBODY)
    words = paragraphs(reason)
    if not words or len(words) > REASON_LENGTH:
        raise AnswersNeededError({"reason": f"Say why, in {REASON_LENGTH} characters or fewer"})
    if into == organisation_id:
        raise AnswersNeededError({"into": "Select another organisation"})
    with reading(act.store.engine) as session:
        stands, other = (
            standing_of(session, open_row(session, organisation_id).id),
            open_row(session, into) if into else None,
        )
    if stands is not None and stands.status is not SignatoryStatus.LEFT:
        said = NoticeDetails(
            reason=words,
            evidence=f"Merged into {other.name}" if other else "Closed",
            name=act.person.name,
            position=act.person.position or "Information Manager",
        )
        give_notice(act, organisation_id, NoticeEffect.WITHDRAWAL, said, key=key)
    with transaction(act.store.engine) as session:
        take_turn(session)
        row = open_row(session, organisation_id)
        moved = [_move(session, act, post, into) for post in _posts(session, row.id)]
        row.closed_at, row.merged_into_id = act.at, into
        session.add(row)
        event = Event.ORGANISATION_MERGED if into else Event.ORGANISATION_CLOSED
        record(session, act, event, f"organisation:{row.id}", row.id, into=into or "", posts=len(moved))


def _move(session: Session, act: Act, post: Post, into: str | None) -> str:
    close_post(session, act, post)
    session.flush()
    if into is not None:
        held = select(Post).where(
            Post.account_id == post.account_id, Post.role == post.role, Post.organisation_id == into,
            col(Post.ended_at).is_(None),
        )  # fmt: skip
        if session.exec(held).first() is None:
            add_post(session, act, post.account_id, Role(post.role), into)
    return post.account_id


def _posts(session: Session, organisation_id: str) -> list[Post]:
    live = select(Post).where(Post.organisation_id == organisation_id, col(Post.ended_at).is_(None))
    return list(session.exec(live).all())

"""An organisation that closes, or becomes part of another: it leaves the agreement, and its people go over or end their roles."""

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, SQLModel, col, select

from models.accounts import Account, Post
from models.after_disclosure import RecipientCopy
from models.organisations import Organisation
from models.requests import InformationRequest
from models.statements import AccessRequest
from portal.accounts.authentication.secret_links import end_link
from portal.accounts.invitations import invited_to
from portal.accounts.posts import about_account, add_post, close_post, role_words
from portal.agreement.notices.notices import NoticeDetails, NoticeEffect, give_notice
from portal.agreement.notices.standing import SignatoryStatus, standing_of, take_turn
from portal.agreement.register.lifecycle.changes import open_row
from portal.agreement.register.lifecycle.handing_over import hand_over
from portal.agreement.register.lifecycle.partners_told import open_statements, tell_partners
from portal.ground.access import Permission, allow
from portal.ground.act import Act, Role
from portal.ground.database import reading, transaction
from portal.ground.errors import AnswersNeededError
from portal.ground.wording import counted, paragraphs
from portal.record.audit import record
from portal.record.events import Event
from portal.record.letters import notify

REASON_LENGTH = 500


def what_closing_means(act: Act, organisation_id: str) -> tuple[str, ...]:
    """Say in sentences what is left when an organisation closes: its people, its requests, its place in the agreement."""
    allow(act, Permission.INVITE_ANYBODY)
    with reading(act.store.engine) as session:
        row, stands = open_row(session, organisation_id), standing_of(session, organisation_id)
        people = len({post.account_id for post in _posts(session, row.id)})
        waiting = col(InformationRequest.status).in_(["waiting", "question"])
        asked = _count(session, InformationRequest, waiting, col(InformationRequest.holding_organisation_id) == row.id)
        asks = _count(session, InformationRequest, waiting, col(InformationRequest.asking_organisation_id) == row.id)
        undecided = col(AccessRequest.decided_at).is_(None)
        held = select(InformationRequest.id).where(InformationRequest.asking_organisation_id == row.id)
        keeps = _count(
            session, RecipientCopy, col(RecipientCopy.status) != "gone", col(RecipientCopy.request_id).in_(held)
        )
        bound = len(open_statements(session, row.id))
        logged = _count(session, AccessRequest, undecided, col(AccessRequest.organisation_id) == row.id)
    return tuple(
        sentence
        for sentence, there in (
            (f"{counted(people, 'person acts', 'people act')} for it.", people),
            (f"{counted(asked, 'request')} from partners {'waits' if asked == 1 else 'wait'} for its answer.", asked),
            (f"{counted(asks, 'request')} of its own {'is' if asks == 1 else 'are'} open with partners.", asks),
            (f"{counted(logged, 'access request')} {'waits' if logged == 1 else 'wait'} for its decision.", logged),
            (
                f"It has not said of {counted(keeps, 'answer')} from partners that {'it is' if keeps == 1 else 'they are'} gone. Ask its people to say so first.",
                keeps,
            ),
            (f"It is a party to {counted(bound, 'sharing statement')}, which can only be ended then.", bound),
            ("It leaves the agreement today.", stands and stands.status is not SignatoryStatus.LEFT),
            ("What it signed and returned stays, under its name.", True),
        )
        if there
    )


def close(act: Act, organisation_id: str, reason: str, *, into: str | None = None, key: str) -> None:
    """Close an organisation, or merge it `into` another: it leaves the agreement, and its people go over or end their roles.

    Its line and its history stay; where it is merged, what it had in hand goes over too. Raises AnswersNeededError (reason, into), NotFoundError.
    """
    allow(act, Permission.INVITE_ANYBODY)
    words = reason_in_words(reason)
    if into == organisation_id:
        raise AnswersNeededError({"into": "Select another organisation"})
    with reading(act.store.engine) as session:
        other = open_row(session, into) if into else None
    leave(act, organisation_id, words, f"Merged into {other.name}" if other else "Closed", key=key)
    with transaction(act.store.engine) as session:
        take_turn(session)
        row = open_row(session, organisation_id)
        row.merged_into_id = into
        everybody = {post.account_id: into for post in _posts(session, row.id)} if into else {}
        posts = end_here(session, act, row, everybody)
        requests = hand_over(session, row.id, into) if into else 0
        tell_partners(session, act, row.id)
        event = Event.ORGANISATION_MERGED if into else Event.ORGANISATION_CLOSED
        record(session, act, event, f"organisation:{row.id}", row.id, into=into or "", posts=posts, requests=requests)


def reason_in_words(reason: str) -> str:
    """Clean the reason why an organisation ends. Raises AnswersNeededError (reason)."""
    words = paragraphs(reason)
    if not words or len(words) > REASON_LENGTH:
        raise AnswersNeededError({"reason": f"Say why, in {REASON_LENGTH} characters or fewer"})
    return words


def leave(act: Act, organisation_id: str, reason: str, evidence: str, *, key: str) -> None:
    """Let an organisation that ends leave the agreement, where it is in it. Raises NotFoundError or AlreadyDoneError."""
    with reading(act.store.engine) as session:
        stands = standing_of(session, open_row(session, organisation_id).id)
    if stands is not None and stands.status is not SignatoryStatus.LEFT:
        said = NoticeDetails(
            reason=reason,
            evidence=evidence,
            name=act.person.name,
            position=act.person.position or "Information Manager",
        )
        give_notice(act, organisation_id, NoticeEffect.WITHDRAWAL, said, key=key, ends=True)


def end_here(session: Session, act: Act, row: Organisation, to: Mapping[str, str]) -> int:
    """End an organisation, the roles in it and the invitations to them; those of whom `to` names go over. Each is told, once.

    Returns how many roles there were.
    """
    posts = _posts(session, row.id)
    for account_id in sorted({post.account_id for post in posts}):
        roles = [Role(post.role) for post in posts if post.account_id == account_id]
        _tell(session, act, account_id, to.get(account_id), row, roles)
    for post in posts:
        _move(session, act, post, to.get(post.account_id))
    for link in session.exec(invited_to(row.id)).all():
        end_link(session, act, link)
    row.closed_at = act.at
    session.add(row)
    return len(posts)


def _move(session: Session, act: Act, post: Post, into: str | None) -> None:
    close_post(session, act, post)
    session.flush()
    if into is not None:
        held = select(Post).where(
            Post.account_id == post.account_id, Post.role == post.role, Post.organisation_id == into,
            col(Post.ended_at).is_(None),
        )  # fmt: skip
        if session.exec(held).first() is None:
            add_post(session, act, post.account_id, Role(post.role), into)


def _tell(
    session: Session, act: Act, account_id: str, into: str | None, ended: Organisation, roles: Sequence[Role]
) -> None:
    notify(
        session,
        act,
        "role-moved" if into else "roles-closed",
        session.get_one(Account, account_id).email,
        about=about_account(account_id),
        organisation=session.get_one(Organisation, into).name if into else ended.name,
        roles=role_words(roles),
    )


def _count(session: Session, table: type[SQLModel], *which: ColumnElement[bool]) -> int:
    return session.exec(select(func.count()).select_from(table).where(*which)).one()


def _posts(session: Session, organisation_id: str) -> list[Post]:
    live = select(Post).where(Post.organisation_id == organisation_id, col(Post.ended_at).is_(None))
    return list(session.exec(live).all())

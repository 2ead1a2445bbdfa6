"""What is left when a person leaves: said before it is done, so that somebody can take over first."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from sqlalchemy import func
from sqlmodel import Session, col, or_, select

from models.accounts import Account, Post
from models.meetings import Meeting
from models.organisations import Organisation
from models.requests import InformationRequest
from portal.accounts.invitations import invited_for
from portal.accounts.self_service.absence import PlannedAbsence, absences
from portal.agreement.notices.standing import SignatoryStatus, standing_of
from portal.ground.access import Permission, allow
from portal.ground.act import ROLE_TITLES, Act, Role
from portal.ground.database import reading
from portal.ground.wording import counted, today
from portal.meetings.minutes.reading import minutes_left_by

_SOON = timedelta(days=14)
_ALONE = {
    Role.APPROVER: "nobody can sign for it, decide requests or invite others",
    Role.PARTNER: "only its approvers act for it",
}


def what_leaving_means(act: Act, account_id: str) -> tuple[str, ...]:
    """Say in sentences what nobody else does yet of what this person does (Permission MANAGE_PEOPLE); () where all is covered."""
    allow(act, Permission.MANAGE_PEOPLE)
    with reading(act.store.engine) as session:
        posts = session.exec(select(Post).where(Post.account_id == account_id, col(Post.ended_at).is_(None))).all()
        return (
            *_posts(session, posts, account_id),
            *_meetings(session, act, account_id),
            *_requests(session, account_id),
        )


def only_i_do(act: Act) -> tuple[str, ...]:
    """Say in sentences what nobody else can do of what the signed-in person does, for them to know before they are away."""
    with reading(act.store.engine) as session:
        posts = session.exec(select(Post).where(Post.account_id == act.person.id, col(Post.ended_at).is_(None))).all()
        return tuple(_posts(session, posts, act.person.id))


def uncovered(act: Act) -> list[PlannedAbsence]:
    """List who is away, or will be within two weeks, while nobody stands in and nobody else holds one of their roles."""
    allow(act, Permission.MANAGE_PEOPLE)
    soon = [one for one in absences(act) if not one.stand_in and one.first <= today(act.at) + _SOON]
    with reading(act.store.engine) as session:
        posts = {
            one.account_id: session.exec(
                select(Post).where(Post.account_id == one.account_id, col(Post.ended_at).is_(None))
            ).all()
            for one in soon
        }
        return [one for one in soon if list(_posts(session, posts[one.account_id], one.account_id))]


def without_approver(act: Act) -> list[tuple[str, str]]:
    """List the organisations for which nobody can sign or decide, as (id, name), until somebody is invited to.

    Their last approver is gone, or they came out of one that was split. Who left the agreement needs none.
    """
    allow(act, Permission.MANAGE_PEOPLE)
    with reading(act.store.engine) as session:
        approves = select(Post.organisation_id).where(
            Post.role == Role.APPROVER.value, col(Post.organisation_id).is_not(None)
        )
        live = approves.join(Account, col(Account.id) == col(Post.account_id)).where(
            col(Post.ended_at).is_(None), col(Account.closed_at).is_(None)
        )
        rows = session.exec(
            select(Organisation)
            .where(
                or_(col(Organisation.id).in_(approves), col(Organisation.split_from_id).is_not(None)),
                col(Organisation.id).not_in(live),
                col(Organisation.closed_at).is_(None),
            )
            .order_by(col(Organisation.search_name))
        ).all()
        invited = set(invited_for(session, Role.APPROVER, act.at))
        return [
            (row.id, row.name)
            for row in rows
            if row.id not in invited
            and ((stands := standing_of(session, row.id)) is None or stands.status is not SignatoryStatus.LEFT)
        ]


def _posts(session: Session, posts: Sequence[Post], account_id: str) -> Iterator[str]:
    for post in posts:
        same = (
            select(Post.id)
            .join(Account, col(Account.id) == col(Post.account_id))
            .where(
                Post.role == post.role,
                Post.organisation_id == post.organisation_id,
                Post.account_id != account_id,
                col(Post.ended_at).is_(None),
                col(Account.closed_at).is_(None),
            )
        )
        if session.exec(same).first() is not None:
            continue
        role, body = Role(post.role), session.get(Organisation, post.organisation_id) if post.organisation_id else None
        if body is not None:
            yield f"The only {role.value} of {body.name}: without them {_ALONE[role]}."
        else:
            yield f"The only {ROLE_TITLES[role].partition(':')[0]}. Give somebody else that role first."


def _meetings(session: Session, act: Act, account_id: str) -> Iterator[str]:
    count = session.exec(
        select(func.count())
        .select_from(Meeting)
        .where(
            Meeting.chair_id == account_id,
            Meeting.starts_at > act.at,
            col(Meeting.opened_at).is_(None),
            col(Meeting.called_off_at).is_(None),
        )
    ).one()
    begun = session.exec(
        select(func.count())
        .select_from(Meeting)
        .where(Meeting.chair_id == account_id, col(Meeting.opened_at).is_not(None), col(Meeting.closed_at).is_(None))
    ).one()
    if begun:
        yield f"The door of {counted(begun, 'meeting')} is open with them as Chair. Let them close it first."
    unwritten = len(minutes_left_by(session, act, account_id))
    if unwritten:
        yield f"{counted(unwritten, 'meeting')} that they held {'has' if unwritten == 1 else 'have'} no minutes yet. Let them send those out, or choose under To do who takes it over."
    if count:
        yield f"{counted(count, 'planned meeting')} {'has' if count == 1 else 'have'} them as Chair. Choose another under To do afterwards."


def _requests(session: Session, account_id: str) -> Iterator[str]:
    waiting = col(InformationRequest.status).in_(["waiting", "question"])
    for column, said in (
        (
            col(InformationRequest.requester_id),
            "that they sent {} still open. Colleagues see the answer only where they were named.",
        ),
        (
            col(InformationRequest.assigned_to_id),
            "that they see to {} still open. It goes back to all their colleagues.",
        ),
    ):
        count = session.exec(
            select(func.count()).select_from(InformationRequest).where(waiting, column == account_id)
        ).one()
        if count:
            yield f"{counted(count, 'request')} {said.format('is' if count == 1 else 'are')}"

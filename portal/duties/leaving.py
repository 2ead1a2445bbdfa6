"""What is left when a person leaves: said before it is done, so that somebody can take over first."""

from collections.abc import Iterator, Sequence

from sqlalchemy import func
from sqlmodel import Session, col, select

from models.accounts import Account, Post
from models.meetings import Meeting
from models.organisations import Organisation
from models.requests import InformationRequest
from portal.ground.access import Permission, allow
from portal.ground.act import ROLE_TITLES, Act, Role
from portal.ground.database import reading
from portal.ground.wording import counted

_ALONE = {
    Role.APPROVER: "nobody can sign, decide requests or invite colleagues for it",
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

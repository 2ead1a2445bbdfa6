"""Secret links: invitation, new password, second step. 256 random bits, kept as a hash, used once."""

from datetime import timedelta
from enum import StrEnum

from sqlmodel import Session, col, select

from models.accounts import Link
from portal.ground.act import Act
from portal.ground.errors import LinkError
from portal.ground.vault import token, token_hash
from portal.ground.wording import new_id
from portal.record.outbox import settle


class LinkPurpose(StrEnum):
    """What a link is for; one of another purpose does not open it."""

    INVITATION = "invitation"
    NEW_PASSWORD = "new-password"  # noqa: S105 - the name of a purpose
    SECOND_STEP = "second-step"
    NEW_ADDRESS = "new-address"
    DOOR = "door"


def about_link(link: str) -> str:
    """Name what a letter with a secret link is about, by the link's hash: one that is used or withdrawn is sent no more."""
    return f"link:{token_hash(link.rpartition('/')[2])}"


def make_link(
    session: Session,
    act: Act,
    purpose: LinkPurpose,
    email: str,
    lasts: timedelta,
    *,
    subject: str = "",
    role: str = "",
    organisation_id: str | None = None,
) -> str:
    """Make a link in the open transaction and end the older ones of the same purpose, address and role.

    Returns the secret; only its hash is kept.
    """
    end_links(session, act, {purpose}, email, role=role)
    secret = token()
    session.add(
        Link(
            id=new_id(),
            purpose=purpose.value,
            token_hash=token_hash(secret),
            email=email,
            subject=subject,
            role=role,
            organisation_id=organisation_id,
            made_at=act.at,
            made_by=act.person.name,
            expires_at=act.at + lasts,
        )
    )
    return secret


def live_link(session: Session, act: Act, purpose: LinkPurpose, secret: str) -> Link | None:
    """Find a link that can still be used, locked where the session writes; None where there is none."""
    return session.exec(
        select(Link)
        .where(
            Link.token_hash == token_hash(secret),
            Link.purpose == purpose.value,
            col(Link.used_at).is_(None),
            col(Link.ended_at).is_(None),
            col(Link.expires_at) > act.at,
        )
        .with_for_update()
    ).first()


def use_link(session: Session, act: Act, purpose: LinkPurpose, secret: str) -> Link:
    """Use a link up in the open transaction. Raises LinkError when it is unknown, used, superseded or too old."""
    link = live_link(session, act, purpose, secret)
    if link is None:
        raise LinkError
    link.used_at = act.at
    session.add(link)
    settle(session, act, f"link:{link.token_hash}")
    return link


def end_links(session: Session, act: Act, purposes: set[LinkPurpose], email: str, *, role: str | None = None) -> None:
    """End the links of some purposes that an address still holds (for one role, where it is given)."""
    query = select(Link).where(
        col(Link.purpose).in_([purpose.value for purpose in purposes]),
        Link.email == email,
        col(Link.used_at).is_(None),
        col(Link.ended_at).is_(None),
    )
    for link in session.exec(query if role is None else query.where(Link.role == role)).all():
        end_link(session, act, link)


def end_link(session: Session, act: Act, link: Link) -> None:
    """End a link in the open transaction; a letter that carries it and still waits is not sent any more."""
    link.ended_at = act.at
    session.add(link)
    settle(session, act, f"link:{link.token_hash}")

"""Secret links: invitation, new password, second step. 256 random bits, kept as a hash, used once."""

import json
from datetime import timedelta
from enum import StrEnum

from sqlmodel import Session, col, select

from models.accounts import Link
from portal.ground.act import Act
from portal.ground.calendar.noted import AHEAD
from portal.ground.errors import LinkError
from portal.ground.vault import same, token
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
    """Name what a letter with a secret link is about, by the link's id: one that is used or withdrawn is sent no more."""
    return f"link:{link.rpartition('/')[2].partition('.')[0]}"


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

    Returns the secret, which begins with the id of its row; only its hash is kept.
    """
    end_links(session, act, {purpose}, email, role=role)
    row = Link(
        id=new_id(),
        purpose=purpose.value,
        token_hash="",
        email=email,
        subject=subject,
        role=role,
        organisation_id=organisation_id,
        made_at=act.at,
        made_by=act.person.name,
        expires_at=act.at + lasts,
    )
    secret = f"{row.id}.{token()}"
    row.token_hash = _bound(act, row, secret)
    session.add(row)
    return secret


def live_link(session: Session, act: Act, purpose: LinkPurpose, secret: str) -> Link | None:
    """Find a link that can still be used, locked where the session writes; None where there is none."""
    row = session.exec(
        select(Link)
        .where(
            Link.id == secret.partition(".")[0],
            Link.purpose == purpose.value,
            col(Link.used_at).is_(None),
            col(Link.ended_at).is_(None),
            col(Link.expires_at) > act.at,
            col(Link.made_at) <= act.at + AHEAD,  # one of a later day was made while the clock was wrong
        )
        .with_for_update()
    ).first()
    return row if row is not None and same(row.token_hash, _bound(act, row, secret)) else None


def use_link(session: Session, act: Act, purpose: LinkPurpose, secret: str) -> Link:
    """Use a link up in the open transaction. Raises LinkError when it is unknown, used, superseded or too old."""
    link = live_link(session, act, purpose, secret)
    if link is None:
        raise LinkError
    link.used_at = act.at
    session.add(link)
    settle(session, act, f"link:{link.id}")
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
    settle(session, act, f"link:{link.id}")


def _bound(act: Act, row: Link, secret: str) -> str:
    """Hash a secret with what its row lets it do, by the portal's own keys: no row written or changed past the portal opens anything."""
    what = [row.purpose, row.email, row.subject, row.role, row.organisation_id or "", secret]
    return act.store.vault.keyed_hash(f"link:{json.dumps(what)}")

"""Telling the Information Managers that the portal stopped trying to send a letter."""

from datetime import timedelta

from sqlmodel import col, func, select

from models.accounts import Account, Post
from models.record import Message
from portal.ground.act import Act, Role
from portal.ground.database import transaction
from portal.record.outbox import Letter, post

_ABOUT = "outbox:given-up"
_EVERY = timedelta(days=1)


def tell_of_letters_given_up(act: Act) -> int:
    """Tell each Information Manager, once a day at most, where letters were given up since; returns how many were told.

    What was too old to send on a day without mail, or an address that does not exist, is theirs to see to. The letter
    names nobody, and none is written about a letter of its own kind.
    """
    with transaction(act.store.engine) as session:
        last = session.exec(select(func.max(col(Message.queued_at))).where(Message.about == _ABOUT)).one()
        if last is not None and act.at - last < _EVERY:
            return 0
        lost = select(func.count()).where(col(Message.given_up_at).is_not(None), Message.about != _ABOUT)
        count = session.exec(lost.where(col(Message.given_up_at) > last) if last else lost).one()
        if not count:
            return 0
        managers = session.exec(
            select(Account.email)
            .join(Post, col(Post.account_id) == col(Account.id))
            .where(Post.role == Role.MANAGER.value, col(Post.ended_at).is_(None), col(Account.closed_at).is_(None))
        ).all()
        for address in managers:
            post(
                session,
                act,
                Letter(
                    template="letters-given-up",
                    to=address,
                    subject="Some messages of the portal could not be sent",
                    body=f"{count} of the portal's messages could not be sent, and it has stopped trying.\n\nSign in and see 'Messages waiting': read why, put the address right or hand the message over, and press 'Try again now'.",
                    about=_ABOUT,
                ),
            )
    return len(managers)

"""Telling the Information Managers that the portal stopped trying to send a letter."""

from datetime import timedelta

from sqlmodel import col, func, select

from models.record import Message
from portal.accounts.holders import addresses_of
from portal.ground.act import Act, Role
from portal.ground.database import transaction
from portal.record.letters import notify

GIVEN_UP = "outbox:given-up"
_EVERY = timedelta(days=1)


def tell_of_letters_given_up(act: Act) -> int:
    """Tell each Information Manager, once a day at most, where letters were given up since; returns how many were told.

    What was too old to send on a day without mail, or an address that does not exist, is theirs to see to. The letter
    names nobody, and none is written about a letter of its own kind.
    """
    with transaction(act.store.engine) as session:
        last = session.exec(select(func.max(col(Message.queued_at))).where(Message.about == GIVEN_UP)).one()
        if last is not None and act.at - last < _EVERY:
            return 0
        lost = select(func.count()).where(col(Message.given_up_at).is_not(None), Message.about != GIVEN_UP)
        count = session.exec(lost.where(col(Message.given_up_at) > last) if last else lost).one()
        if not count:
            return 0
        managers = addresses_of(session, Role.MANAGER)
        notify(session, act, "letters-given-up", managers, count=count, about=GIVEN_UP)
    return len(managers)

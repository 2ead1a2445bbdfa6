"""Passing the signing on to the person who is allowed to."""

from datetime import timedelta

from portal.agreement.addresses import checked_address
from portal.agreement.reach import Reach
from portal.agreement.signing.journey import JOURNEY, keep, organisation_name, signing
from portal.ground import drafts, rate_limits
from portal.ground.act import PUBLIC, Act
from portal.ground.database import transaction
from portal.ground.errors import AnswersNeededError, TooManyTriesError
from portal.ground.wording import NAME_LENGTH, is_name, one_line
from portal.record.letters import notify

_DELEGATIONS = rate_limits.Limit(kind="sign-delegate", most=5, within=timedelta(hours=24))
_NO_LETTER = (
    "Too many letters about signing went out today, so we sent none. Nothing is lost. Tell the person yourself: they can "
    "open {} and sign there."
)


def delegate(act: Act, secret: str, *, name: str, address: str, reach: Reach) -> str:
    """Send this signing to somebody else: they get a signing of their own, bound to their address.

    A letter that is passed on does not let another person sign: the invited address must be checked by a code sent to
    it. Returns the address; asking again for the same one sends nothing more. Raises AnswersNeededError, TooManyTriesError.
    """
    wanted = one_line(name)
    if not is_name(wanted) or len(wanted) > NAME_LENGTH:
        raise AnswersNeededError({"name": "Enter the name of the person who is allowed to sign"})
    to = checked_address(address, "address")
    now = signing(act, secret)
    if to == now.said("email"):
        raise AnswersNeededError({"address": "Enter the address of the other person, not your own"})
    if now.said("delegated_to") == to:
        return to
    try:
        rate_limits.attempt(act, (_DELEGATIONS, now.draft_id), (_DELEGATIONS, to))
    except TooManyTriesError as error:  # whoever used it up, the other person can still begin by themselves
        raise TooManyTriesError(error.seconds, _NO_LETTER.format(reach.link("/sign"))) from error
    theirs = {"email": to, "invited": True, "name": wanted, "organisation_id": now.said("organisation_id")}
    theirs |= {"protocol": now.said("protocol"), "new": now.answers.get("new"), "network": now.said("network")}
    key = drafts.begin(act.as_(PUBLIC), JOURNEY, theirs)[1]
    link = reach.link(f"/sign/continue?key={key}.")
    with transaction(act.store.engine) as session:
        notify(session, act, "sign-delegate", to, organisation=organisation_name(act, now), secret=link)
    keep(act, secret, delegated_to=to)
    return to

"""The second step of signing in: six digits from an app on the person's phone (TOTP, RFC 6238)."""

from dataclasses import dataclass

import pyotp
from sqlmodel import select

from models.accounts import Account
from portal.accounts.authentication import recovery_codes
from portal.accounts.authentication.sessions import end_other_sessions
from portal.ground import drafts
from portal.ground.act import Act
from portal.ground.database import transaction
from portal.ground.errors import AnswersNeededError, NotFoundError, SignedOutError
from portal.ground.partnership import facts
from portal.ground.vault import same
from portal.ground.wording import day_and_time
from portal.record.audit import record
from portal.record.events import Event
from portal.record.letters import notify

_SECONDS = 30
_DIGITS = 6
_JOURNEY = "second-step"


@dataclass(frozen=True)
class Enrolment:
    """What an app needs: the key to type, and the address that its camera reads."""

    key: str
    uri: str
    draft_id: str


def step_of(act: Act, account: Account, code: str) -> int | None:
    """Give the time step a code belongs to, if it is right and has not been used; a step early or late is forgiven."""
    if account.totp_secret is None:
        return None
    key = act.store.vault.open_text(account.totp_secret, f"account.totp_secret:{account.id}")
    last = account.totp_last or 0
    ahead = last > int(act.at.timestamp()) // _SECONDS + 1  # the clock went wrong, and was put back since
    return _matching_step(act, key, code, after=0 if ahead else last)


def enrolment(act: Act) -> Enrolment:
    """Begin, or go on with, turning the second step on: the same key over a refresh."""
    if not act.person.signed_in:
        raise SignedOutError
    begun = (
        next(iter(drafts.held(act, _JOURNEY)), None) or drafts.begin(act, _JOURNEY, {"key": pyotp.random_base32()})[0]
    )
    key = str(begun.answers["key"])
    uri = pyotp.TOTP(key).provisioning_uri(name=act.person.email, issuer_name=facts(act.store).name)
    return Enrolment(key=key, uri=uri, draft_id=begun.id)


def turn_on(act: Act, draft_id: str, code: str, *, keep: str = "") -> tuple[str, ...]:
    """Turn the second step on once the app shows a right code; every session but `keep` (a cookie) ends.

    Returns the recovery codes, to be shown this once. Raises AnswersNeededError.
    """
    if not act.person.signed_in:
        raise SignedOutError
    key = str(drafts.resume(act, _JOURNEY, draft_id=draft_id).answers.get("key", ""))
    step = _matching_step(act, key, code, after=0) if key else None
    if step is None:
        raise AnswersNeededError({"code": "Enter the 6-digit code that your app shows now"})
    with transaction(act.store.engine) as session:
        account = session.exec(select(Account).where(Account.id == act.person.id).with_for_update()).one()
        account.totp_secret = act.store.vault.seal_text(key, f"account.totp_secret:{account.id}")
        account.totp_last = step
        session.add(account)
        drafts.finish(session, act, _JOURNEY, account.id, draft_id=draft_id)
        end_other_sessions(session, act, account.id, keep)
        record(session, act, Event.SECOND_STEP_ON, f"account:{account.id}")
        notify(session, act, "second-step-changed", account.email, on_or_off="on", at=day_and_time(act.at))
        return recovery_codes.make(session, act, account.id)


def turn_off(act: Act, account_id: str) -> None:
    """Turn the second step off for an account. The caller has checked that this person may (own account, or manager)."""
    with transaction(act.store.engine) as session:
        account = session.get(Account, account_id)
        if account is None:
            raise NotFoundError
        if account.totp_secret is not None:
            account.totp_secret, account.totp_last = None, None
            session.add(account)
            recovery_codes.end(session, account_id)
            record(session, act, Event.SECOND_STEP_OFF, f"account:{account_id}")
            notify(session, act, "second-step-changed", account.email, on_or_off="off", at=day_and_time(act.at))


def _matching_step(act: Act, key: str, code: str, *, after: int) -> int | None:
    typed = "".join(c for c in code if c.isascii() and c.isdigit())
    if len(typed) != _DIGITS:
        return None
    now = int(act.at.timestamp()) // _SECONDS
    app = pyotp.TOTP(key)
    for step in (now, now - 1, now + 1):
        if step > after and same(typed, app.generate_otp(step)):
            return step
    return None

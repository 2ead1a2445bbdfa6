"""Recovery codes: ten numbers on paper for whoever lost their phone. Each signs in once; only their hashes are kept."""

import secrets

from sqlmodel import Session, col, delete, func, select

from models.accounts import Account, RecoveryCode
from portal.ground.act import Act
from portal.ground.database import reading, transaction
from portal.ground.errors import NotFoundError, SignedOutError
from portal.ground.wording import day_and_time
from portal.record.audit import record
from portal.record.events import Event
from portal.record.letters import notify

MANY = 10
_DIGITS = 10  # the field for a code opens the digits of a phone; one of ten is guessed in 10^9 tries, of which 10 an hour are let


def renew(act: Act) -> tuple[str, ...]:
    """Make new recovery codes for one's own account and end the older ones; they are shown this once.

    The page has asked for the password first. Raises SignedOutError, and NotFoundError where no second step is on.
    """
    if not act.person.signed_in:
        raise SignedOutError
    with transaction(act.store.engine) as session:
        account = session.exec(select(Account).where(Account.id == act.person.id).with_for_update()).one()
        if account.totp_secret is None:
            raise NotFoundError
        return make(session, act, account.id)


def make(session: Session, act: Act, account_id: str) -> tuple[str, ...]:
    """Make an account's codes anew in the open transaction; the older ones end."""
    end(session, account_id)
    codes = tuple(f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}}" for _ in range(MANY))
    for code in set(codes):
        session.add(RecoveryCode(code_hash=_hash(act, account_id, code), account_id=account_id, made_at=act.at))
    record(session, act, Event.RECOVERY_CODES_MADE, f"account:{account_id}")
    return tuple(f"{code[:5]} {code[5:]}" for code in codes)


def end(session: Session, account_id: str) -> None:
    """End every code of an account in the open transaction."""
    session.exec(delete(RecoveryCode).where(col(RecoveryCode.account_id) == account_id))


def use(session: Session, act: Act, account: Account, typed: str) -> bool:
    """Use a code up in the open transaction, with its entry in the record and a letter; False where it is none of theirs."""
    code = "".join(c for c in typed if c.isascii() and c.isdigit())
    row = session.get(RecoveryCode, _hash(act, account.id, code)) if len(code) == _DIGITS else None
    if row is None:
        return False
    session.delete(row)
    session.flush()
    rest = _count(session, account.id)
    record(session, act, Event.RECOVERY_CODE_USED, f"account:{account.id}", left=rest)
    notify(session, act, "recovery-code-used", account.email, at=day_and_time(act.at), left=rest)
    return True


def left(act: Act) -> int:
    """Say how many codes one's own account still has."""
    with reading(act.store.engine) as session:
        return _count(session, act.person.id)


def _count(session: Session, account_id: str) -> int:
    return session.exec(select(func.count()).where(RecoveryCode.account_id == account_id)).one()


def _hash(act: Act, account_id: str, code: str) -> str:
    return act.store.vault.keyed_hash(f"recovery:{account_id}:{code}")

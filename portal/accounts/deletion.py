"""Erasing who had an account, a year after it was closed; what they did still refers to the empty account (s12)."""

from sqlmodel import Session, col, delete, select

from models.accounts import Absence, Account
from portal.accounts.authentication import recovery_codes
from portal.ground.act import Act
from portal.ground.wording import today
from portal.retention.schedule import Rule

NOBODY = "Somebody who left"
_ENDING = "@closed.invalid"  # an address that no mail can go to (RFC 2606)


def erase_closed(session: Session, act: Act, rule: Rule) -> int:
    """Erase name, address, post, password and second step of each account closed long enough ago."""
    rows = session.exec(
        select(Account).where(col(Account.closed_at) < rule.past(act.at), col(Account.email).not_like(f"%{_ENDING}"))
    ).all()
    for row in rows:
        row.email, row.name, row.former_names, row.position = f"{row.id}{_ENDING}", NOBODY, None, ""
        row.password_hash, row.totp_secret, row.totp_last = "closed", None, None
        session.add(row)
        recovery_codes.end(session, row.id)
    return len(rows)


def delete_absences(session: Session, act: Act, rule: Rule) -> int:
    """Delete what is known of days on which somebody was away, once they are over."""
    return session.exec(delete(Absence).where(col(Absence.last) < today(rule.past(act.at)))).rowcount

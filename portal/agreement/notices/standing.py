"""Where an organisation stands: signed, stopped for now, left, or none of these; and the gate that other rooms call."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session, col, select

from models.agreements import Standing
from models.record import AuditHead
from portal.agreement.errors import NotActiveError
from portal.ground.act import Store
from portal.ground.database import reading
from portal.ground.wording import day, new_id


class SignatoryStatus(StrEnum):
    """What the register says of an organisation."""

    SIGNED = "signed"
    SUSPENDED = "suspended"
    LEFT = "left"


STATUS_WORDS = {
    SignatoryStatus.SIGNED: "Signed",
    SignatoryStatus.SUSPENDED: "Stopped for now",
    SignatoryStatus.LEFT: "Left",
}


@dataclass(frozen=True, kw_only=True)
class StandingPeriod:
    """An organisation's standing from `begins_at` on; `since` is the day that people are told."""

    status: SignatoryStatus
    edition: str
    signature_id: str
    since: datetime
    begins_at: datetime


def standing_of(where: Store | Session, organisation_id: str) -> StandingPeriod | None:
    """Give where an organisation stands now; None where no signature of it was ever confirmed."""
    if isinstance(where, Store):
        with reading(where.engine) as session:
            return standing_of(session, organisation_id)
    row = _now(where, organisation_id)
    return None if row is None else _shown(row)


def is_behind(status: SignatoryStatus, edition: str, newest: str) -> bool:
    """Say whether an organisation should sign again: another edition than the one it signed is in force (`newest`)."""
    return status is not SignatoryStatus.LEFT and edition != newest


def require_active(where: Store | Session, organisation_id: str) -> StandingPeriod:
    """Go on only if the organisation has signed and neither stopped nor left (clauses s14.suspension, s14.termination).

    Raises NotActiveError. Called in the transaction of every exchange, since a notice takes effect at once.
    """
    stands = standing_of(where, organisation_id)
    if stands is None:
        raise NotActiveError
    if stands.status is SignatoryStatus.SUSPENDED:
        raise NotActiveError(
            f"This organisation stopped sharing for now on {day(stands.since)}.", paragraph="Section 14"
        )
    if stands.status is SignatoryStatus.LEFT:
        raise NotActiveError(f"This organisation left the agreement on {day(stands.since)}.", paragraph="Section 14")
    return stands


def require_not_stopped(where: Store | Session, organisation_id: str | None) -> None:
    """Go on unless the organisation has stopped for now or left; one that never signed is bound by its undertakings alone.

    Raises NotActiveError (clauses s14.suspension, s14.termination).
    """
    stands = standing_of(where, organisation_id) if organisation_id else None
    if organisation_id and stands is not None and stands.status is not SignatoryStatus.SIGNED:
        require_active(where, organisation_id)


def take_turn(session: Session) -> None:
    """Queue behind other writers, so that what is read next cannot change before the transaction ends."""
    session.exec(select(AuditHead).where(AuditHead.id == 1).with_for_update()).one()


def begin_standing(
    session: Session,
    organisation_id: str,
    status: SignatoryStatus,
    signature: tuple[str, str],
    *,
    at: datetime,
    since: datetime,
    notice_id: str | None = None,
) -> None:
    """Close the standing of now and begin the next, in the open transaction. `signature` is its id and its edition.

    Time never runs backwards in it, whatever the clock does: the next begins no earlier than the last.
    """
    row = _now(session, organisation_id)
    begins = at
    if row is not None:
        begins = max(at, row.begins_at)
        row.ends_at = begins
        session.add(row)
        session.flush()  # the old one must be closed before the next opens: one standing now
    signature_id, edition = signature
    session.add(
        Standing(
            id=new_id(),
            organisation_id=organisation_id,
            signature_id=signature_id,
            notice_id=notice_id,
            edition=edition,
            status=status.value,
            since=since,
            begins_at=begins,
        )
    )


def past_standings(session: Session, organisation_id: str) -> list[Standing]:
    """List every standing of an organisation, the oldest first."""
    return list(
        session.exec(
            select(Standing)
            .where(Standing.organisation_id == organisation_id)
            .order_by(col(Standing.begins_at), col(Standing.ends_at).is_(None))
        ).all()
    )


def _now(session: Session, organisation_id: str) -> Standing | None:
    return session.exec(
        select(Standing).where(Standing.organisation_id == organisation_id, col(Standing.ends_at).is_(None))
    ).first()


def _shown(row: Standing) -> StandingPeriod:
    return StandingPeriod(
        status=SignatoryStatus(row.status),
        edition=row.edition,
        signature_id=row.signature_id,
        since=row.since,
        begins_at=row.begins_at,
    )

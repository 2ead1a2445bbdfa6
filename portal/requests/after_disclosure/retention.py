"""How long a request is kept with its answer, by the holder's retention policy (s12)."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, select

from models.requests import Decision, InformationRequest, KeepingTime
from portal.agreement.notices.standing import take_turn
from portal.ground.access import Permission, allow
from portal.ground.act import Act
from portal.ground.calendar.working_calendar import years_after
from portal.ground.database import reading, transaction
from portal.ground.errors import AnswersNeededError
from portal.ground.wording import today
from portal.record.audit import record
from portal.record.events import Event
from portal.requests.participants import own_organisation
from portal.retention.schedule import rule

DEFAULT_YEARS = rule("requests").keep.years  # it holds until an organisation sets its own
MOST_YEARS = 100


@dataclass(frozen=True, kw_only=True)
class RequestRetention:
    """How long an organisation keeps requests: in years, who set it and when ('' and None: nobody yet)."""

    years: int
    set_by: str = ""
    set_at: datetime | None = None


def keeping_time(act: Act) -> RequestRetention:
    """Give how long one's own organisation keeps the requests it answered (clause s12.personal-retention)."""
    organisation_id = own_organisation(act)
    allow(act, Permission.ANSWER, organisation_id)
    with reading(act.store.engine) as session:
        row = session.get(KeepingTime, organisation_id)
    return (
        RequestRetention(years=row.years, set_by=row.set_by, set_at=row.set_at)
        if row
        else RequestRetention(years=DEFAULT_YEARS)
    )


def set_keeping_time(act: Act, years: str) -> None:
    """Set how long one's own organisation keeps the requests it answered, in whole years. For its approvers.

    Setting the same again changes nothing. Raises AnswersNeededError for anything but 1 to 100.
    """
    organisation_id = own_organisation(act)
    allow(act, Permission.DECIDE, organisation_id)
    typed = years.strip()
    if not (typed.isascii() and typed.isdigit() and 1 <= int(typed[:9]) <= MOST_YEARS):
        raise AnswersNeededError({"years": f"Enter a number of years from 1 to {MOST_YEARS}."})
    with transaction(act.store.engine) as session:
        take_turn(session)
        row = session.get(KeepingTime, organisation_id)
        if row is not None and row.years == int(typed):
            return
        row = row or KeepingTime(organisation_id=organisation_id, years=0, set_at=act.at, set_by="")
        before, row.years, row.set_at, row.set_by = row.years, int(typed), act.at, act.person.name
        session.add(row)
        details = {"years": row.years, "before": before or DEFAULT_YEARS}
        record(session, act, Event.KEEPING_SET, f"organisation:{organisation_id}", organisation_id, **details)


def keeping_ends(session: Session, row: InformationRequest, decided_at: datetime | None = None) -> date:
    """Give the last day on which the holder keeps its own record of an answered request."""
    set_time = session.get(KeepingTime, row.holding_organisation_id)
    if decided_at is None:
        decided_at = session.exec(select(Decision.decided_at).where(Decision.request_id == row.id)).one()
    return years_after(today(decided_at), set_time.years if set_time else DEFAULT_YEARS)

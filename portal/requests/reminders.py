"""Reminding whoever a request waits for, after five working days and every five after that (s6 Exchange: the earliest opportunity)."""

from datetime import date, datetime

from sqlmodel import Session, col, select

from models.accounts import Account
from models.requests import InformationRequest
from portal.accounts.holders import still_acting
from portal.agreement.notices.standing import take_turn
from portal.ground.act import Act
from portal.ground.calendar.noted import waits_since
from portal.ground.calendar.working_calendar import working_days_after, working_days_between
from portal.ground.database import transaction
from portal.ground.wording import today
from portal.record.audit import record
from portal.record.events import Event
from portal.requests.exchange.assigning import seen_to_by
from portal.requests.notifications import tell
from portal.requests.participants import people_of

WAITS = 5  # working days before anybody is reminded


def remind_of_requests(act: Act) -> int:
    """Remind whose turn it has been for five working days; returns how many requests. Safe to run twice (clause s6.earliest-opportunity)."""
    reminded = 0
    with transaction(act.store.engine) as session:
        take_turn(session)
        rows = session.exec(
            select(InformationRequest).where(col(InformationRequest.status).in_(["waiting", "question"]))
        ).all()
        for row in rows:
            if working_days(waits_since(act.at, row.turn_since, row.reminded_at), act.at) < WAITS:
                continue
            holder = row.status == "waiting"
            asks = still_acting(session, [row.requester_id], row.asking_organisation_id)
            people = holders_of(session, row) if holder else asks
            if not tell(session, act, "request-reminder", row, people):
                continue  # nobody is there, or they had a letter about it today
            row.reminded_at = act.at
            session.add(row)
            where = row.holding_organisation_id if holder else row.asking_organisation_id
            record(session, act, Event.REQUEST_REMINDED, f"request:{row.id}", where)
            reminded += 1
    return reminded


def holders_of(session: Session, row: InformationRequest) -> list[Account]:
    """Give who of the holder's people a letter goes to: who sees to the request, or everybody where nobody does."""
    named = seen_to_by(session, row)
    return [named] if named is not None else people_of(session, row.holding_organisation_id)


def working_days(since: datetime, now: datetime) -> int:
    """Count the working days that have begun since a moment, by England's calendar."""
    return working_days_between(today(since), today(now))


def working_day_after(since: datetime, days: int) -> date:
    """Give the day that is so many working days after a moment, by England's calendar."""
    return working_days_after(today(since), days)

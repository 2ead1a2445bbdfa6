"""Warning whoever began a request that its draft will be deleted. The letter says a day and a link, nothing of the draft."""

from datetime import UTC, datetime, time

from sqlmodel import col, select

from models.accounts import Account
from models.drafts import Draft
from portal.agreement.notices.standing import take_turn
from portal.ground.act import Act
from portal.ground.calendar.noted import not_noted
from portal.ground.calendar.working_calendar import working_days_after
from portal.ground.database import transaction
from portal.ground.settings import load_settings
from portal.ground.wording import UK, day, today
from portal.record.audit import record
from portal.record.events import Event
from portal.record.letters import notify
from portal.requests.forms.drafting import JOURNEY

BEFORE = 3  # working days: nobody is warned at a weekend, nor too late


def warn_of_drafts(act: Act) -> int:
    """Tell, once, those whose unfinished request is deleted within three working days; returns how many. Saving it starts the time anew."""
    last = datetime.combine(working_days_after(today(act.at), BEFORE), time.max, tzinfo=UK).astimezone(UTC)
    with transaction(act.store.engine) as session:
        take_turn(session)
        rows = session.exec(
            select(Draft, Account)
            .join(Account, col(Account.id) == col(Draft.account_id))
            .where(
                Draft.journey == JOURNEY,
                col(Draft.finished_at).is_(None),
                not_noted(Draft.warned_at, act.at),
                col(Draft.expires_at) > act.at,
                col(Draft.expires_at) <= last,
                col(Account.closed_at).is_(None),
            )
        ).all()
        for draft, account in rows:
            draft.warned_at = act.at
            session.add(draft)
            link, ends = f"{load_settings().base_url}/request-tasks?draft={draft.id}", day(draft.expires_at)
            notify(session, act, "request-draft-ends", account.email, day=ends, link=link, about=f"draft:{draft.id}")
            record(session, act, Event.DRAFT_WARNED, f"draft:{draft.id}", draft.organisation_id)
    return len(rows)

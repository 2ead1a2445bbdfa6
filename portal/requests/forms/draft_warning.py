"""Warning whoever began a request that its draft will be deleted. The letter says a day and a link, nothing of the draft."""

from datetime import timedelta

from sqlmodel import col, select

from models.accounts import Account
from models.drafts import Draft
from portal.agreement.notices.standing import take_turn
from portal.ground.act import Act
from portal.ground.calendar.noted import not_noted
from portal.ground.database import transaction
from portal.ground.settings import load_settings
from portal.ground.wording import day
from portal.record.audit import record
from portal.record.events import Event
from portal.record.letters import notify
from portal.requests.forms.drafting import JOURNEY

BEFORE = timedelta(days=4)


def warn_of_drafts(act: Act) -> int:
    """Tell, once, those whose unfinished request is deleted within four days; returns how many. Saving it starts the time anew."""
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
                col(Draft.expires_at) <= act.at + BEFORE,
                col(Account.closed_at).is_(None),
            )
        ).all()
        for draft, account in rows:
            draft.warned_at = act.at
            session.add(draft)
            link = f"{load_settings().base_url}/request"
            notify(session, act, "request-draft-ends", account.email, day=day(draft.expires_at), link=link)
            record(session, act, Event.DRAFT_WARNED, f"draft:{draft.id}", draft.organisation_id)
    return len(rows)

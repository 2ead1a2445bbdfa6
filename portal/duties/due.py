"""What is due now: messages to send, and what has outlived its time to delete. Run by the server and by `portal due`."""

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import unquote, urlsplit

from sqlalchemy import CursorResult
from sqlmodel import Session, col, delete

from models.accounts import Attempt, Link, WebSession
from models.drafts import Draft
from portal.access_requests.reminders import remind_of_access
from portal.access_requests.retention import purge_access
from portal.agreement.notifications import Reach
from portal.agreement.signing.renewal import ask_who_is_behind
from portal.ground.act import Act
from portal.ground.database import transaction
from portal.ground.settings import Settings
from portal.incidents.follow_up import purge_breaches, remind_of_breaches
from portal.meetings.retention import due as purge_meetings
from portal.record.outbox import deliver
from portal.requests.after_disclosure.deletion import purge_expired
from portal.requests.after_disclosure.destruction import remind_of_keeping
from portal.requests.after_disclosure.onward_sharing_answers import remind_of_wishes
from portal.requests.depersonalised.answers import remind_of_data
from portal.requests.exchange.receipt import remind_of_receipts
from portal.requests.exchange.urgent import escalate_records, remind_of_records
from portal.requests.forms.draft_warning import warn_of_drafts
from portal.requests.reminders import remind_of_requests

KEPT_ATTEMPTS = timedelta(days=2)  # the longest limit looks back a day
KEPT_LINKS = timedelta(days=30)  # so that an old link can still be told that it is old
KEPT_SESSIONS = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class Done:
    """What was done: counts only."""

    messages_sent: int
    drafts_deleted: int
    links_deleted: int
    sessions_deleted: int
    attempts_deleted: int


def do_what_is_due(act: Act, settings: Settings) -> Done:
    """Remind whose turn it is, send what waits (where mail can be sent) and delete what is past its time; safe to run at any time, and twice.

    A draft is kept 28 days from its last saving (ux.md); spent links, ended sessions and counted tries only as long as
    they still mean something.
    """
    remind_of_requests(act)
    remind_of_records(act)
    escalate_records(act)
    warn_of_drafts(act)
    remind_of_data(act)
    remind_of_wishes(act)
    remind_of_receipts(act)
    remind_of_keeping(act)
    purge_expired(act)
    remind_of_access(act)
    purge_access(act)
    remind_of_breaches(act)
    purge_breaches(act)
    purge_meetings(act)
    ask_who_is_behind(act, Reach(base_url=settings.base_url, mail=settings.smtp_url is not None))
    sent = deliver_waiting(act, settings)
    with transaction(act.store.engine) as session:
        return Done(
            messages_sent=sent,
            drafts_deleted=_gone(session, delete(Draft).where(col(Draft.expires_at) <= act.at)),
            links_deleted=_gone(session, delete(Link).where(col(Link.expires_at) <= act.at - KEPT_LINKS)),
            sessions_deleted=_gone(
                session, delete(WebSession).where(col(WebSession.started_at) <= act.at - KEPT_SESSIONS)
            ),
            attempts_deleted=_gone(session, delete(Attempt).where(col(Attempt.at) <= act.at - KEPT_ATTEMPTS)),
        )


def deliver_waiting(act: Act, settings: Settings) -> int:
    """Send the messages that wait; 0 where no mail server is set."""
    return deliver(act.store, settings.smtp_url, sender(settings), act.at) if settings.smtp_url else 0


def sender(settings: Settings) -> str:
    """Give the address that messages come from: the mail account's own, or no-reply at the portal's host."""
    account = unquote(urlsplit(settings.smtp_url or "").username or "")
    return account if "@" in account else f"no-reply@{urlsplit(settings.base_url).hostname}"


def _gone(session: Session, statement: object) -> int:
    result = session.exec(statement)  # type: ignore[call-overload]  # one of the four deletions above
    return result.rowcount if isinstance(result, CursorResult) else 0

"""What is due now: messages to send, and what has outlived its time to delete. Run by the server and by `portal due`."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from portal.access_requests.reminders import remind_of_access
from portal.agreement.notifications import Reach
from portal.agreement.signing.renewal import ask_who_is_behind
from portal.duties.deletions import delete_what_is_past
from portal.duties.digest import send_digests
from portal.ground.act import Act
from portal.ground.settings import Settings
from portal.incidents.follow_up import remind_of_breaches
from portal.record.outbox import deliver
from portal.requests.after_disclosure.destruction import remind_of_keeping
from portal.requests.after_disclosure.onward_sharing_answers import remind_of_wishes
from portal.requests.depersonalised.answers import remind_of_data
from portal.requests.exchange.receipt import remind_of_receipts
from portal.requests.exchange.urgent import escalate_records, remind_of_records
from portal.requests.forms.draft_warning import warn_of_drafts
from portal.requests.reminders import remind_of_requests
from portal.retention.runner import Ran


@dataclass(frozen=True, kw_only=True)
class Done:
    """What was done: counts only."""

    deleted: Sequence[Ran]
    messages_sent: int


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
    remind_of_access(act)
    remind_of_breaches(act)
    ask_who_is_behind(act, Reach(base_url=settings.base_url, mail=settings.smtp_url is not None))
    if settings.smtp_url:  # a reminder that nobody can send would only fill the list of messages that wait
        send_digests(act, settings.base_url)
    gone = delete_what_is_past(act, settings)  # before the post: a mail server that hangs must not keep data longer
    return Done(deleted=gone, messages_sent=deliver_waiting(act, settings))


def deliver_waiting(act: Act, settings: Settings) -> int:
    """Send the messages that wait; 0 where no mail server is set."""
    return deliver(act.store, settings.smtp_url, sender(settings), act.at) if settings.smtp_url else 0


def sender(settings: Settings) -> str:
    """Give the address that messages come from: the mail account's own, or no-reply at the portal's host."""
    account = unquote(urlsplit(settings.smtp_url or "").username or "")
    return account if "@" in account else f"no-reply@{urlsplit(settings.base_url).hostname}"

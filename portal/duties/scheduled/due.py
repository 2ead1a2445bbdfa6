"""What is due now: reminders, then deletions, then the post. Run by the server and by `portal due`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import unquote, urlsplit

from portal.access_requests.reminders import remind_of_access
from portal.accounts.undelivered import tell_of_letters_given_up
from portal.agreement.reach import Reach
from portal.agreement.signing.renewal import ask_who_is_behind
from portal.breaches.follow_up import remind_of_breaches
from portal.duties.scheduled.deletions import delete_what_is_past
from portal.duties.scheduled.digest import send_digests
from portal.duties.scheduled.record_check import compare_nightly, take_over
from portal.ground.act import Act
from portal.ground.calendar.working_calendar import is_working_day
from portal.ground.process.logs import problem
from portal.ground.settings import Settings
from portal.ground.wording import today
from portal.record.delivery import MailRoute, deliver
from portal.record.kept_head import keep_head
from portal.record.unattended import note_undone
from portal.requests.after_disclosure.destruction import remind_of_keeping
from portal.requests.after_disclosure.onward_sharing_answers import remind_of_wishes
from portal.requests.depersonalised.answers import remind_of_data
from portal.requests.exchange.receipt import remind_of_receipts
from portal.requests.exchange.urgent import escalate_records, remind_of_records
from portal.requests.forms.draft_warning import warn_of_drafts
from portal.requests.reminders import remind_of_requests
from portal.retention.clock import clock_jump, note_clock
from portal.retention.runner import RetentionRun

_Given = TypeVar("_Given")


@dataclass(frozen=True, kw_only=True)
class DueRun:
    """What was done, as counts; `failed` names what was not, with the reference under which the log has why."""

    deleted: Sequence[RetentionRun]
    messages_sent: int
    failed: Mapping[str, str]
    waits: str = ""  # why nothing was deleted


def do_what_is_due(act: Act, settings: Settings) -> DueRun:
    """Remind whose turn it is, delete what is past its time, then send what waits; safe to run at any time, and twice.

    Nobody is reminded at a weekend or on a bank holiday, but for the regulator's clock of a loss, which stops for none.

    One fault ends one task and nothing else: the others run, and the failed one is tried again the next time. The
    deletions do not wait for the post: a mail server that hangs must not keep personal data longer. They wait for a
    person where the clock has jumped, or where it cannot be told whether it has.
    """
    failed: dict[str, str] = {}

    def attempted(what: str, do: Callable[[Act, Settings], _Given], otherwise: _Given) -> _Given:
        try:
            return do(act, settings)
        except Exception as error:  # noqa: BLE001 - whatever it is, what comes after it must be done
            failed[what] = problem(error, f"due: {what}")
            return otherwise

    jump = attempted("clock", _by(note_clock), None)
    for what, do in (ALWAYS | (REMINDERS if is_working_day(today(act.at)) else {})).items():
        attempted(what, do, 0)
    wait = jump is not None or "clock" in failed
    deleted: list[RetentionRun] = [] if wait else attempted("deletions", delete_what_is_past, [])
    sent = attempted("post", deliver_waiting, 0)
    kept = {f"deletion ({ran.rule.what})": ran.problem for ran in deleted if ran.problem}
    attempted("note of what failed", _by(lambda now: note_undone(now, failed | kept)), None)
    return DueRun(deleted=deleted, messages_sent=sent, failed=failed, waits=jump.sentence if jump else "")


def deliver_waiting(act: Act, settings: Settings) -> int:
    """Send the messages that wait; 0 where no mail server is set."""
    if not settings.smtp_url:
        return 0
    route = MailRoute(smtp_url=settings.smtp_url, sender=sender(settings))
    return deliver(act.store, route, act.at, give_up=clock_jump(act) is None)


def sender(settings: Settings) -> str:
    """Give the address that messages come from: as set, or the mail account's own, or no-reply at the portal's host."""
    if settings.mail_from:
        return settings.mail_from
    account = unquote(urlsplit(settings.smtp_url or "").username or "")
    return account if "@" in account else f"no-reply@{urlsplit(settings.base_url).hostname}"


def _by(do: Callable[[Act], _Given]) -> Callable[[Act, Settings], _Given]:
    return lambda act, _settings: do(act)


def _ask_who_is_behind(act: Act, settings: Settings) -> int:
    return ask_who_is_behind(act, Reach(base_url=settings.base_url, mail=settings.smtp_url is not None))


def _keep_head(act: Act, _settings: Settings) -> int:
    """Keep the head of the record as the server does each minute: only here is it told that this cannot be done."""
    keep_head(act.store, act.at)
    return 0


def _send_digests(act: Act, settings: Settings) -> int:
    """Send the digests, where mail goes: a reminder that nobody can send would only fill the list of what waits."""
    return send_digests(act, settings.base_url) if settings.smtp_url else 0


# Each in transactions of its own, on any day: the record, and 72 hours that run through weekends (UK GDPR Article 33).
ALWAYS: dict[str, Callable[[Act, Settings], int]] = {
    "rows of before": _by(take_over),
    "the record": compare_nightly,
    "the head of the record": _keep_head,
    "losses": _by(remind_of_breaches),
}
# On working days. Of two that speak of one thing the graver comes first, and the digests last: nobody is told of it twice.
REMINDERS: dict[str, Callable[[Act, Settings], int]] = {
    "overdue records": _by(escalate_records),
    "full records": _by(remind_of_records),
    "requests": _by(remind_of_requests),
    "drafts that end": _by(warn_of_drafts),
    "requests without names": _by(remind_of_data),
    "onward sharing": _by(remind_of_wishes),
    "receipts": _by(remind_of_receipts),
    "keeping times": _by(remind_of_keeping),
    "access requests": _by(remind_of_access),
    "a new edition to sign": _ask_who_is_behind,
    "digests": _send_digests,
    "letters that were given up": _by(tell_of_letters_given_up),
}

"""What deletes the things of each rule of the schedule, in the order in which they hang on one another."""

from datetime import timedelta

from sqlmodel import Session, col, delete, or_

from models.accounts import Attempt, KnownBrowser, Link, WebSession
from models.agreements import EmailCode
from models.drafts import Draft
from models.record import Message
from portal.access_requests.retention import purge_access
from portal.accountability.complaints.handling import delete_complaints
from portal.accountability.papers.making import delete_replaced_papers
from portal.accounts.deletion import delete_absences, erase_closed
from portal.agreement.deletion import delete_reviews, erase_signers
from portal.breaches.follow_up import purge_breaches
from portal.ground.act import Act
from portal.ground.settings import Settings
from portal.meetings.retention import KINDS
from portal.meetings.retention import purge as purge_meetings
from portal.requests.after_disclosure.deletion import purge_expired
from portal.requests.depersonalised.deletion import delete_without_names
from portal.retention.backup_files import delete_backups
from portal.retention.runner import Deletion, RetentionRun, deleting, rehearse, run
from portal.retention.schedule import Rule
from portal.returns.service.deletion import (
    delete_matching,
    delete_questions,
    delete_replaced,
    delete_review_reasons,
    delete_wordings,
)
from portal.statements.deletion import delete_ended


def delete_what_is_past(act: Act, settings: Settings) -> list[RetentionRun]:
    """Delete all that is past its time by the schedule, each rule in its own transaction. Safe at any time, and twice."""
    return run(act, deletions(settings, really=True))


def what_would_go(act: Act, settings: Settings) -> list[RetentionRun]:
    """Say what `delete_what_is_past` would delete now, by the same code, and leave everything as it is."""
    return rehearse(act, deletions(settings, really=False))


def deletions(settings: Settings, *, really: bool) -> tuple[tuple[str, Deletion], ...]:
    """Give each rule's deletion. What hangs on a line goes before the line; each journey says so in the record itself."""
    return (
        ("drafts", deleting(_drafts)),
        ("links", deleting(_links)),
        ("sessions", deleting(_sessions)),
        ("known-browsers", deleting(_known_browsers)),
        ("attempts", deleting(_attempts)),
        ("messages-sent", deleting(_sent_messages)),
        ("messages-unsent", deleting(_unsent_messages)),
        ("returns-replaced", deleting(delete_replaced)),
        ("returns-reviewed", deleting(delete_review_reasons)),  # the records go when the officer says so
        ("column-matching", deleting(delete_matching)),
        ("wordings", deleting(delete_wordings)),
        ("return-questions", deleting(delete_questions)),
        ("requests", lambda act, _rule: purge_expired(act)),
        ("requests-without-names", deleting(delete_without_names)),
        ("access-requests", lambda act, _rule: purge_access(act)),
        ("accountability", deleting(delete_replaced_papers)),
        ("complaints", deleting(delete_complaints)),
        ("losses", lambda act, _rule: purge_breaches(act)),
        *((f"meetings-{kind}", _of_meetings(kind)) for kind in KINDS),
        ("statements-ended", deleting(delete_ended)),
        ("signers", deleting(erase_signers)),
        ("agreement-reviews", deleting(delete_reviews)),
        ("absences", deleting(delete_absences)),
        ("closed-accounts", deleting(erase_closed)),
        ("backups", delete_backups(settings.backup_dir, really=really)),
    )


def _of_meetings(kind: str) -> Deletion:
    return lambda act, _rule: purge_meetings(act, kind)


def _drafts(session: Session, act: Act, rule: Rule) -> int:
    lasts = timedelta(days=rule.keep.days)
    session.exec(delete(EmailCode).where(col(EmailCode.link_expires_at) < act.at - lasts))
    return session.exec(delete(Draft).where(col(Draft.expires_at) <= act.at)).rowcount


def _links(session: Session, act: Act, rule: Rule) -> int:
    return session.exec(delete(Link).where(col(Link.expires_at) < rule.past(act.at))).rowcount


def _sessions(session: Session, act: Act, rule: Rule) -> int:
    return session.exec(delete(WebSession).where(col(WebSession.started_at) < rule.past(act.at))).rowcount


def _known_browsers(session: Session, act: Act, rule: Rule) -> int:
    return session.exec(delete(KnownBrowser).where(col(KnownBrowser.seen_at) < rule.past(act.at))).rowcount


def _attempts(session: Session, act: Act, rule: Rule) -> int:
    return session.exec(delete(Attempt).where(col(Attempt.at) < rule.past(act.at))).rowcount


def _sent_messages(session: Session, act: Act, rule: Rule) -> int:
    before = rule.past(act.at)
    gone = or_(col(Message.sent_at) < before, col(Message.secret_shown_at) < before)
    return session.exec(delete(Message).where(gone)).rowcount


def _unsent_messages(session: Session, act: Act, rule: Rule) -> int:
    return session.exec(delete(Message).where(col(Message.queued_at) < rule.past(act.at))).rowcount

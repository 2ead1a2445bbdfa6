"""All that is asked of a person, from every journey, late first: what home, To do and the digests show."""

from collections.abc import Callable, Iterator

from portal.duties.duty import Duty, in_order
from portal.duties.sources.accountability import of_complaints, of_papers
from portal.duties.sources.chairs import of_chairless, of_group_reviews, of_meetings, of_planning, of_stand_ins
from portal.duties.sources.first_steps import of_first_steps
from portal.duties.sources.managers import (
    of_behind,
    of_cover,
    of_editions,
    of_messages,
    of_owner,
    of_record,
    of_review,
    of_signatures,
)
from portal.duties.sources.papers import of_access_requests, of_breaches, of_minutes, of_statements, of_withholdings
from portal.duties.sources.requests import of_drafts, of_requests
from portal.duties.sources.returns import of_returns, of_returns_received, of_stored_returns, of_tables
from portal.duties.sources.standing import of_standing
from portal.ground.access import Permission, may
from portal.ground.act import Act

_SOURCES: tuple[tuple[Permission, Callable[[Act], Iterator[Duty]]], ...] = (
    (Permission.SEND_RETURN, of_standing),
    (Permission.ANSWER, of_requests),
    (Permission.SEND_RETURN, of_returns),
    (Permission.QUERY_RETURN, of_returns_received),
    (Permission.OPEN_ANY_RETURN, of_stored_returns),
    (Permission.WRITE_STATEMENT, of_statements),
    (Permission.KEEP_ACCESS_LOG, of_access_requests),
    (Permission.REPORT_BREACH, of_breaches),
    (Permission.HANDLE_COMPLAINTS, of_complaints),
    (Permission.REPORT_BREACH, of_papers),
    (Permission.CHAIR_MEETING, of_meetings),
    (Permission.PLAN_MEETINGS, of_planning),
    (Permission.PLAN_MEETINGS, of_group_reviews),
    (Permission.READ_MEETING_PAPERS, of_minutes),
    (Permission.CONFIRM_SIGNATURES, of_signatures),
    (Permission.MANAGE_PEOPLE, of_chairless),
    (Permission.READ_OUTBOX, of_messages),
    (Permission.AUTHORISE_EDITION, of_editions),
    (Permission.CONFIRM_SIGNATURES, of_behind),
    (Permission.READ_WITHHOLDING, of_withholdings),
    (Permission.DRAFT_EDITION, of_review),
    (Permission.SIGN_STATEMENT, of_owner),
    (Permission.ASK, of_drafts),
    (Permission.APPROVE_FIGURES, of_tables),
    (Permission.REPORT_BREACH, of_stand_ins),
    (Permission.MANAGE_PEOPLE, of_cover),
    (Permission.READ_AUDIT, of_record),
    (Permission.CHANGE_SETTINGS, of_first_steps),
)


def duties_of(act: Act) -> list[Duty]:
    """List each thing that is asked of the person now: the late first, then by the day it is wanted.

    Nothing is opened or recorded by it, and no sentence holds a word about a person in a request. Empty for a visitor.
    """
    if not act.person.signed_in:
        return []
    return in_order(duty for permission, source in _SOURCES if may(act.person, permission) for duty in source(act))

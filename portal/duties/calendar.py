"""What will fall due for a person in the year ahead: one list for the page, the home page's 'next', and a diary's feed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from portal.accountability.papers.views import paper_lines
from portal.agreement.editions.current import known_editions
from portal.agreement.editions.review import next_review
from portal.agreement.notices.standing import SignatoryStatus, standing_of
from portal.duties.asked import duties_of
from portal.duties.duty import Duty, DutyKind
from portal.ground.access import Permission, may
from portal.ground.act import Act
from portal.ground.wording import counted, today
from portal.meetings.meeting import meetings
from portal.meetings.planning.membership import meetings_of_mine
from portal.requests.lists import requests_sent
from portal.returns.service.calendar import due, received
from portal.rules.datasets.quarters import Quarter
from portal.statements.views import statements

AHEAD = timedelta(days=366)
_QUARTERS = 4  # a year of returns to come


@dataclass(frozen=True, kw_only=True)
class CalendarEntry:
    """One thing that falls due. `at` is its moment where it has one (a meeting); `place` is '' for anything else."""

    on: date
    what: str
    href: str
    at: datetime | None = None
    place: str = ""
    called_off: bool = False


def coming(act: Act, *, back: timedelta = timedelta(0), asked: Sequence[Duty] | None = None) -> list[CalendarEntry]:
    """List what falls due for the person from today on, within a year, by day. No word about a person stands in it.

    `back` begins the list that much earlier: a diary must keep a meeting after it began. `asked` is what is asked of them,
    where the caller has it: to ask again is half of the work.
    """
    if not act.person.signed_in:
        return []
    first, last = today(act.at - back), today(act.at) + AHEAD
    every = list(_of_duties(duties_of(act) if asked is None else asked))
    known = {(one.on, one.href) for one in every}  # what is asked already says it in its own words
    every += [one for source in _SOURCES for one in source(act) if (one.on, one.href) not in known]
    return sorted(
        (one for one in every if first <= one.on <= last),
        key=lambda one: (one.on, one.at is not None, one.at or act.at, one.what),
    )


def _of_meetings(act: Act) -> Iterator[CalendarEntry]:
    if may(act.person, Permission.PLAN_MEETINGS):
        for one in meetings(act):
            page = f"/meeting?id={one.id}" if one.chair_id == act.person.id else f"/meetings?meeting={one.id}"
            yield CalendarEntry(
                on=today(one.starts_at),
                what=one.name,
                href=page,
                at=one.starts_at,
                place=one.place,
                called_off=one.called_off_at is not None,
            )


def _of_my_groups(act: Act) -> Iterator[CalendarEntry]:
    """Give the meetings of groups in which the person is a member, who neither plans nor chairs them."""
    if may(act.person, Permission.READ_MEETING_PAPERS) and not may(act.person, Permission.PLAN_MEETINGS):
        for one in meetings_of_mine(act):
            yield CalendarEntry(
                on=today(one.starts_at),
                what=one.name,
                href=f"/meeting-papers?id={one.id}",
                at=one.starts_at,
                place=one.place,
                called_off=one.called_off_at is not None,
            )


def _of_duties(asked: Sequence[Duty]) -> Iterator[CalendarEntry]:
    for duty in asked:
        if duty.due is not None and duty.kind is not DutyKind.MEETING:  # a meeting stands there by itself
            yield CalendarEntry(on=duty.due, what=duty.sentence, href=duty.href)


def _of_returns(act: Act) -> Iterator[CalendarEntry]:
    """Give the quarters to come, and the one that is due now for the officer, who is asked only about what is late."""
    ours, begun = act.person.organisation_id, Quarter.just_ended(today(act.at))
    quarters = [begun]
    while len(quarters) < _QUARTERS:
        quarters.append(quarters[-1].next)
    for quarter in quarters:
        if ours is not None and may(act.person, Permission.SEND_RETURN) and quarter != begun:
            sets = sum(one.is_wanted for one in due(act, ours, [quarter]))
            if sets:
                said = f"{counted(sets, 'return')} for {quarter.months}"
                yield CalendarEntry(on=quarter.due, what=f"{said} {'is' if sets == 1 else 'are'} due.", href="/return")
        if may(act.person, Permission.OPEN_ANY_RETURN):
            bodies = len([name for name, items in received(act, quarter) if any(i.is_wanted for i in items)])
            if bodies:
                said = f"Returns of {counted(bodies, 'organisation')} for {quarter.months} are due."
                yield CalendarEntry(on=quarter.due, what=said, href=f"/returns-received?quarter={quarter.label}")


def _of_agreement(act: Act) -> Iterator[CalendarEntry]:
    """Give what comes to the agreement itself, to whoever still has a part in it."""
    on, stands = today(act.at), standing_of(act.store, act.person.organisation_id or "")
    if not act.person.posts or (stands is not None and stands.status is SignatoryStatus.LEFT):
        return
    where = "/agreement-review" if may(act.person, Permission.DRAFT_EDITION) else "/agreement"
    review = next_review(act.store, on)
    if review is not None:
        yield CalendarEntry(on=review, what="The agreement is to be reviewed.", href=where)
    for one in known_editions(act.store):
        if one.begins > on:
            said = f"{one.edition.about.short_title} comes into force. Each organisation signs it again."
            yield CalendarEntry(on=one.begins, what=said, href=f"/agreement?edition={one.id}")


def _of_answers(act: Act) -> Iterator[CalendarEntry]:
    if may(act.person, Permission.ASK):
        for line in requests_sent(act):
            if line.copy in {"held", "unconfirmed"} and line.keep_until is not None and not line.is_over:
                said = f"The time ends for which you may keep {line.holder}'s answer {line.reference}."
                yield CalendarEntry(on=line.keep_until, what=said, href=f"/request-view?id={line.id}")


def _of_statements(act: Act) -> Iterator[CalendarEntry]:
    if may(act.person, Permission.WRITE_STATEMENT):
        for one in statements(act):
            if one.review_on is not None:
                said = f"The statement “{one.title}” is to be reviewed."
                yield CalendarEntry(on=one.review_on, what=said, href=f"/statement?id={one.id}")


def _of_papers(act: Act) -> Iterator[CalendarEntry]:
    if may(act.person, Permission.REPORT_BREACH):
        for one in paper_lines(act, compared=False):
            if one.review_on is not None:
                said = f"The paper “{one.title}” is to be reviewed."
                yield CalendarEntry(
                    on=one.review_on, what=said, href=f"/accountability-paper?subject={one.subject.code}"
                )


# In this order: of two that say the same of one page and day, the later one stands, since it knows more.
_SOURCES = (
    _of_returns,
    _of_agreement,
    _of_answers,
    _of_statements,
    _of_papers,
    _of_meetings,
    _of_my_groups,
)

"""What meetings ask of those who chair and plan them (Appendix 6)."""

from collections.abc import Iterator
from datetime import timedelta

from portal.accounts.self_service.absence import standing_in
from portal.duties.duty import Duty, DutyKind
from portal.ground.access import Permission, may
from portal.ground.act import Act
from portal.ground.wording import clock, counted, day, day_and_time, today
from portal.meetings.closed_session.urgent import waiting_wishes
from portal.meetings.meeting import MeetingState, Planned, is_near, leads, meetings
from portal.meetings.minutes.actions import late_actions
from portal.meetings.planning.group_review import review_due
from portal.meetings.planning.plan import by_group, gaps
from portal.meetings.planning.succession import chairless

_BEFORE_REVIEW = timedelta(days=28)  # the longest from one meeting to the next: there is one left to hold it at


def of_meetings(act: Act) -> Iterator[Duty]:
    """Give what a Chair's own meetings ask: a door to open or to close, wishes to decide, actions past their day."""
    for one in meetings(act):
        if leads(act, one.chair_id) and one.state not in {MeetingState.CLOSED, MeetingState.CALLED_OFF}:
            yield from _of_one(act, one)
    for meeting_id, asked in waiting_wishes(act).items():
        yield Duty(
            kind=DutyKind.WISH,
            sentence=f"{counted(len(asked), 'wish', 'wishes')} to pass something on {'waits' if len(asked) == 1 else 'wait'} for you, since {day(asked[0])}.",
            button="Decide",
            href=f"/meeting-wishes?id={meeting_id}",
            since=asked[0],
            things=len(asked),
            about=f"wish:{meeting_id}",
        )
    for late in late_actions(act):
        yield Duty(
            kind=DutyKind.ACTION,
            sentence=f"{counted(late.count, 'action')} of {late.group} {'is' if late.count == 1 else 'are'} past the day agreed. The oldest was due on {day(late.oldest)}.",
            button="See the actions",
            href=f"/meeting-actions?id={late.meeting_id}",
            due=late.oldest,
            late=True,
            things=late.count,
        )


def of_planning(act: Act) -> Iterator[Duty]:
    """Say where two meetings to come lie further apart than the agreement allows (clause app6.frequency)."""
    for before, after in gaps(act, meetings(act)):
        if after.starts_at >= act.at:
            yield Duty(
                kind=DutyKind.MEETING_GAP,
                sentence=f"{after.name}: more than 4 weeks lie between {day(before.starts_at)} and {day(after.starts_at)}.",
                button="Plan a meeting between",
                href="/meeting-plan",
                due=today(after.starts_at),
            )


def of_group_reviews(act: Act) -> Iterator[Duty]:
    """Ask the Chair of a group's newest meeting for its yearly review, from four weeks before its day (clause app6.frequency)."""
    for name, series in by_group([one for one in meetings(act) if one.state is not MeetingState.CALLED_OFF]).items():
        due, on = review_due(act, series), today(act.at)
        begun = [one for one in series if today(one.starts_at) <= on] or series
        if len(series) == 1 or due is None or due - on > _BEFORE_REVIEW or not leads(act, begun[-1].chair_id):
            continue
        yield Duty(
            kind=DutyKind.GROUP_REVIEW,
            sentence=f"{name} reviews who chairs it, who is in it and how often it meets by {day(due)}.",
            button="Record the review",
            href=f"/meeting-checklist?id={begun[-1].id}",
            due=due,
            late=due < on,
        )


def of_chairless(act: Act) -> Iterator[Duty]:
    """Say which meetings have a Chair who holds that role no more: another is chosen, also for what has begun or was held."""
    every = meetings(act)
    waits = chairless(act, every)
    for one in (one for one in every if waits.get(one.id)):
        yield Duty(
            kind=DutyKind.MEETING,
            sentence=f"{one.name}, {day_and_time(one.starts_at)}, has no Chair: {one.chair_name} chairs no more. {waits[one.id]}",
            button="Choose who takes it over",
            href=f"/meeting-change?id={one.id}",
            due=today(one.starts_at),
            about=f"chairless:{one.id}",
        )
    left = [one for one in every if waits.get(one.id) == ""]
    for name, series in by_group(left).items():
        yield Duty(
            kind=DutyKind.MEETING,
            sentence=f"{counted(len(series), 'planned meeting')} of {name} {'has' if len(series) == 1 else 'have'} no Chair: {series[0].chair_name} chairs no more. The next is on {day(series[0].starts_at)}.",
            button="Choose another Chair",
            href=f"/meeting-change?id={series[0].id}",
            due=today(series[0].starts_at),
            things=len(series),
        )


def of_stand_ins(act: Act) -> Iterator[Duty]:
    """Say for whom this person stands in today, and where that is done."""
    planned = meetings(act) if may(act.person, Permission.CHAIR_MEETING) else []
    for one in standing_in(act):
        theirs = [m for m in planned if m.chair_id == one.account_id and one.first <= today(m.starts_at) <= one.last]
        chaired = [m for m in theirs if m.state in {MeetingState.PLANNED, MeetingState.OPEN}]
        also = f" {counted(len(chaired), 'meeting')} to chair meanwhile." if chaired else ""
        yield Duty(
            kind=DutyKind.STAND_IN,
            sentence=f"{one.name} is away until {day(one.last)}, and you stand in.{also}",
            button="See their meetings" if chaired else "See who is away",
            href="/meetings" if chaired else "/away",
            due=today(chaired[0].starts_at) if chaired else None,
        )


def _of_one(act: Act, one: Planned) -> Iterator[Duty]:
    begins, on = today(one.starts_at), today(act.at)
    if one.state is MeetingState.OPEN:
        late = begins < on
        yield Duty(
            kind=DutyKind.MEETING,
            sentence=f"The door of {one.name}, {day(one.starts_at)}, {'still stands' if late else 'is'} open. Close it when the meeting is over.",
            button="Go to the meeting",
            href=f"/meeting?id={one.id}",
            due=begins,
            late=late,
        )
    elif is_near(act, one):
        yield Duty(
            kind=DutyKind.MEETING,
            sentence=f"{one.name} is {'today' if begins == on else 'on ' + day(one.starts_at)} at {clock(one.starts_at)}, {one.place}.",
            button="Open the door",
            href=f"/meeting?id={one.id}",
            due=begins,
        )
    elif one.starts_at < act.at:
        yield Duty(
            kind=DutyKind.MEETING,
            sentence=f"{one.name}, {day_and_time(one.starts_at)}: the door was never opened.",
            button="Say what became of it",
            href=f"/meeting?id={one.id}",
            due=begins,
            late=True,
        )

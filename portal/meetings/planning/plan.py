"""Planning meetings: one, or a year in one step, at most four weeks apart and never on a bank holiday (Appendix 6)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from models.accounts import Account, Post
from models.meetings import Meeting
from portal.ground.access import Permission, allow
from portal.ground.act import Act, Role
from portal.ground.calendar.bank_holidays import is_bank_holiday, is_kept_free
from portal.ground.database import reading, transaction
from portal.ground.errors import AnswersNeededError
from portal.ground.vault import token_hash
from portal.ground.wording import NAME_LENGTH, UK, new_id, one_line, reference, today
from portal.ground.wording import day as written_day
from portal.meetings.meeting import MeetingState, Planned, shown
from portal.record.audit import record
from portal.record.events import Event
from portal.rules.edition.editions import edition_in_force

_ASKED = {
    "name": "Enter the meeting's name.",
    "place": "Enter where the meeting is, or 'online'.",
    "agenda_by": "Enter who prepares the agenda.",
    "minutes_by": "Enter who takes the minutes.",
    "actions_by": "Enter who follows up the actions.",
}
_LONGEST_AHEAD = timedelta(days=2 * 366)  # a diary further ahead than two years is a slip of the pen


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What somebody asks for: the first day and hour, how often (0: once), and who does what.

    `key` is made when the form is first shown: sending it twice plans once.
    """

    key: str
    name: str
    first: date
    begins: time
    place: str
    chair_id: str
    agenda_by: str
    minutes_by: str
    actions_by: str
    every_weeks: int = 0


@dataclass(frozen=True)
class Candidate:
    """Somebody who may chair: an account with the Chair's role."""

    id: str
    name: str


def chairs(act: Act) -> list[Candidate]:
    """List who may chair a meeting. Raises NotAllowedError."""
    allow(act, Permission.PLAN_MEETINGS)
    with reading(act.store.engine) as session:
        rows = session.exec(
            select(Account)
            .join(Post)
            .where(Post.role == Role.CHAIR.value, col(Post.ended_at).is_(None), col(Account.closed_at).is_(None))
            .order_by(Account.name)
            .distinct()
        ).all()
    return [Candidate(row.id, row.name) for row in rows]


def plan(act: Act, wanted: Plan) -> list[Planned]:
    """Plan one meeting, or a year of them (clauses app6.frequency, app6.induction-and-support).

    Returns the meetings in order; the same `key` again gives the same meetings.
    Raises NotAllowedError or AnswersNeededError (fields name, first, place, chair, agenda_by, minutes_by, actions_by, every).
    """
    allow(act, Permission.PLAN_MEETINGS)
    problems = _problems(act, wanted)
    candidate = next((c for c in chairs(act) if c.id == wanted.chair_id), None)
    if candidate is None:
        problems["chair"] = "Choose who chairs the meeting."
    if problems or candidate is None:
        raise AnswersNeededError(problems)
    key = token_hash(wanted.key)
    days = year_of_days(wanted.first, wanted.every_weeks) if wanted.every_weeks else [wanted.first]
    rows = [_row(act, wanted, candidate, key, number, day) for number, day in enumerate(days, 1)]
    try:
        with transaction(act.store.engine) as session:
            session.add_all(rows)
            session.flush()
            for row in rows:
                record(session, act, Event.MEETING_PLANNED, f"meeting:{row.id}", reference=row.reference)
    except IntegrityError:
        with reading(act.store.engine) as session:
            rows = list(
                session.exec(select(Meeting).where(Meeting.plan_key == key).order_by(col(Meeting.number))).all()
            )
    return [shown(act, row) for row in rows]


def year_of_days(first: date, every_weeks: int) -> list[date]:
    """Give the days of a year of meetings.

    Args:
        first: the first day, no bank holiday.
        every_weeks: 1 to 4 weeks from one to the next.

    Returns: days on the same weekday within 12 months of the first, none a bank holiday, never more than four weeks
    apart. A meeting that would fall on a bank holiday is held a week or more earlier, and the rhythm goes on from there;
    where that would meet the one before, it is left out.
    """
    days = [first]
    end = first.replace(year=first.year + 1) if (first.month, first.day) != (2, 29) else date(first.year + 1, 2, 28)
    while True:
        following = _next_day(days[-1], every_weeks)
        if following >= end:
            return days
        days.append(following)


def _next_day(last: date, every_weeks: int) -> date:
    for weeks in (*range(every_weeks, 0, -1), *range(every_weeks + 1, every_weeks + 4)):
        day = last + timedelta(weeks=weeks)
        if not is_kept_free(day):
            return day
    raise ValueError("no weekday is kept free for so many weeks")


def longest_gap_days(act: Act) -> int:
    """Give the longest gap in days that the edition in force allows between two meetings."""
    return edition_in_force(today(act.at)).jag.frequency_weeks * 7


def gaps(act: Act, planned: Sequence[Planned]) -> list[tuple[Planned, Planned]]:
    """Find neighbours of the same name that lie further apart than the edition allows (clause app6.frequency)."""
    longest = longest_gap_days(act)
    return [
        (before, after)
        for series in by_group([one for one in planned if one.state is not MeetingState.CALLED_OFF]).values()
        for before, after in pairwise(series)
        if (today(after.starts_at) - today(before.starts_at)).days > longest
    ]


def by_group(planned: Sequence[Planned]) -> dict[str, list[Planned]]:
    """Sort meetings by their group, which is known by its name; each in the order given."""
    return {name: [one for one in planned if one.name == name] for name in dict.fromkeys(one.name for one in planned)}


def moment(day: date, begins: time) -> datetime:
    """Give the moment of a day and an hour in the United Kingdom."""
    return datetime.combine(day, begins, tzinfo=UK).astimezone(UTC)


def duties_problems(typed: Mapping[str, str]) -> dict[str, str]:
    """Say which of name, place and duties lack words, or have too many."""
    missing = {field: sentence for field, sentence in _ASKED.items() if field in typed and not one_line(typed[field])}
    long = {
        field: f"Use {NAME_LENGTH} characters or fewer." for field in typed if len(one_line(typed[field])) > NAME_LENGTH
    }
    return missing | long


def when_problems(act: Act, days: Sequence[date], begins: time) -> dict[str, str]:
    """Say what is wrong with the days and the hour of meetings; the first day is the one that was typed."""
    problems: dict[str, str] = {}
    if not today(act.at) <= days[0] <= today(act.at) + _LONGEST_AHEAD:
        problems["first"] = "The date must be today or later, and within two years."
    elif is_bank_holiday(days[0]):
        problems["first"] = "That day is a bank holiday. Choose another."
    elif is_kept_free(days[0]):
        problems["first"] = "Nobody meets on that day. Choose another."
    skipped = next((day for day in days if not _is_on_the_clock(day, begins)), None)
    if skipped is not None:
        problems["begins"] = f"On {written_day(skipped)} the clocks go forward over that hour. Choose another."
    return problems


def _is_on_the_clock(day: date, begins: time) -> bool:
    """Say whether a clock on the wall shows that hour on that day: summer time skips one in March."""
    return moment(day, begins).astimezone(UK).replace(tzinfo=None) == datetime.combine(day, begins)


def _problems(act: Act, wanted: Plan) -> dict[str, str]:
    typed = {field: getattr(wanted, field) for field in _ASKED}
    days = year_of_days(wanted.first, wanted.every_weeks) if wanted.every_weeks else [wanted.first]
    problems = duties_problems(typed) | when_problems(act, days, wanted.begins)
    if not 0 <= wanted.every_weeks * 7 <= longest_gap_days(act):
        problems["every"] = "Meetings are at most 4 weeks apart. Choose 1 to 4 weeks."
    return problems


def _row(act: Act, wanted: Plan, chair: Candidate, key: str, number: int, day: date) -> Meeting:
    return Meeting(
        id=new_id(),
        reference=reference(),
        plan_key=key,
        number=number,
        name=one_line(wanted.name),
        place=one_line(wanted.place),
        starts_at=moment(day, wanted.begins),
        chair_id=chair.id,
        chair_name=chair.name,
        agenda_by=one_line(wanted.agenda_by),
        minutes_by=one_line(wanted.minutes_by),
        actions_by=one_line(wanted.actions_by),
        planned_at=act.at,
        planned_by=act.person.name,
    )

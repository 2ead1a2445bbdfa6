"""Planning meetings: one, or a year in one step, at most four weeks apart and never on a bank holiday (Appendix 6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from models.accounts import Account, Post
from models.meetings import Meeting
from portal.ground.access import Permission, allow
from portal.ground.act import Act, Role
from portal.ground.bank_holidays import is_bank_holiday
from portal.ground.database import reading, transaction
from portal.ground.errors import AnswersNeededError
from portal.ground.vault import token_hash
from portal.ground.wording import NAME_LENGTH, UK, new_id, one_line, reference, today
from portal.meetings.meeting import Planned, shown
from portal.record.audit import record
from portal.record.events import Event
from portal.rules.edition.editions import edition_in_force

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
        if not is_bank_holiday(day):
            return day
    raise ValueError("no weekday is a bank holiday for so many weeks")


def longest_gap_days(act: Act) -> int:
    """Give the longest gap in days that the edition in force allows between two meetings."""
    return edition_in_force(today(act.at)).jag.frequency_weeks * 7


def gaps(act: Act, planned: Sequence[Planned]) -> list[tuple[Planned, Planned]]:
    """Find neighbours of the same name that lie further apart than the edition allows (clause app6.frequency)."""
    longest = longest_gap_days(act)
    return [
        (before, after)
        for series in by_group(planned).values()
        for before, after in pairwise(series)
        if (today(after.starts_at) - today(before.starts_at)).days > longest
    ]


def by_group(planned: Sequence[Planned]) -> dict[str, list[Planned]]:
    """Sort meetings by their group, which is known by its name; each in the order given."""
    return {name: [one for one in planned if one.name == name] for name in dict.fromkeys(one.name for one in planned)}


def _problems(act: Act, wanted: Plan) -> dict[str, str]:
    problems: dict[str, str] = {}
    asked = {
        "name": (wanted.name, "Enter the meeting's name."),
        "place": (wanted.place, "Enter where the meeting is, or 'online'."),
        "agenda_by": (wanted.agenda_by, "Enter who prepares the agenda."),
        "minutes_by": (wanted.minutes_by, "Enter who takes the minutes."),
        "actions_by": (wanted.actions_by, "Enter who follows up the actions."),
    }
    for field, (typed, sentence) in asked.items():
        if not one_line(typed):
            problems[field] = sentence
        elif len(one_line(typed)) > NAME_LENGTH:
            problems[field] = f"Use {NAME_LENGTH} characters or fewer."
    if not today(act.at) <= wanted.first <= today(act.at) + _LONGEST_AHEAD:
        problems["first"] = "The date must be today or later, and within two years."
    elif is_bank_holiday(wanted.first):
        problems["first"] = "That day is a bank holiday. Choose another."
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
        starts_at=datetime.combine(day, wanted.begins, tzinfo=UK).astimezone(UTC),
        chair_id=chair.id,
        chair_name=chair.name,
        agenda_by=one_line(wanted.agenda_by),
        minutes_by=one_line(wanted.minutes_by),
        actions_by=one_line(wanted.actions_by),
        planned_at=act.at,
        planned_by=act.person.name,
    )

"""Meetings: planned by their Chairs, opened, signed in by people with and without an organisation, closed."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from portal.demonstration.minutes import note_minutes
from portal.demonstration.stage import DemonstrationStage, Table
from portal.ground.act import PUBLIC
from portal.ground.calendar.bank_holidays import is_bank_holiday
from portal.ground.wording import UK, today
from portal.meetings.check_in.attendance import add_on_paper, lines, mark_not_signed, strike_out
from portal.meetings.check_in.attendees import AttendeeDetails
from portal.meetings.check_in.door import Door, close_door, find_door, open_door
from portal.meetings.check_in.signing import attend, sign
from portal.meetings.check_in.understanding_check import QUESTIONS
from portal.meetings.closed_session.session import begin_closed_part, stay
from portal.meetings.errors import NoSuchMeetingError
from portal.meetings.meeting import Planned
from portal.meetings.planning.plan import Plan, plan

_PLANNED_BEFORE = timedelta(days=28)
_RIGHT = {question.id: next(one.id for one in question.choices if one.right) for question in QUESTIONS}
_NEAR = "127.0.0.1"
_WEEKS = 4
_HALF_HOUR = 30


def note(stage: DemonstrationStage, told: Table) -> None:
    """Note every series of meetings in the diary."""
    for series in told["series"]:
        first = today(stage.now) - timedelta(days=series["begins_ago"])
        if series.get("one_by_one"):
            for number in range(series["one_by_one"]):
                _note_plan(stage, told, series, first + timedelta(weeks=_WEEKS * number), every=0)
            first = _just_begun(stage.now).date()
        else:
            _note_plan(stage, told, series, first, every=_WEEKS)
            first += timedelta(days=364 + 7 * _WEEKS)
        if series["again"]:
            _note_plan(stage, told, series, first, every=_WEEKS)


def _note_plan(stage: DemonstrationStage, told: Table, series: Table, first: date, *, every: int) -> None:
    begun = _just_begun(stage.now)
    is_now = series.get("open_today", False) and first == begun.date()
    begins = begun.time() if is_now else time.fromisoformat(series["begins"])
    day = first
    while is_bank_holiday(day):
        day += timedelta(days=1)
    at = min(datetime.combine(day, time(9, 15), tzinfo=UK).astimezone(UTC), stage.now) - _PLANNED_BEFORE
    wanted = {key: series[key] for key in ("name", "place", "agenda_by", "minutes_by", "actions_by")}

    def play() -> None:
        chair = stage.people[series["chair"]]
        key = f"demonstration:{series['key']}:{day}"
        asked = Plan(key=key, first=day, begins=begins, chair_id=chair.id, every_weeks=every, **wanted)
        for number, meeting in enumerate(plan(stage.act(chair, at), asked)):
            if meeting.starts_at < stage.now and (every == 0 or number < _MOST):
                _note_meeting(stage, told, series, meeting, number)

    stage.scene(at, play)


_MOST = 26  # meetings of one plan: a year of them, two weeks apart


def _just_begun(now: datetime) -> datetime:
    """Give the half hour that began 25 to 55 minutes ago in UK time, so that the meeting of today is under way."""
    local = now.astimezone(UK) - timedelta(minutes=25)
    return local.replace(minute=_HALF_HOUR * (local.minute // _HALF_HOUR), second=0, microsecond=0, tzinfo=None)


def _note_meeting(stage: DemonstrationStage, told: Table, series: Table, meeting: Planned, number: int) -> None:
    opened = meeting.starts_at - timedelta(minutes=10)
    is_now = stage.now - meeting.starts_at < timedelta(hours=1)
    stage.scene(opened, lambda: _open(stage, told, series, meeting, opened, number, stays_open=is_now))


def _open(
    stage: DemonstrationStage,
    told: Table,
    series: Table,
    meeting: Planned,
    at: datetime,
    number: int,
    *,
    stays_open: bool,
) -> None:
    chair = series["chair"]
    code = open_door(stage.by(chair, at), meeting.id).code
    door = find_door(stage.act(PUBLIC, at), code, _NEAR)
    guests = series["guests"][number % len(series["guests"]) :][:2]
    came = [*series["regulars"][: 4 + number % 4], *guests]
    for minute, who in enumerate(came, 1):
        _note_signing(stage, told, door, who, at + timedelta(minutes=minute))
    if stays_open:
        return
    if series["key"] == told["minuted"]:
        phones = {who: _phone(who) for who in came}
        note_minutes(stage, told, chair, meeting, number, phones)
    closed = meeting.starts_at + timedelta(minutes=95)
    stage.scene(meeting.starts_at + timedelta(minutes=40), lambda: _lead(stage, told, series, meeting, number))
    stage.scene(closed, lambda: _close(stage, chair, meeting, closed))


def _note_signing(stage: DemonstrationStage, told: Table, door: Door, who: str, at: datetime) -> None:
    """Note that somebody signs: the same phone comes back to later meetings, and signs the list alone."""
    name, organisation, email = told["people"][who]
    phone = _phone(who)

    def play() -> None:
        act = stage.act(PUBLIC, min(at, stage.now - timedelta(minutes=1)))
        try:
            attend(act, door, phone)
        except NoSuchMeetingError:
            signer = AttendeeDetails(
                name=name, organisation=organisation, myself=not organisation, email=email, answers=_RIGHT
            )
            sign(act, door, phone, signer)

    stage.scene(at, play)


def _phone(who: str) -> str:
    return f"demonstration:phone:{who}"


def _lead(stage: DemonstrationStage, told: Table, series: Table, meeting: Planned, number: int) -> None:
    """Let the Chair do what comes up: a paper signature, a line struck out, somebody who does not sign, a closed session."""
    act = stage.by(series["chair"], meeting.starts_at + timedelta(minutes=40))
    deeds: dict[int, Callable[[], None]] = {
        2: lambda: add_on_paper(act, meeting.id, f"demonstration:paper:{meeting.id}", AttendeeDetails(**told["paper"])),
        5: lambda: strike_out(act, lines(act, meeting.id)[-1].id, told["struck"]["why"]),
        7: lambda: mark_not_signed(
            act, meeting.id, f"demonstration:not-signed:{meeting.id}", told["not_signed"]["name"]
        ),
    }
    deeds.get(number, lambda: None)()
    if number % 2:
        begin_closed_part(act, meeting.id)
        for line in lines(act, meeting.id):
            if line.may_stay and line.struck_at is None:
                stay(act, line.id)


def _close(stage: DemonstrationStage, chair: str, meeting: Planned, at: datetime) -> None:
    close_door(stage.by(chair, at), meeting.id)

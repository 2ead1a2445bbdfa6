import io
from dataclasses import replace
from datetime import timedelta

import pytest
from pypdf import PdfReader
from sqlmodel import select

from models.meetings import Attendance, MeetingList, NotSigned, Undertaking
from models.minutes import EntryKeeper, MeetingAction, MeetingPaper, MeetingSaid, SaidReader, UrgentWish
from portal.ground.act import SYSTEM, Role
from portal.ground.database import reading
from portal.ground.errors import AnswersNeededError, NotAllowedError, NotFoundError
from portal.ground.vault import token
from portal.ground.wording import day, today
from portal.meetings.check_in.attendance import mark_not_signed
from portal.meetings.check_in.attendance_list import attendance_list
from portal.meetings.closed_session.disclosures import outline
from portal.meetings.closed_session.urgent import ask
from portal.meetings.closed_session.wish import WishDetails
from portal.meetings.minutes.actions import ActionDetails, agree
from portal.meetings.minutes.circulation import circulate, finalise
from portal.meetings.minutes.papers import appendix_sheet, minutes_sheet
from portal.meetings.minutes.writing import save
from portal.meetings.retention import about_signer, due
from portal.meetings.retention_periods import MONTHS, change_periods, periods
from portal.record.audit import history
from tests.builders import a_person
from tests.minutes_builders import CLEAN, NO_GROUND, a_hall, closed, say


@pytest.fixture
def hall(act):
    made = a_hall(act)
    say(made, "Sol Reyes")
    mark_not_signed(made.led, made.meeting.id, token(), "Kit Rook")
    keepers = ((outline(made.led, made.meeting.id)[0].id, made.lines["Sol Reyes"]),)
    agree(
        made.led,
        made.meeting.id,
        token(),
        ActionDetails(what="Visit", owner="Police", due=today(made.led.at), keepers=keepers),
    )
    closed(made)
    ask(
        act, made.secrets["Sol Reyes"], token(), made.meeting.id, WishDetails(what="A van", to="The school", why="Soon")
    )
    attendance_list(made.led, made.meeting.id)
    appendix_sheet(made.led, made.meeting.id)
    return made


def left(hall, table):
    with reading(hall.led.store.engine) as session:
        return len(session.exec(select(table)).all())


def later(hall, months):
    return replace(hall.led, person=SYSTEM, at=hall.led.at + timedelta(days=31 * months + 1))


@pytest.mark.clause("s12.personal-retention")
def test_each_kind_goes_when_its_period_ends_and_the_record_says_what_kind_and_when(hall):
    assert set(due(later(hall, 1)).values()) == {0}
    assert due(later(hall, MONTHS["not_signed"]))["not_signed"] == 1
    assert due(later(hall, MONTHS["appendix"]))["appendix"] == 1
    assert [left(hall, one) for one in (NotSigned, MeetingSaid, SaidReader, MeetingPaper)] == [0, 0, 0, 0]
    assert (left(hall, EntryKeeper), left(hall, MeetingAction), left(hall, Attendance)) == (0, 1, 4)
    gone = due(later(hall, MONTHS["attendance"]))
    assert (gone["wishes"], gone["attendance"], gone["undertakings"]) == (1, 4, 0)
    assert [left(hall, one) for one in (UrgentWish, Attendance, MeetingList)] == [0, 0, 0]
    assert due(later(hall, MONTHS["undertakings"]))["undertakings"] == 4
    assert left(hall, Undertaking) == 0
    assert set(due(later(hall, MONTHS["undertakings"])).values()) == {0}
    entry = history(hall.led.store, "meetings:appendix")[0]
    assert (entry.event, set(entry.details), entry.details["count"]) == (
        "meeting:personal-data-deleted",
        {"count", "before"},
        1,
    )


def test_nothing_outlives_the_line_that_it_hangs_on():
    assert max(MONTHS["appendix"], MONTHS["wishes"]) <= MONTHS["attendance"] <= MONTHS["undertakings"]


@pytest.mark.clause("s12.personal-retention")
def test_the_manager_gives_somebody_what_is_held_about_them_and_of_nobody_else(hall, act):
    manager = act.as_(a_person(act, "Priya Shah", Role.MANAGER))
    held = about_signer(manager, hall.lines["Sol Reyes"])
    assert held["signed"][0]["name"] == "Sol Reyes"
    assert held["attended"][0]["in_the_closed_session"] is True
    assert held["attended"][0]["asked_the_chair"][0]["what"] == "A van"
    assert held["attended"][0]["entries_of_the_appendix_kept_for_actions"] == 1
    assert "Ann Clerk" not in str(held)
    assert "Pikestaff" not in str(held)
    assert history(act.store, f"meeting:{hall.meeting.id}")[-1].event == "attendance:copy-for-the-person"
    with pytest.raises(NotFoundError):
        about_signer(manager, "none")
    for person in (hall.chair, hall.officer):
        with pytest.raises(NotAllowedError):
            about_signer(act.as_(person), hall.lines["Sol Reyes"])


def typed(**more):
    return {kind: str(months) for kind, months in (MONTHS | more).items()}


@pytest.mark.clause("s12.personal-retention")
def test_minutes_of_a_list_that_was_deleted_say_so_and_when(hall):
    save(hall.led, hall.meeting.id, CLEAN)
    circulate(hall.led, hall.meeting.id, NO_GROUND)
    finalise(hall.led, hall.meeting.id)

    def said(by):
        pages = PdfReader(io.BytesIO(minutes_sheet(by, hall.meeting.id))).pages
        return " ".join(" ".join(page.extract_text() for page in pages).split())

    assert "Sol Reyes, Anyshire Police" in said(hall.led)
    after = later(hall, MONTHS["attendance"])
    due(after)
    told = said(replace(hall.led, at=after.at))
    assert f"The attendance list was deleted on {day(after.at)}, by the rule" in told
    assert "Nobody signed" not in told
    assert "Sol Reyes" not in told


@pytest.mark.clause("s12.personal-retention")
def test_the_manager_decides_how_long_and_the_next_run_goes_by_it(hall, act):
    manager = act.as_(a_person(act, "Priya Shah", Role.MANAGER))
    assert [(one.months, one.decided_by) for one in periods(manager)] == [
        (MONTHS[one.kind], "") for one in periods(manager)
    ]
    for _ in range(2):
        change_periods(manager, typed(appendix=2, attendance=24))
    assert [one.kind for one in periods(manager) if one.decided_by == "Priya Shah"] == ["appendix"]
    last = history(act.store, "meetings:keeping")
    assert [(one.event, one.details) for one in last] == [
        ("meeting:keeping-periods-changed", {"kinds": ["appendix"], "months": [2]})
    ]
    assert due(later(hall, 2))["appendix"] == 1
    assert about_signer(manager, hall.lines["Sol Reyes"])["kept_for_months"]["appendix"] == 2
    with pytest.raises(NotAllowedError):
        change_periods(hall.led, typed())


@pytest.mark.parametrize(
    ("wanted", "fields"),
    [
        ({"appendix": 30}, {"appendix"}),
        ({"wishes": 25, "not_signed": 99}, {"wishes", "not_signed"}),
        ({"undertakings": 12}, {"undertakings"}),
        ({"attendance": 0}, {"attendance"}),
        ({"attendance": 121}, {"attendance"}),
        ({"attendance": "two"}, {"attendance"}),
    ],
)
def test_nothing_is_kept_longer_than_the_line_it_hangs_on_or_without_a_time(act, wanted, fields):
    manager = act.as_(a_person(act, "Priya Shah", Role.MANAGER))
    with pytest.raises(AnswersNeededError) as refused:
        change_periods(manager, typed(**wanted))
    assert set(refused.value.problems) == fields
    assert all(one.decided_by == "" for one in periods(manager))

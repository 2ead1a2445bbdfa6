from datetime import timedelta

import pytest

from portal.ground.act import PUBLIC, Role
from portal.ground.vault import token
from portal.ground.wording import today
from portal.meetings.check_in.attendance import declined, lines, mark_not_signed, strike_out
from portal.meetings.check_in.door import ALARM, close_door, find_door, open_door
from portal.meetings.check_in.signing import sign
from portal.meetings.closed_session.checklist import WHEN, checklist
from portal.meetings.closed_session.session import begin_closed_part, stay
from portal.meetings.errors import NoSuchMeetingError, NotEntitledError
from portal.meetings.meeting import MeetingState, meeting, meetings
from portal.meetings.planning.plan import plan, year_of_days
from portal.ui.words import plain
from tests.builders import a_person, an_organisation
from tests.meeting_builders import a_meeting, a_plan, a_signer, an_open_door
from tests.pages.meeting_screens import group, in_field, press, show, words

__all__ = ["group", "show"]  # fixtures


def test_nobody_has_planned_a_meeting(group, show):
    assert "No meeting is planned." in words(show("chair/meetings.py", group[1]))


@pytest.mark.clause("app6.frequency")
def test_a_chair_plans_a_year_in_one_step_and_it_is_planned_once(group, show):
    act, chair = group
    app = show("chair/meeting_plan.py", chair)
    assert "The group meets at least every 4 weeks. A year of dates avoids England's bank holidays." in words(app)
    first = today(act.at) + timedelta(days=7)
    while first.weekday() != 1:
        first += timedelta(days=1)
    typed = {
        "name": "Thornby JAG",
        "first.Day": first.day,
        "first.Month": first.strftime("%B"),
        "first.Year": first.year,
        "begins": "2pm",
        "place": "Hall",
    }
    for name, value in (typed | dict.fromkeys(("agenda_by", "minutes_by", "actions_by"), "Ann Clerk")).items():
        in_field(app, f"meeting_plan.{name}").set_value(str(value))
    app.selectbox(key="meeting_plan.chair").set_value("Farah Khan")
    app = press(app, "Plan these meetings")
    days = year_of_days(first, 4)
    assert f"{len(days)} meetings are planned" in words(app)
    assert [today(one.starts_at) for one in meetings(act.as_(chair))] == days


@pytest.mark.clause("app6.frequency")
@pytest.mark.clause("app6.induction-and-support")
def test_a_blank_plan_says_what_to_enter(group, show):
    app = press(show("chair/meeting_plan.py", group[1]), "Plan these meetings")
    assert "Enter the date as day, month and year" in words(app)


@pytest.mark.clause("app6.induction-and-support")
def test_a_meeting_without_somebody_for_the_minutes_is_not_planned(group, show):
    act, chair = group
    app = show("chair/meeting_plan.py", chair)
    on = today(act.at)
    typed = {"first.Day": on.day, "first.Month": on.month, "first.Year": on.year, "begins": "14:00"}
    for name, value in typed.items():
        in_field(app, f"meeting_plan.{name}").set_value(str(value))
    told = words(press(app, "Plan these meetings"))
    for sentence in (
        "Enter who takes the minutes.",
        "Enter who prepares the agenda.",
        "Choose who chairs the meeting.",
    ):
        assert told.count(sentence) == 2  # in the summary and at the field
    assert meetings(act.as_(chair)) == []


@pytest.mark.clause("s10.confidentiality")
def test_the_chair_opens_the_door_and_the_sign_shows_code_and_square(group, show):
    act, chair = group
    planned = a_meeting(act, chair)
    press(show("chair/meeting.py", chair, id=planned.id), "Open the door")
    opened = meeting(act.as_(chair), planned.id)
    assert opened.state is MeetingState.OPEN
    told = words(show("chair/check_in/meeting_door.py", chair, id=planned.id))
    assert f"{opened.code[:3]} {opened.code[3:]}" in told
    assert "data:image/svg+xml;base64," in told
    assert "/m</strong> and type the code" in told


@pytest.mark.clause("app6.attendance")
@pytest.mark.clause("s10.confidentiality")
def test_the_live_list_shows_who_signed_and_what_each_may_stay_for(group, show):
    act, chair = group
    _, planned, door = an_open_door(act, chair)
    parish = sign(act, door, token(), a_signer("Ann <b>Clerk</b>"))
    sign(act, door, token(), a_signer("Sol Reyes", organisation="anyshire police"))
    told = words(show("chair/meeting.py", chair, id=planned.id))
    assert "2 people signed" in told
    assert parish.words in told
    assert "Ann &lt;b&gt;Clerk&lt;/b&gt;" in told
    assert told.count("Open session only") == told.count("Open and closed session") == 1


@pytest.mark.clause("app6.voluntary-standing")
@pytest.mark.clause("app6.attendance")
def test_somebody_not_entitled_is_refused_the_closed_session_until_the_chair_says_why(group, show):
    act, chair = group
    _, planned, door = an_open_door(act, chair)
    signed = sign(act, door, token(), a_signer())
    begin_closed_part(act.as_(chair), planned.id)
    app = press(show("chair/check_in/meeting_line.py", chair, id=signed.line_id), "Note them in the closed session")
    assert "Appendix 6 lists Parish or town council for the open part only." in words(app)
    assert "They leave now, unless you admit them because they need to know. Your reason is kept." in words(app)
    in_field(app, "meeting_line.admit").set_value("She reported the case herself.")
    told = words(press(app, "Note them in the closed session"))
    assert "In the closed session" in told
    assert lines(act.as_(chair), planned.id)[0].admitted_why == "She reported the case herself."


@pytest.mark.clause("s10.confidentiality")
@pytest.mark.clause("app6.attendance")
@pytest.mark.clause("s10.with-attendance-list")
def test_a_line_is_struck_out_with_a_reason_and_stays(group, show):
    act, chair = group
    _, planned, door = an_open_door(act, chair)
    signed = sign(act, door, token(), a_signer("Insp. Khan"))
    app = press(show("chair/check_in/meeting_line.py", chair, id=signed.line_id), "Strike out this line")
    assert "Enter why this line is struck out." in words(app)
    assert "The line stays on the list, struck, with your reason." in words(app)
    in_field(app, "meeting_line.why").set_value("This was not Insp. Khan.")
    told = words(press(app, "Strike out this line"))
    assert "Struck out" in told
    assert "0 people signed" in told
    begin_closed_part(act.as_(chair), planned.id)
    with pytest.raises(NotEntitledError, match="struck out"):
        stay(act.as_(chair), signed.line_id, "She is needed.")


@pytest.mark.clause("s10.confidentiality")
def test_the_chair_adds_who_signed_on_paper_and_who_did_not_sign(group, show):
    act, chair = group
    _, planned, _ = an_open_door(act, chair)
    app = show("chair/meeting_add.py", chair, id=planned.id)
    assert "Only people who have signed stand on the list." in words(app)
    in_field(app, "meeting_add.name").set_value("Bo Lindqvist")
    in_field(app, "meeting_add.organisation").set_value("Anyshire Police")
    press(app, "Add to this meeting")
    app = show("chair/meeting_add.py", chair, id=planned.id)
    app.radio[0].set_value("They did not sign")
    press(app, "Add to this meeting")
    assert [(one.name, one.how) for one in lines(act.as_(chair), planned.id)] == [("Bo Lindqvist", "On paper")]
    assert [one.name for one in declined(act.as_(chair), planned.id)] == [""]


@pytest.mark.clause("s10.confidentiality")
def test_nobody_is_added_without_a_name(group, show):
    act, chair = group
    _, planned, _ = an_open_door(act, chair)
    app = press(show("chair/meeting_add.py", chair, id=planned.id), "Add to this meeting")
    assert "Enter their full name." in words(app)


@pytest.mark.clause("app3.chair-checklist")
@pytest.mark.clause("app6.frequency")
@pytest.mark.clause("app3.notes")
def test_the_checklist_is_kept_with_the_meeting(group, show):
    act, chair = group
    _, planned, _ = an_open_door(act, chair)
    app = show("chair/minutes/meeting_checklist.py", chair, id=planned.id)
    texts = [one.text for one in checklist(act.as_(chair), planned.id)]
    assert [box.label for box in app.checkbox][: len(texts)] == [plain(one) for one in texts]
    assert [head.value for head in app.header][: len(WHEN)] == list(WHEN.values())
    assert "It stays with the meeting." in words(app)
    phone = show("chair/minutes/meeting_checklist.py", chair, id=planned.id)  # opened before the next press
    app.checkbox[0].check()
    app.checkbox[2].check()
    assert "Saved at" in words(press(app, "Save the checklist"))
    phone.checkbox[1].check()
    press(phone, "Save the checklist")
    app.checkbox[2].uncheck()
    press(app, "Save the checklist")
    again = show("chair/minutes/meeting_checklist.py", chair, id=planned.id)
    assert [box.value for box in again.checkbox][:3] == [True, True, False]
    app = show("chair/meeting.py", chair, id=planned.id)
    assert "To those who stay:" in words(app)
    assert "Before you begin it, say:" in words(app)
    assert "let only those stay who need to hear it. Thank you to everyone who leaves now" in words(app)
    assert "Notes say which body each fact came from" in words(app)
    assert "Sheet to sign on paper (PDF)" in words(app)
    assert f"/meeting-checklist?id={planned.id}" in words(app)
    said = words(press(app, "Begin the closed session"))
    assert "Choose a name in the list to note who is in the closed session." in said
    assert meeting(act.as_(chair), planned.id).closed_part_at is not None
    seen = show("chair/minutes/meeting_checklist.py", a_person(act, "Priya Shah", Role.MANAGER), id=planned.id)
    assert all(box.disabled for box in seen.checkbox)
    app = show("chair/minutes/meeting_checklist.py", chair, id=planned.id)
    assert "No meeting has recorded one yet." in words(app)
    assert "Last held at the meeting on" in words(press(app, "This meeting reviewed the group"))


@pytest.mark.clause("s10.with-attendance-list")
@pytest.mark.clause("app3.chair-checklist")
def test_closing_tells_what_is_still_open_and_leads_to_the_list(group, show):
    act, chair = group
    _, planned, _ = an_open_door(act, chair)
    app = show("chair/check_in/meeting_close.py", chair, id=planned.id)
    for told in (
        "the code stops at once, and nobody can sign on a phone any more. You can still add people.",
        "On your checklist, these are not ticked:",
    ):
        assert told in words(app)
    shown = next(one.value for one in app.markdown if one.value.startswith("- "))
    tasks = [one for one in checklist(act.as_(chair), planned.id) if one.when in {"start", "during", "end"}]
    assert shown.split("\n") == [f"- {plain(one.text)}" for one in tasks]
    assert "Everyone here for the first time has signed the confidentiality form." in words(app).replace("\\", "")
    told = words(press(app, "Close the meeting now"))
    assert "The meeting is closed" in told
    assert f"/meeting/list?id={planned.id}" in told


@pytest.mark.clause("app3.chair-checklist")
@pytest.mark.clause("s10.with-attendance-list")
def test_the_information_manager_sees_the_list_but_cannot_lead(group, show):
    act, chair = group
    manager = a_person(act, "Priya Shah", Role.MANAGER)
    _, planned, _ = an_open_door(act, chair)
    mark_not_signed(act.as_(chair), planned.id, token(), "Eve Other")
    app = show("chair/meeting.py", manager, id=planned.id)
    assert "Eve Other" in words(app)
    assert not [button for button in app.button if button.label in {"Open the door", "Begin the closed session"}]


@pytest.mark.parametrize(
    "file",
    [
        "meetings",
        "meeting_plan",
        "meeting",
        "meeting_door",
        "meeting_line",
        "meeting_checklist",
        "meeting_add",
        "meeting_close",
        "meeting_tablet",
    ],
)
@pytest.mark.parametrize("role", [None, Role.PARTNER])
@pytest.mark.clause("s10.confidentiality")
@pytest.mark.clause("s10.with-attendance-list")
@pytest.mark.clause("app3.chair-checklist")
def test_pages_of_the_chair_open_for_nobody_else(group, show, file, role):
    act, chair = group
    _, planned, door = an_open_door(act, chair)
    sign(act, door, token(), a_signer())
    other = a_person(act, "Eve Other", role, organisation=an_organisation(act, "Elsewhere")) if role else None
    told = words(show(f"chair/{file}.py", other, id=planned.id))
    assert "You cannot open this page" in told or "Sign in to open this page" in told
    assert "Ann O" not in told
    assert door.code not in told


@pytest.mark.parametrize(
    "file",
    ["meeting", "meeting_door", "meeting_line", "meeting_checklist", "meeting_add", "meeting_close", "meeting_tablet"],
)
@pytest.mark.clause("s10.confidentiality")
@pytest.mark.clause("s10.with-attendance-list")
@pytest.mark.clause("app3.chair-checklist")
def test_another_meetings_chair_sees_nothing_of_this_one(group, show, file):
    act, chair = group
    _, planned, door = an_open_door(act, chair)
    signed = sign(act, door, token(), a_signer())
    other = a_person(act, "Eve Other", Role.CHAIR)
    told = words(show(f"chair/{file}.py", other, id=signed.line_id if file == "meeting_line" else planned.id))
    assert "You cannot open this page" in told
    assert planned.name not in told


@pytest.mark.clause("s10.confidentiality")
def test_a_closed_meeting_can_be_opened_again_on_its_day(group, show):
    act, chair = group
    _, planned, door = an_open_door(act, chair)
    close_door(act.as_(chair), planned.id)
    press(show("chair/meeting.py", chair, id=planned.id), "Open the door again")
    assert open_door(act.as_(chair), planned.id).code != door.code


@pytest.mark.clause("s10.confidentiality")
@pytest.mark.clause("s10.with-attendance-list")
def test_the_chair_makes_a_tablet_the_one_that_goes_round_while_the_door_is_open(group, show):
    act, chair = group
    _, planned, door = an_open_door(act, chair)
    told = words(show("chair/check_in/meeting_tablet.py", chair, id=planned.id))
    assert f'action="/m/{door.code}/tablet"' in told
    assert "You are signed out on this device" in told
    assert "You hand it to people that you know, and you answer for who signs on it." in told
    close_door(act.as_(chair), planned.id)
    told = words(show("chair/check_in/meeting_tablet.py", chair, id=planned.id))
    assert "The door of this meeting is not open." in told
    assert "/tablet" not in told


@pytest.mark.clause("app6.chair-rotation")
@pytest.mark.clause("app6.frequency")
def test_the_list_of_meetings_says_whose_turn_it_is_and_when_the_review_is_due(group, show):
    act, chair = group
    for _ in range(2):
        a_meeting(act, chair)
    told = words(show("chair/meetings.py", chair))
    assert "more than 4 weeks lie" not in told
    assert "/meeting/diary" in told
    assert "/meeting/feed/" in told
    plan(act.as_(chair), a_plan(chair, today(act.at) + timedelta(days=35)))
    told = words(show("chair/meetings.py", chair)).replace("\\", "")
    assert "more than 4 weeks lie" in told
    assert "Plan one in between." in told
    assert "Farah Khan chairs in the first year and is not from the police." in told
    assert "Review who chairs" in told


@pytest.mark.clause("app6.attendance")
@pytest.mark.clause("app6.voluntary-standing")
def test_a_line_shows_why_somebody_was_admitted_or_struck_out(group, show):
    act, chair = group
    _, planned, door = an_open_door(act, chair)
    signed, other = (sign(act, door, token(), a_signer(name)) for name in ("Ann Clerk", "Bo Lindqvist"))
    begin_closed_part(act.as_(chair), planned.id)
    stay(act.as_(chair), signed.line_id, "She saw it happen.")
    strike_out(act.as_(chair), other.line_id, "This was not Bo.")
    app = show("chair/check_in/meeting_line.py", chair, id=signed.line_id)
    assert "She saw it happen." in words(app)
    press(app, "They are not in the closed session")
    assert lines(act.as_(chair), planned.id)[0].stayed_at is None
    assert "This was not Bo." in words(show("chair/check_in/meeting_line.py", chair, id=other.line_id))


def test_the_chair_hears_that_somebody_guesses_codes(group, show):
    act, chair = group
    _, planned, _ = an_open_door(act, chair)
    for number in range(ALARM.most):
        with pytest.raises(NoSuchMeetingError):
            find_door(act, "AAAAAA", f"10.0.0.{number}")
    app = show("chair/meeting.py", chair, id=planned.id)
    assert "Somebody is guessing codes: 25 wrong ones" in words(app)
    press(app, "Give the door a longer code")
    assert len(meeting(act.as_(chair), planned.id).code) == 10


def test_a_live_list_shows_nothing_more_once_the_session_has_ended(group, show, monkeypatch):
    act, chair = group
    _, planned, door = an_open_door(act, chair)
    sign(act, door, token(), a_signer("Zebedee Quill"))
    monkeypatch.setattr("portal.ui.meetings.meeting.act", lambda: act.as_(PUBLIC))
    for file in ("chair/meeting.py", "chair/check_in/meeting_door.py"):
        told = words(show(file, chair, id=planned.id))
        assert "You have been signed out." in told
        assert "Quill" not in told


@pytest.mark.clause("s10.with-attendance-list")
def test_a_misspelt_name_is_put_right_by_whoever_writes_the_minutes(group, show):
    act, chair = group
    _, opened, door = an_open_door(act, chair)
    sign(act, door, token(), a_signer("Ann Clrek"))
    line = lines(act.as_(chair), opened.id)[0]
    app = show("meeting_names.py", chair, id=opened.id, line=line.id)
    assert "What stood there before stays on the list, with the time and your name." in words(app)
    in_field(app, f"meeting_names.{line.id}.name").set_value("Ann Clerk")
    assert not press(app, "Put it right").exception
    assert "Ann Clrek, Thornby Parish Council (until" in words(show("meeting_line.py", chair, id=line.id))

"""Home, calendar and the pages of a partnership's life, as Streamlit runs them: each says what is so and does what it offers."""

from datetime import timedelta

import pytest

from models.returns import Return
from portal.accounts.people import close as end_account
from portal.agreement.register.lifecycle.changes import every_organisation
from portal.agreement.register.lifecycle.closing import close
from portal.agreement.register.lifecycle.splitting import NOWHERE
from portal.duties.feed import calendar_key
from portal.ground.act import Role
from portal.ground.database import transaction
from portal.ground.wording import today
from portal.meetings.closed_session.session import begin_closed_part
from portal.meetings.meeting import MeetingState, meetings
from portal.meetings.planning.plan import plan
from portal.partnership.changes import change_blanks
from portal.record.audit import record
from portal.record.events import Event
from portal.returns.service.stored_data_review import stored
from tests.builders import a_partnership, a_person, a_session, an_organisation
from tests.meeting_builders import a_plan, an_open_door
from tests.pages.conftest import words
from tests.request_builders import CANARY, a_district, a_request, later
from tests.return_builders import a_force, a_return


def press(app, label):
    app = next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


@pytest.fixture
def manager(now):
    a_partnership(now)
    return a_person(now, "Mina Manager", Role.MANAGER)


def test_home_is_about_me_and_my_organisation_and_never_offers_to_sign_what_is_signed(open_page, now):
    district = a_district(now)
    a_request(now, district)
    said = words(open_page("", district.inspector))
    assert "Anyshire Police" in said
    assert f"Signed since {today(now.at).day} " in said
    assert "Anytown Parish Council asks you for information" in said
    assert "Signs and decides for it" in said
    assert "Sign the agreement" not in said
    assert CANARY not in said
    assert "Coming up" in said


def test_what_happened_since_the_last_visit_is_told_and_nothing_on_the_first(open_page, now):
    district = a_district(now)
    assert "Since you were last here" not in words(open_page("", district.inspector))
    for ago in (timedelta(days=2), timedelta(days=1)):
        with transaction(now.store.engine) as session:
            record(session, later(now, days=-ago.days).as_(district.inspector), Event.SIGNED_IN, "account:x")
    a_request(now, district)
    said = words(open_page("", district.inspector))
    assert "Since you were last here" in said
    assert "Ann Clerk sent a request" in said


def test_the_calendar_lists_the_year_by_month_and_gives_an_address_for_a_diary(open_page, client, now, manager):
    chair = a_person(now, "Farah Khan", Role.CHAIR)
    (one,) = plan(now.as_(chair), a_plan(chair, today(now.at) + timedelta(days=9)))
    app = open_page("calendar", chair)
    assert one.name in words(app)
    assert "The agreement is to be reviewed." in words(app)
    key = calendar_key(now.as_(chair))
    assert f"/calendar/{key}.ics" in app.code[0].value
    feed = client.get(f"/calendar/{key}.ics").text
    assert f"SUMMARY:{one.name}" in feed
    assert "DTSTART;VALUE=DATE:" in feed
    assert client.get(f"/calendar/{key[:-2]}zz.ics").status_code == 404
    assert client.get("/calendar/nobody-x.ics").status_code == 404
    assert client.get("/calendar.ics").headers["location"] == "/calendar"
    client.cookies.set("portal_session", a_session(now, chair))
    assert f"SUMMARY:{one.name}" in client.get("/calendar.ics").text


@pytest.mark.clause("app6.frequency")
def test_a_meeting_is_moved_and_called_off_on_its_page(open_page, now, manager):
    chair = a_person(now, "Farah Khan", Role.CHAIR)
    (one,) = plan(now.as_(chair), a_plan(chair, today(now.at) + timedelta(days=9)))
    app = open_page("meeting-change", manager, id=one.id)
    assert "The Chair, whoever writes the minutes, and members who have an account hear of it by letter." in words(app)
    app.text_input(key="meeting_change.place").set_value("The library")
    press(app, "Change this meeting")
    assert meetings(now.as_(chair))[0].place == "The library"
    app = press(open_page("meeting-change", manager, id=one.id), "Call this meeting off")
    assert "Say why it is called off" in words(app)
    app.text_area[0].set_value("Snow")
    press(app, "Call this meeting off")
    assert meetings(now.as_(chair))[0].state is MeetingState.CALLED_OFF
    assert "called it off" in words(open_page("meeting", manager, id=one.id))


def test_the_manager_chooses_on_the_page_who_takes_over_a_closed_session_whose_chair_has_gone(open_page, now, manager):
    chair, one, _ = an_open_door(now)
    begin_closed_part(now.as_(chair), one.id)
    assert "Who takes it over" not in words(open_page("meeting-change", manager, id=one.id))
    end_account(now.as_(manager), chair.id)
    other = a_person(now, "Neil Garcia", Role.CHAIR)
    app = press(open_page("meeting-change", manager, id=one.id), "Give them this meeting")
    assert "Choose who takes the meeting over" in words(app)
    app.selectbox(key=f"successor.{one.id}").set_value(other.id)
    press(app, "Give them this meeting")
    assert "Close the meeting" in words(open_page("meeting", other, id=one.id))


@pytest.mark.clause("s9.datasets-secured")
@pytest.mark.clause("s12.annual-review")
def test_the_officer_reviews_what_is_stored(open_page, now):
    force, person = a_force(now)
    sent = a_return(now.as_(person), force)
    with transaction(now.store.engine) as session:
        session.get_one(Return, sent).sent_at = now.at - timedelta(days=400)
    officer = a_person(now, "Owen Pugh", Role.OFFICER)
    app = open_page("stored-data", officer)
    for said in (
        "Each year, look at what returns left here. Keep it with a reason, or delete it for good (Section 12).",
        "here it is encrypted. What you print, lock away (Section 9).",
        "What is deleted cannot come back. Its line and its certificate of what was taken out stay.",
        "Due on",
    ):
        assert said in words(app)
    assert app.multiselect[0].value == [sent]  # what is due is chosen already
    app = press(app, "Record the review")
    assert "Select whether they are still needed" in words(app)
    app.radio[0].set_value("Keep another year")
    app.text_area[0].set_value("The trend is used.")
    app = press(app, "Record the review")
    assert "1 return kept" in words(app)
    assert "Kept at the last review, because: The trend is used." in words(app)
    assert [one.kept_why for one in stored(now.as_(officer))] == ["The trend is used."]
    app = open_page("stored-data", officer)
    app.multiselect[0].set_value([sent])
    app.radio[0].set_value("Delete for good")
    app.text_area[0].set_value("Nobody asks for it any more.")
    assert "1 return deleted for good" in words(press(app, "Record the review"))
    assert stored(now.as_(officer)) == []


def test_a_manager_adds_renames_and_merges_organisations(open_page, now, manager):
    other = an_organisation(now, "Elsewhere Borough Council", "local_authority")
    app = press(open_page("organisation-add", manager), "Add this organisation")
    assert "There is a problem" in words(app)
    app.text_input(key="organisation_add.name").set_value("Newby Parish Council")
    app.selectbox(key="organisation_add.kind").set_value("parish_council")
    app.text_input(key="organisation_add.email").set_value("clerk@newby.example")
    press(app, "Add this organisation")
    newby = next(one for one in every_organisation(now.as_(manager)) if one.name == "Newby Parish Council")
    assert (newby.approvers, newby.invited) == (0, True)
    app = open_page("organisation-change", manager, id=newby.id)
    app.text_input(key="organisation.name").set_value("Newby <b>Town</b> Council")
    app = press(app, "Save the name")
    assert "Newby Parish Council" in words(app)
    assert "<b>Town</b>" not in words(app)
    app.selectbox[-1].set_value(other.id)
    app.text_area[-1].set_value("They merged.")
    press(app, "Close Newby \\<b\\>Town\\<\\/b\\> Council")
    merged = every_organisation(now.as_(manager))[-1]
    assert (merged.id, merged.merged_into) == (newby.id, "Elsewhere Borough Council")


def test_a_manager_splits_an_organisation_and_the_register_shows_it(open_page, now):
    district = a_district(now)
    manager = a_person(now, "Mina Manager", Role.MANAGER)
    app = open_page("organisation-split", manager, id=district.parish.id)
    for number, name in enumerate(("Upper Parish Council", "Nether Parish Council")):
        app.text_input(key=f"split.name-{number}").set_value(name)
    app.text_area(key="split.reason").set_value("Two parishes again.")
    for person in (district.parish_approver, district.colleague):
        app.selectbox(key=f"split.goes-{person.id}").set_value(NOWHERE)
    app = press(app, "Split Anytown Parish Council")
    assert "Choose where Ann Clerk goes, or that their roles end" in words(app), "nobody loses a role unsaid"
    app.selectbox(key=f"split.goes-{district.clerk.id}").set_value(0)
    press(app, "Split Anytown Parish Council")
    assert "It became Upper Parish Council, which has not signed yet" in words(
        open_page("register", organisation="anytown-parish-council")
    )
    assert "now Nether Parish Council and Upper Parish Council" in words(
        open_page("organisation-change", manager, id=district.parish.id)
    )


def test_a_file_of_organisations_is_checked_added_and_undone(open_page, now, manager):
    app = open_page("organisation-import", manager)
    app.file_uploader[0].upload("list.csv", b"Organisation,Kind\nNewby Parish,parish\nOldby,guild\n", "text/csv")
    app = press(app.run(), "Check this file")
    assert "1 of 2 rows can be added" in words(app)
    app = press(app, "Add 1 row")
    assert "1 organisation added" in words(app)
    press(app, "Undo it: take all of it back")
    assert every_organisation(now.as_(manager)) == []


@pytest.mark.clause("s12.annual-review")
@pytest.mark.clause("s12.personal-retention")
def test_anybody_reads_how_long_things_are_kept_and_a_manager_rehearses(open_page, now, manager):
    said = words(open_page("retention"))
    for told in (
        "How long we keep what",
        "Each organisation may set its own time.",
        "Everything here is deleted by itself",
    ):
        assert told in said
    assert not [button for button in open_page("retention").button if "Rehearse" in button.label]
    app = press(open_page("retention", manager), "Rehearse it now")
    assert "Rehearsed: nothing was deleted" in words(app)


def test_every_page_says_whom_to_ask_and_how_to_reach_them(open_page, now):
    a_partnership(now)
    manager = now.as_(a_person(now, "Mina Manager", Role.MANAGER))
    change_blanks(
        manager,
        {
            "local_authority_area": "the district of Anytown",
            "partnership_name": "Safer Anytown Partnership",
            "information_manager": "Mina Manager, help@example.org",
            "help_phone": "01632 960123",
            "help_address": "1 High Street <b>",
        },
    )
    said = words(open_page("register"))
    for expected in ("mailto:help@example.org", "Phone: 01632 960123", "Address: 1 High Street &lt;b&gt;"):
        assert expected in said


def test_somebody_says_when_they_are_away_and_a_year_has_four_figures(open_page, now):
    a_partnership(now)
    clerk = a_person(now, "Ann Clerk", Role.APPROVER, organisation=an_organisation(now))
    app = open_page("away", clerk)
    assert "The only approver of" in words(app)
    on = today(now.at)
    for part, value in (("Day", on.day), ("Month", on.month), ("Year", 26)):
        for end in ("first", "last"):
            app.text_input(key=f"away.{end}.{part}").set_value(str(value))
    app = press(app, "Save when I am away")
    assert "the year with four figures" in words(app)
    for end in ("first", "last"):
        app.text_input(key=f"away.{end}.Year").set_value(str(on.year))
    app = press(app, "Save when I am away")
    assert "Nobody stands in for you" in words(app)
    app = press(app, "I am back")
    assert "Nobody stands in for you" not in words(app)


def test_a_request_to_a_body_that_closed_says_so_on_its_page_and_in_the_lists(open_page, now):
    district = a_district(now)
    request_id = a_request(now, district)
    close(now.as_(a_person(now, "Mina Manager", Role.MANAGER)), district.police.id, "Wound up.", key="k")
    shown = words(open_page("request-view", district.clerk, id=request_id))
    assert "Anyshire Police closed on" in shown
    assert "Withdraw this request. The Information Manager can say whom to ask now" in shown
    for page in ("request", "to-do"):
        shown = words(open_page(page, district.clerk))
        assert ("Their turn" in shown, "closed on" in shown) == (False, True)

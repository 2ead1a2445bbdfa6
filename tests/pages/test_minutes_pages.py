import pytest

from portal.ground.act import Role
from portal.ground.vault import token
from portal.ground.wording import today
from portal.meetings.check_in.scans import add_scan
from portal.meetings.closed_session.disclosures import outline
from portal.meetings.closed_session.purposes import TITLES
from portal.meetings.closed_session.urgent import ask, asked_by
from portal.meetings.closed_session.wish import WishDetails
from portal.meetings.minutes.actions import agreed
from portal.meetings.minutes.agenda import Topic, agenda, sources
from portal.meetings.minutes.appendix import open_appendix
from portal.meetings.minutes.circulation import circulate, finalise
from portal.meetings.minutes.stages import MinutesStage
from portal.meetings.minutes.writing import minutes, save
from portal.paper_forms.registry import TWINS
from tests.builders import a_person
from tests.meeting_builders import now
from tests.minutes_builders import NO_GROUND, a_hall, closed, say
from tests.pages.meeting_screens import in_field, press, show, words
from tests.unit.portal.documents.test_scans import picture

__all__ = ["show"]  # a fixture
CHAIRS = ("meeting_agenda", "meeting_said", "meeting_minutes", "meeting_actions", "meeting_wishes", "meeting_taker")


@pytest.fixture
def hall(portal):
    return a_hall(now(portal))


def area(app, key):
    return next(field for field in app.text_area if field.key == key)


@pytest.mark.parametrize("page", CHAIRS)
@pytest.mark.parametrize("role", [None, Role.MANAGER, Role.OFFICER, Role.PARTNER, Role.CHAIR])
@pytest.mark.clause("s6.meetings.chair-answers")
@pytest.mark.clause("s6.meetings.restricted-appendix")
@pytest.mark.clause("app3.restricted-minutes")
def test_only_the_chair_of_the_meeting_opens_its_work(hall, show, page, role):
    person = hall.officer if role is Role.PARTNER else a_person(hall.led, "Eve Other", role) if role else None
    told = words(show(f"chair/{page}.py", person, id=hall.meeting.id))
    assert "Thornby Joint Action Group" not in told
    assert ("Sign in to open this page" if role is None else "cannot open this page") in told


@pytest.mark.clause("app3.notes")
@pytest.mark.clause("s2.primarily-depersonalised")
@pytest.mark.clause("s6.meetings.specific-purpose")
@pytest.mark.clause("s6.meetings.restricted-appendix")
@pytest.mark.clause("s6.meetings.chair-answers")
def test_what_is_said_is_recorded_and_not_without_its_source(hall, show):
    app = show("chair/minutes/meeting_said.py", hall.chair, id=hall.meeting.id)
    assert "Only you and those you choose can read it." in words(app)
    told = words(press(app, "Record it in the appendix"))
    for sentence in (
        "Enter whom it is about.",
        "Enter the post of the person who said it.",
        "Say why it would not do without a name.",
        "Choose what it was said for.",
        "Enter the organisation that the information comes from.",
        "Choose who needed to know.",
    ):
        assert sentence in told
    app.radio(key="meeting_said.purpose").set_value("crime")
    area(app, "meeting_said.subject").set_value("Jordan Pikestaff")
    area(app, "meeting_said.words").set_value("Seen with bicycles.")
    area(app, "meeting_said.why_named").set_value("A plan of his own is needed.")
    in_field(app, "meeting_said.body").set_value("Anyshire Police")
    in_field(app, "meeting_said.post").set_value("Officer")
    next(box for box in app.checkbox if "Pat Moss" in box.label).check()
    told = words(press(app, "Record it in the appendix"))
    assert "Recorded in the restricted appendix" in told
    assert "Pikestaff" not in told
    told = words(press(app, "Open the appendix here"))
    assert "Pikestaff" in told
    assert "A plan of his own is needed." in told
    assert TITLES["crime"] in told
    assert all(source in told for source in ("Anyshire Police", "Officer"))
    assert "Each opening is recorded." in told
    assert "The whole appendix (PDF)" in told
    app.selectbox(key="meeting_said.copy").set_value(app.selectbox(key="meeting_said.copy").options[0])
    assert "Handed over on paper" in words(press(app, "I have handed this copy over"))
    assert len(outline(hall.led, hall.meeting.id)) == 1


@pytest.mark.clause("app6.agenda")
@pytest.mark.clause("app6.affected-people")
def test_an_item_is_added_with_its_source_and_ended_with_a_reason(hall, show):
    app = press(show("chair/minutes/meeting_agenda.py", hall.chair, id=hall.meeting.id), "Add to the agenda")
    assert "Name nobody in it: everybody reads the agenda." in words(app)
    assert "Choose the source that the item stands on." in words(app)
    in_field(app, "meeting_agenda.title").set_value("Noise after dark")
    app.selectbox(key="meeting_agenda.source").set_value(app.selectbox(key="meeting_agenda.source").options[0])
    app.radio(key="meeting_agenda.asked").set_value("nobody")
    for _ in range(2):  # the second click of a slow phone: the page was drawn anew, its words in it
        app = press(app, "Add to the agenda")
    assert len(agenda(hall.led, hall.meeting.id)) == 1
    assert "No end yet" in words(app)
    assert "Nobody in particular" in words(app)
    source = sources(hall.led, hall.meeting.id)[0]
    typed = {"title": "Speeding", "affected": "Neighbours on Mill Lane", "not_asked_why": "They were away."}
    for name, said in typed.items():
        in_field(app, f"meeting_agenda.{name}").set_value(said)
    app.selectbox(key="meeting_agenda.source").set_value(source)
    app.radio(key="meeting_agenda.asked").set_value("no")
    app = press(app, "Add to the agenda")
    assert "Neighbours on Mill Lane" in words(app)
    assert agenda(hall.led, hall.meeting.id)[1].topic == Topic(source=source, asked="no", **typed)
    assert f"/meeting/agenda?id={hall.meeting.id}" in words(app)
    app.selectbox(key="meeting_agenda.end").set_value(app.selectbox(key="meeting_agenda.end").options[0])
    app = press(app, "End this item")
    assert "Enter why no action follows" in words(app)
    area(app, "meeting_agenda.why").set_value("It has stopped.")
    app = press(app, "End this item")
    assert "No action: It has stopped." in words(app)
    assert "Choose which one" in words(press(app, "End this item"))
    assert [bool(one.ended) for one in agenda(hall.led, hall.meeting.id)] == [True, False]


@pytest.mark.clause("app3.restricted-minutes")
@pytest.mark.clause("s6.meetings.restricted-appendix")
@pytest.mark.clause("s6.meetings.chair-answers")
@pytest.mark.clause("app6.minutes-and-actions")
def test_minutes_go_from_written_to_published(hall, show):
    say(hall)
    closed(hall)
    app = show("chair/minutes/meeting_minutes.py", hall.chair, id=hall.meeting.id)
    area(app, "meeting_minutes.body").set_value("Pikestaff was spoken about.\nRing 07700 900123.")
    told = words(press(app, "Save and check the minutes"))
    assert "Minutes, paragraph 2, word 1" in told
    assert "a phone number" in told
    assert "Circulate the minutes" not in told
    assert "The minutes cannot go out while it stands in them. Take it out, or say why it names nobody." in told
    assert "Write posts, not names. What was said about people stands in the restricted appendix." in told
    app.selectbox(key="meeting_minutes.which").set_value(app.selectbox(key="meeting_minutes.which").options[0])
    app = press(app, "This names nobody")
    assert "Enter why these words name nobody." in words(app)
    save(hall.led, hall.meeting.id, "The writer's words, from another tab.")
    area(app, "meeting_minutes.body").set_value("More patrols were agreed.")
    app = press(app, "Save and check the minutes")
    assert "saved the minutes at" in words(app), "what somebody else saved meanwhile is not written over"
    assert area(app, "meeting_minutes.body").value == "More patrols were agreed."
    assert minutes(hall.led, hall.meeting.id).body == "The writer's words, from another tab."
    app = show("chair/minutes/meeting_minutes.py", hall.chair, id=hall.meeting.id)
    for body in ("Patrols were agreed.", "More patrols were agreed."):
        area(app, "meeting_minutes.body").set_value(body)
        area(app, "meeting_minutes.lesson").set_value("New lights ended the noise.")
        app = press(app, "Save and check the minutes")
        assert "The minutes are saved" in words(app)
    assert "One yes marks them and keeps them unpublished." in words(app)
    app = press(app, "Circulate to those who were there")
    assert "Answer yes or no to each of the six." in words(app)
    for ground in NO_GROUND:
        app.radio(key=f"meeting_minutes.{hall.meeting.id}.{ground}").set_value("No")
    for button, told in (
        ("Circulate to those who were there", "The minutes are circulated"),
        ("Make the minutes final", "The minutes are final"),
        ("Publish the minutes", "The minutes are published"),
    ):
        app = press(app, button)
        assert told in words(app)
        assert ("The partnership manager gets a copy." in words(app)) == (told == "The minutes are circulated")
    assert minutes(hall.led, hall.meeting.id).stage is MinutesStage.PUBLISHED
    assert "New lights ended the noise." in words(show("partner/meeting_papers.py", hall.other))


@pytest.mark.clause("app6.minutes-and-actions")
@pytest.mark.clause("app6.agenda")
@pytest.mark.clause("app2.undertakings")
def test_an_action_is_added_with_who_keeps_what_it_needs_and_done(hall, show):
    say(hall, "Sol Reyes")
    app = press(show("chair/minutes/meeting_actions.py", hall.chair, id=hall.meeting.id), "Add this action")
    assert "Enter the date as day, month and year" in words(app)
    area(app, "meeting_actions.what").set_value("More patrols")
    in_field(app, "meeting_actions.owner").set_value("Inspector, Anyshire Police")
    on = today(hall.led.at)
    for name, value in (("Day", on.day), ("Month", on.month), ("Year", on.year)):
        in_field(app, f"meeting_actions.due.{name}").set_value(str(value))
    app.multiselect[0].select("Entry 1: Sol Reyes, Anyshire Police")
    app = press(app, "Add this action")
    assert "An open action comes to each meeting of the group until it is done." in words(app)
    assert "More patrols" in words(app)
    assert open_appendix(hall.led, hall.meeting.id)[0].keepers == ("Sol Reyes, Anyshire Police, for: More patrols",)
    assert "Who keeps what was said" in words(app)
    assert "Sol Reyes, Anyshire Police: entry 1" in words(app)
    app = press(app, "Add this action")  # the second click of a slow phone: the page was drawn anew, its words in it
    assert len(agreed(hall.led, hall.meeting.id)) == 1
    area(app, "meeting_actions.what").set_value("Brighter lamps")
    app = press(app, "Add this action")
    app.selectbox(key="meeting_actions.which").set_value(app.selectbox(key="meeting_actions.which").options[0])
    app = press(app, "Note that it is done")
    assert "Enter how it was done" in words(app)
    area(app, "meeting_actions.note").set_value("Patrols began.")
    app = press(app, "Note that it is done")
    assert "Done: Patrols began." in words(app)
    assert "Choose which one" in words(press(app, "Note that it is done"))
    assert [one.done_at is not None for one in agreed(hall.led, hall.meeting.id)] == [True, False]


@pytest.mark.clause("app2.urgent-permission")
def test_the_chair_decides_a_wish_with_a_reason(hall, show):
    told = words(show("chair/minutes/meeting_wishes.py", hall.chair, id=hall.meeting.id))
    assert "You decide whether the law allows it. The person sees your answer on their phone." in told
    assert "Nobody has asked. People who signed can ask you from their phone, also after the meeting." in told
    secret = hall.secrets["Ann Clerk"]
    ask(hall.led, secret, token(), hall.meeting.id, WishDetails(what="A <b>van</b>", to="The school", why="Soon"))
    app = press(show("chair/minutes/meeting_wishes.py", hall.chair, id=hall.meeting.id), "Send this answer")
    told = words(app)
    assert "A &lt;b&gt;van&lt;/b&gt;" in told
    assert "Choose yes or no." in told
    next(iter(app.radio)).set_value("No")
    app.text_area[0].set_value("It can wait for the police.")
    assert "Your answer is sent" in words(press(app, "Send this answer"))
    assert [(one.allowed, one.reason) for one in asked_by(hall.led, secret)] == [(False, "It can wait for the police.")]


@pytest.mark.clause("s6.meetings.restricted-appendix")
@pytest.mark.clause("s9.marking-definitions")
@pytest.mark.clause("app4.handling")
@pytest.mark.clause("app2.undertakings")
def test_a_named_person_opens_their_entries_and_others_see_that_there_is_nothing(hall, show):
    say(hall, "Sol Reyes")
    app = show("partner/meeting_papers.py", hall.officer, id=hall.meeting.id)
    for told in (
        "Pass it to nobody without the Chair",
        "An entry says who keeps it, and for which action. At the meeting everybody promised:",
    ):
        assert told in words(app)
    assert "Pikestaff" not in words(app)
    assert "/handling?marking=official_sensitive" in words(app)
    assert "Use it only for the purpose it names." in words(app)
    assert "Each opening is recorded." in words(app)
    assert "If my body has no action" in words(app)
    assert "Ask the source in writing, where you need more or need it later" in words(app)
    assert f"/meeting/appendix?id={hall.meeting.id}" in words(app)
    opened = words(press(app, "Open the entries for you"))
    assert "Pikestaff" in opened
    assert "No action needs it so far" in opened
    for person in (hall.other, hall.chair, a_person(hall.led, "Priya Shah", Role.MANAGER)):
        told = words(show("partner/meeting_papers.py", person, id=hall.meeting.id))
        assert "No minutes were sent to you" in told
        assert "Thornby" not in told
    assert "Sign in" in words(show("partner/meeting_papers.py", None, id=hall.meeting.id))


@pytest.mark.clause("app6.minutes-and-actions")
@pytest.mark.clause("s6.meetings.restricted-appendix")
@pytest.mark.clause("app6.induction-and-support")
def test_the_chair_names_a_colleague_who_writes_the_minutes_of_this_meeting(hall, show):
    closed(hall)
    app = press(show("chair/minutes/meeting_taker.py", hall.chair, id=hall.meeting.id), "Let them write the minutes")
    assert "They write this meeting&#x27;s minutes, and no others. You check them and send them out" in words(app)
    assert "Enter the address of a colleague" in words(app)
    in_field(app, "meeting_taker.email").set_value(hall.officer.email)
    assert "They can write the minutes now" in words(press(app, "Let them write the minutes"))
    assert "Minutes for you to write" in words(show("partner/meeting_papers.py", hall.officer))
    app = show("partner/minutes_write.py", hall.officer, id=hall.meeting.id)
    area(app, "minutes_write.body").set_value("Spoken with, phone 07700 900123.")
    told = words(press(app, "Save and check the minutes"))
    assert "The minutes are saved" in told
    assert "Write posts, not names. The Chair checks them and sends them out." in told
    assert "This points to a person" in told
    assert "Write the minutes" not in words(show("partner/minutes_write.py", hall.other, id=hall.meeting.id))
    app = show("chair/minutes/meeting_taker.py", hall.chair, id=hall.meeting.id)
    assert "They can no longer write these minutes" in words(press(app, f"End this for {hall.officer.name}"))


@pytest.mark.clause("s10.with-attendance-list")
@pytest.mark.clause("app6.minutes-and-actions")
@pytest.mark.clause("s10.confidentiality")
def test_scans_are_listed_for_chair_and_manager_and_removed_by_the_chair(hall, show):
    add_scan(hall.led, hall.meeting.id, picture())
    manager = a_person(hall.led, "Priya Shah", Role.MANAGER)
    told = show("chair/check_in/meeting_scans.py", manager, id=hall.meeting.id)
    assert "The paper itself stays with you." in words(told)
    assert "Scan 1" in words(told)
    assert "Keep here too what the closed session saw: problem profiles" in words(told)
    assert not any(button.label == "Add this scan" for button in told.button)
    app = press(show("chair/check_in/meeting_scans.py", hall.chair, id=hall.meeting.id), "Add this scan")
    assert "Choose the scan: a PDF, JPEG or PNG." in words(app)
    app.selectbox(key="meeting_scan.which").set_value("Scan 1").run()
    assert "The scan is removed" in words(press(app, "Remove this scan"))
    assert "No scan has been added." in words(show("chair/check_in/meeting_scans.py", hall.chair, id=hall.meeting.id))


@pytest.mark.clause("app2.urgent-permission")
def test_the_chair_types_in_a_wish_that_came_on_paper(hall, show):
    app = press(show("chair/minutes/meeting_wishes.py", hall.chair, id=hall.meeting.id), "Record this wish")
    told = words(app)
    assert "There is a problem" in told or "Enter" in told
    app.selectbox(key="meeting_wish.who").set_value("Ann Clerk, Thornby Parish Council")
    area(app, "meeting_wish.what").set_value("A van")
    in_field(app, "meeting_wish.to").set_value("The school")
    area(app, "meeting_wish.why").set_value("It is tonight")
    told = words(press(app, "Record this wish"))
    assert "The wish is recorded. Decide it now" in told
    assert all(one in told for one in ("Ann Clerk", "A van", "The school", "It is tonight"))


@pytest.mark.clause("s10.confidentiality")
@pytest.mark.clause("s14.suspension")
@pytest.mark.clause("s16.declaration")
@pytest.mark.clause("app1.datasets")
def test_every_form_is_on_the_page_of_forms_and_a_page_offers_its_own_twin(hall, show):
    told = words(show("public/paper_forms.py", None))
    assert all(f"/forms/{one.id}.pdf" in told for one in TWINS)
    assert "/forms/return-police-incidents.pdf" in told
    assert "/forms/undertaking.pdf" in words(show("public/join.py", None))


@pytest.mark.clause("s12.personal-retention")
def test_the_manager_changes_how_long_meetings_keep_names(hall, show):
    manager = a_person(hall.led, "Priya Shah", Role.MANAGER)
    app = show("manager/meeting_keeping.py", manager)
    for told in ("Proposed: 24", "The record keeps how many went and when, without a name."):
        assert told in words(app)
    in_field(app, "meeting_keeping.appendix").set_value("300")
    app = press(app, "Save these times")
    assert "Enter a number of months from 1 to 120." in words(app)
    in_field(app, "meeting_keeping.appendix").set_value("6")
    assert "Decided by Priya Shah" in words(press(app, "Save these times"))


@pytest.mark.clause("s9.marking-definitions")
@pytest.mark.clause("app3.restricted-minutes")
@pytest.mark.clause("app6.minutes-and-actions")
@pytest.mark.clause("s6.meetings.restricted-appendix")
def test_marked_minutes_say_how_they_are_handled_and_have_no_button_to_publish(hall, show):
    closed(hall)
    save(hall.led, hall.meeting.id, "More patrols were agreed.", lesson="Lights ended it.", need="A youth worker.")
    before = words(show("chair/minutes/meeting_minutes.py", hall.chair, id=hall.meeting.id))
    assert "<dt>Marking</dt><dd>None</dd>" in before
    circulate(hall.led, hall.meeting.id, NO_GROUND | {"crime": True})
    finalise(hall.led, hall.meeting.id)
    asked = words(show("partner/meeting_papers.py", a_person(hall.led, "Priya Shah", Role.MANAGER)))
    assert "A youth worker." in asked
    assert "Lights ended it." not in asked  # a lesson of marked minutes stays with the group
    app = show("chair/minutes/meeting_minutes.py", hall.chair, id=hall.meeting.id)
    assert "Marked **OFFICIAL-SENSITIVE**." in words(app).replace("\\", "")
    assert "/handling?marking=official_sensitive" in words(app)
    assert not any(button.label == "Publish the minutes" for button in app.button)
    assert "/handling?marking=official_sensitive" in words(
        show("partner/meeting_papers.py", hall.officer, id=hall.meeting.id)
    )

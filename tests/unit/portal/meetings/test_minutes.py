import io
import json
from dataclasses import replace
from datetime import timedelta

import pytest
from pypdf import PdfReader
from sqlalchemy.exc import IntegrityError

from models.minutes import MeetingMinutes
from portal.documents.seal.issuing import check_document
from portal.documents.seal.verification import SealOutcome
from portal.ground.act import PUBLIC, Role
from portal.ground.database import reading, transaction
from portal.ground.errors import AlreadyDoneError, AnswersNeededError, NotAllowedError, NotFoundError, PortalError
from portal.ground.vault import token
from portal.ground.wording import today
from portal.meetings.errors import NotYourMeetingError
from portal.meetings.minutes.actions import ActionDetails, agree, agreed, carried, finish, late_actions
from portal.meetings.minutes.agenda import Topic, add_item, agenda, no_action, sources
from portal.meetings.minutes.circulation import circulate, finalise, publish
from portal.meetings.minutes.lessons import lessons_shared, needs_of_groups
from portal.meetings.minutes.papers import agenda_sheet, minutes_sheet, published_sheet
from portal.meetings.minutes.reading import my_papers, read_minutes
from portal.meetings.minutes.stages import MinutesStage
from portal.meetings.minutes.writing import MinutesHeldError, minutes, overrule, save, six_grounds
from portal.record.audit import history
from portal.record.outbox import waiting
from portal.rules.edition.editions import edition_in_force
from tests.builders import a_person
from tests.meeting_builders import a_meeting
from tests.minutes_builders import CLEAN, NO_GROUND, a_hall, closed, say

BASE = "http://127.0.0.1:8501"


@pytest.fixture
def hall(act):
    return closed(a_hall(act))


def topic(hall, **more):
    told = {
        "title": "Noise after dark",
        "source": sources(hall.led, hall.meeting.id)[0],
        "asked": "yes",
        "affected": "Neighbours",
    }
    return Topic(**(told | more))


def text_of(paper):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(paper)).pages)


def send(hall, body=CLEAN, **answers):
    save(hall.led, hall.meeting.id, body)
    circulate(hall.led, hall.meeting.id, NO_GROUND | answers, base_url=BASE)


@pytest.mark.clause("s6.meetings.restricted-appendix")
@pytest.mark.clause("app3.restricted-minutes")
@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("Ring 07700 900123 about it.", "a phone number"),
        ("The Pikestaff family was spoken about.", "a name that stands in the restricted appendix"),
        ("JORDAN  PÍKESTAFF was there.", "a name that stands in the restricted appendix"),
        ("Born on 5 May 2026.", "a date of birth"),
    ],
)
def test_minutes_that_point_to_a_person_do_not_go_out(hall, body, kind):
    say(hall)
    save(hall.led, hall.meeting.id, f"{CLEAN}\n{body}")
    found = minutes(hall.led, hall.meeting.id).findings
    assert kind in {one.kind for one in found}
    assert {one.place.rsplit(",", 1)[0] for one in found} == {"Minutes, paragraph 3"}
    with pytest.raises(MinutesHeldError):
        circulate(hall.led, hall.meeting.id, NO_GROUND)
    assert minutes(hall.led, hall.meeting.id).stage is MinutesStage.WRITTEN


def test_a_day_of_about_the_meeting_is_no_date_of_birth(hall):
    save(hall.led, hall.meeting.id, "The works end on 5 May 2027.")
    assert minutes(hall.led, hall.meeting.id).findings == ()


@pytest.mark.clause("s6.meetings.restricted-appendix")
@pytest.mark.clause("app3.restricted-minutes")
@pytest.mark.clause("app6.agenda")
def test_every_text_that_goes_out_with_the_minutes_is_scanned(hall):
    say(hall)
    save(hall.led, hall.meeting.id, CLEAN, lesson="Ask Jordan.", need="A visit to Mabel.")
    told = topic(hall, title="The Quillfeather house", asked="no", affected="Mabel", not_asked_why="Jordan is away.")
    add_item(hall.led, hall.meeting.id, token(), told)
    no_action(hall.led, agenda(hall.led, hall.meeting.id)[0].id, "Mabel has moved.")
    agree(hall.led, hall.meeting.id, token(), ActionDetails(what="Visit Jordan", owner="Mabel", due=today(hall.led.at)))
    places = {one.place.partition(", paragraph")[0] for one in minutes(hall.led, hall.meeting.id).findings}
    agenda_texts = ("item", "who is affected", "why not asked", "why no action")
    assert places == {
        "What others can learn",
        "What the group needs",
        *(f"Agenda 1, {one}" for one in agenda_texts),
        "Action 1, what",
        "Action 1, who",
    }
    with pytest.raises(MinutesHeldError):
        agenda_sheet(hall.led, hall.meeting.id)


@pytest.mark.clause("s6.meetings.restricted-appendix")
@pytest.mark.clause("app3.restricted-minutes")
def test_a_false_alarm_is_overruled_only_with_a_reason_and_never_what_is_certain(hall):
    say(hall, subject="Rowan May Thistlewood")
    save(hall.led, hall.meeting.id, "The works end in May.")
    alarm = minutes(hall.led, hall.meeting.id).findings[0]
    with pytest.raises(AnswersNeededError):
        overrule(hall.led, hall.meeting.id, alarm.mark, " ")
    overrule(hall.led, hall.meeting.id, alarm.mark, "It is the month.")
    assert minutes(hall.led, hall.meeting.id).findings == ()
    for certain in ("NHS number 943 476 5919.", "rowan may thistlewood was there."):
        save(hall.led, hall.meeting.id, certain)
        proven = next(one for one in minutes(hall.led, hall.meeting.id).findings if one.proven)
        with pytest.raises(MinutesHeldError, match="certainly"):
            overrule(hall.led, hall.meeting.id, proven.mark, "It is nobody.")
        assert minutes(hall.led, hall.meeting.id).findings
    assert len([one for one in minutes(hall.led, hall.meeting.id).findings if one.proven]) == 3  # May among them


@pytest.mark.clause("app3.restricted-minutes")
def test_all_six_grounds_are_answered_before_minutes_go_out(hall):
    save(hall.led, hall.meeting.id, CLEAN)
    assert [one.id for one in six_grounds(hall.led, hall.meeting.id)] == list(NO_GROUND)
    with pytest.raises(AnswersNeededError) as refused:
        circulate(hall.led, hall.meeting.id, NO_GROUND | {"crime": None})
    assert set(refused.value.problems) == {"crime"}


@pytest.mark.clause("app3.restricted-minutes")
def test_one_yes_marks_the_minutes_and_keeps_them_from_publication(hall):
    send(hall, crime=True)
    (sent,) = [
        one for one in history(hall.led.store, f"meeting:{hall.meeting.id}") if one.event == "minutes:circulated"
    ]
    assert (sent.details["grounds"], sent.details["marking"]) == (["crime"], "official_sensitive")
    with reading(hall.led.store.engine) as session:
        assert json.loads(session.get_one(MeetingMinutes, hall.meeting.id).grounds) == NO_GROUND | {"crime": True}
    finalise(hall.led, hall.meeting.id)
    with pytest.raises(MinutesHeldError, match="not published"):
        publish(hall.led, hall.meeting.id)
    assert "OFFICIAL-SENSITIVE" in text_of(minutes_sheet(hall.led, hall.meeting.id))
    with pytest.raises(IntegrityError), transaction(hall.led.store.engine) as session:
        session.get_one(MeetingMinutes, hall.meeting.id).published_at = hall.led.at


@pytest.mark.clause("s6.meetings.chair-answers")
@pytest.mark.clause("app3.restricted-minutes")
@pytest.mark.clause("app6.minutes-and-actions")
@pytest.mark.clause("app6.agenda")
@pytest.mark.clause("s6.meetings.restricted-appendix")
def test_only_the_chair_takes_each_step_and_the_record_names_them(hall, act):
    save(hall.led, hall.meeting.id, CLEAN)
    manager = hall.by(a_person(act, "Priya Shah", Role.MANAGER))
    steps = (
        lambda who: save(who, hall.meeting.id, "Other"),
        lambda who: overrule(who, hall.meeting.id, "x", "y"),
        lambda who: circulate(who, hall.meeting.id, NO_GROUND),
        lambda who: finalise(who, hall.meeting.id),
        lambda who: publish(who, hall.meeting.id),
        lambda who: minutes(who, hall.meeting.id),
        lambda who: agenda(who, hall.meeting.id),
    )
    for step in steps:
        with pytest.raises(NotYourMeetingError):
            step(manager)
        for other in (PUBLIC, hall.officer, a_person(act, "Eve Other", Role.CHAIR, email=f"{token()}@example.org")):
            with pytest.raises(NotAllowedError):
                step(hall.by(other))
    send(hall)
    finalise(hall.led, hall.meeting.id)
    done = [one for one in history(act.store, f"meeting:{hall.meeting.id}") if one.event == "minutes:made-final"]
    assert [(one.actor_name, one.details["chair"]) for one in done] == [("Farah Khan", hall.chair.id)]
    with reading(act.store.engine) as session:
        assert session.get(MeetingMinutes, hall.meeting.id).final_by == "Farah Khan"


@pytest.mark.clause("app6.minutes-and-actions")
def test_final_minutes_send_the_manager_a_copy_once_with_nothing_personal(hall, act):
    manager = a_person(act, "Priya Shah", Role.MANAGER)
    send(hall)
    with pytest.raises(NotFoundError):
        read_minutes(hall.by(manager), hall.meeting.id)
    for _ in range(2):
        finalise(hall.led, hall.meeting.id, base_url=BASE)
    letters = [one for one in waiting(hall.by(manager))[0] if one.to == manager.email]
    assert [one.subject for one in letters] == ["Minutes are final: your copy"]
    assert "Reyes" not in letters[0].body
    assert read_minutes(hall.by(manager), hall.meeting.id).body == CLEAN
    assert [
        one.actor_name for one in history(act.store, f"meeting:{hall.meeting.id}") if one.event == "minutes:opened"
    ] == ["Priya Shah"]
    with pytest.raises(AlreadyDoneError):
        save(hall.led, hall.meeting.id, "Other words.")


@pytest.mark.clause("app6.minutes-and-actions")
@pytest.mark.parametrize("marked", [False, True], ids=["unmarked", "marked"])
def test_a_lesson_reaches_every_group_and_a_need_the_manager_once_the_minutes_are_final(hall, act, marked):
    manager = a_person(act, "Priya Shah", Role.MANAGER)
    said = {"lesson": "New lights ended the noise.", "need": "A youth worker on Fridays."}
    with pytest.raises(AnswersNeededError) as refused:
        save(hall.led, hall.meeting.id, CLEAN, lesson="x" * 1001, need="x" * 1001)
    assert set(refused.value.problems) == {"lesson", "need"}
    say(hall)
    save(hall.led, hall.meeting.id, CLEAN, lesson="Ask the Pikestaff family.", need="Ring 07700 900123.")
    places = {one.place.partition(",")[0] for one in minutes(hall.led, hall.meeting.id).findings}
    assert places == {"What others can learn", "What the group needs"}
    save(hall.led, hall.meeting.id, CLEAN, **said)
    due = today(act.at) + timedelta(days=7)
    agree(hall.led, hall.meeting.id, token(), ActionDetails(what="Mend the gate latch", owner="Inspector", due=due))
    circulate(hall.led, hall.meeting.id, NO_GROUND | {"crime": marked}, base_url=BASE)
    assert lessons_shared(hall.by(hall.other)) == needs_of_groups(hall.by(manager)) == []
    finalise(hall.led, hall.meeting.id, base_url=BASE)
    assert [one.words for one in lessons_shared(hall.by(hall.other))] == ([] if marked else [said["lesson"]])
    assert [one.words for one in needs_of_groups(hall.by(manager))] == [said["need"]]
    assert needs_of_groups(hall.by(hall.other)) == []
    letter = next(one for one in waiting(hall.by(manager))[0] if one.to == manager.email)
    assert "needs something of the partnership" in letter.body
    assert "youth worker" not in letter.body
    paper = " ".join(text_of(minutes_sheet(hall.by(manager), hall.meeting.id)).split())
    assert all(words in paper for words in (*said.values(), "Mend the gate latch"))


@pytest.mark.clause("app2.undertakings")
@pytest.mark.clause("app2.opening-statement")
@pytest.mark.clause("app6.minutes-and-actions")
def test_circulated_minutes_reach_those_who_were_there_and_list_who_agreed(hall):
    manager = a_person(hall.led, "Priya Shah", Role.MANAGER)
    send(hall)
    told = {one.to for one in waiting(hall.by(manager))[0] if one.subject == "Minutes are ready to read"}
    assert told == {hall.officer.email, hall.other.email}
    assert [one.stage for one in my_papers(hall.by(hall.officer))] == [MinutesStage.CIRCULATED]
    paper = minutes_sheet(hall.by(hall.officer), hall.meeting.id)
    assert check_document(hall.led.store, paper).outcome is SealOutcome.GENUINE
    opened = [one for one in history(hall.led.store, f"meeting:{hall.meeting.id}") if one.event == "minutes:opened"]
    assert [(one.actor_name, one.details) for one in opened] == [("Sol Reyes", {"paper": True})]
    text = " ".join(text_of(paper).split())
    for line in (
        "They signed the undertakings of Appendix 2",
        "Sol Reyes, Anyshire Police",
        "Ann Clerk, Thornby Parish",
    ):
        assert line in text


@pytest.mark.clause("s6.meetings.restricted-appendix")
@pytest.mark.clause("s6.meetings.chair-answers")
@pytest.mark.clause("app3.restricted-minutes")
def test_changed_minutes_are_taken_back_until_they_are_sent_again(hall):
    send(hall, crime=True)
    save(hall.led, hall.meeting.id, CLEAN + "\nA correction.")
    back = minutes(hall.led, hall.meeting.id)
    assert (back.stage, back.marking) == (MinutesStage.WRITTEN, "")  # the six grounds are asked anew
    with pytest.raises(NotFoundError):
        read_minutes(hall.by(hall.officer), hall.meeting.id)
    send(hall)
    say(hall)  # a new name may stand in what went out
    assert minutes(hall.led, hall.meeting.id).stage is MinutesStage.WRITTEN


@pytest.mark.clause("app3.restricted-minutes")
@pytest.mark.clause("s6.meetings.restricted-appendix")
def test_published_minutes_name_organisations_and_nobody(hall):
    with pytest.raises(NotFoundError):
        published_sheet(hall.by(PUBLIC), hall.meeting.reference)
    send(hall)
    with pytest.raises(PortalError, match="final first"):
        publish(hall.led, hall.meeting.id)
    finalise(hall.led, hall.meeting.id)
    publish(hall.led, hall.meeting.id)
    text = text_of(published_sheet(hall.by(PUBLIC), hall.meeting.reference))
    assert "Anyshire Police: 1 person" in text
    assert "Sol Reyes" not in text


@pytest.mark.clause("app6.affected-people")
@pytest.mark.clause("app6.agenda")
@pytest.mark.clause("app6.minutes-and-actions")
def test_each_item_names_its_source_and_ends_with_an_action_or_a_reason(hall):
    with pytest.raises(AnswersNeededError) as refused:
        add_item(hall.led, hall.meeting.id, token(), topic(hall, title="", source="Hearsay"))
    assert set(refused.value.problems) == {"title", "source"}
    key = token()
    for _ in range(2):
        add_item(hall.led, hall.meeting.id, key, topic(hall))
    item = agenda(hall.led, hall.meeting.id)[0]
    save(hall.led, hall.meeting.id, CLEAN)
    with pytest.raises(MinutesHeldError, match="item 1"):
        circulate(hall.led, hall.meeting.id, NO_GROUND)
    with pytest.raises(AnswersNeededError):
        no_action(hall.led, item.id, "")
    no_action(hall.led, item.id, "It has stopped.")
    assert [one.ended for one in agenda(hall.led, hall.meeting.id)] == [True]
    changed = [one for one in history(hall.led.store, f"meeting:{hall.meeting.id}") if one.event == "agenda:changed"]
    assert [one.details.get("ended") for one in changed] == [None, "no action"]
    send(hall)
    sheet = " ".join(text_of(agenda_sheet(hall.led, hall.meeting.id)).split())
    assert f"Noise after dark Stands on {topic(hall).source}" in sheet
    assert "No action, because It has stopped." in " ".join(text_of(minutes_sheet(hall.led, hall.meeting.id)).split())
    assert "People affected Neighbours. They were asked to come and speak." in sheet
    jag = edition_in_force(today(hall.led.at)).jag
    assert f"Open: {jag.open_session}" in sheet
    assert f"Closed: {jag.closed_session}" in sheet
    no_action(hall.led, item.id, "It has stopped for good.")
    assert minutes(hall.led, hall.meeting.id).stage is MinutesStage.WRITTEN, "what went out says another reason"
    agree(hall.led, hall.meeting.id, token(), ActionDetails(what="A visit", owner="Warden", due=today(hall.led.at), item_id=item.id))  # fmt: skip
    ended = agenda(hall.led, hall.meeting.id)[0]
    assert (ended.no_action_why, len(ended.actions)) == ("", 1)
    assert sources(hall.led, hall.meeting.id) == edition_in_force(today(hall.led.at)).jag.guided_by


@pytest.mark.clause("app6.affected-people")
@pytest.mark.clause("app6.agenda")
def test_an_item_says_who_is_affected_and_why_they_were_not_asked(hall):
    for told, missing in (({"affected": ""}, "affected"), ({"asked": "no"}, "not_asked_why"), ({"asked": ""}, "asked")):
        with pytest.raises(AnswersNeededError) as refused:
            add_item(hall.led, hall.meeting.id, token(), topic(hall, **told))
        assert set(refused.value.problems) == {missing}
    for number, told in enumerate(
        ({"asked": "no", "not_asked_why": "They moved."}, {"asked": "yes", "not_asked_why": "x"})
    ):
        add_item(hall.led, hall.meeting.id, token(), topic(hall, **told))
        item = agenda(hall.led, hall.meeting.id)[-1]
        assert (item.topic.asked, item.topic.not_asked_why) == (told["asked"], "They moved." if number == 0 else "")


@pytest.mark.clause("app6.minutes-and-actions")
def test_an_action_follows_its_group_to_the_next_meeting_until_it_is_done(hall, act):
    due = today(act.at) + timedelta(days=7)
    with pytest.raises(AnswersNeededError) as refused:
        agree(hall.led, hall.meeting.id, token(), ActionDetails(what="", owner="", due=due - timedelta(days=30)))
    assert set(refused.value.problems) == {"what", "owner", "due"}
    agree(
        hall.led,
        hall.meeting.id,
        token(),
        ActionDetails(what="More patrols", owner="Inspector, Anyshire Police", due=due),
    )
    later = act.as_(hall.chair)
    following = a_meeting(act, hall.chair, first=today(act.at) + timedelta(days=28))
    other = a_meeting(act, hall.chair, first=today(act.at) + timedelta(days=28), name="Other group")
    action = carried(later, following.id)[0]
    assert (action.what, action.owner, action.due) == ("More patrols", "Inspector, Anyshire Police", due)
    assert action.late(due + timedelta(days=1))
    sheet = " ".join(text_of(agenda_sheet(later, following.id)).split())
    assert "Actions still open from earlier meetings What Who By Agreed More patrols" in sheet
    assert carried(later, other.id) == []
    on_the_day, after = (replace(later, at=later.at + timedelta(days=days)) for days in (7, 8))
    assert late_actions(on_the_day) == []
    (late,) = late_actions(after)
    assert (late.group, late.count, late.oldest, late.meeting_id) == (following.name, 1, due, hall.meeting.id)
    with pytest.raises(NotFoundError):
        finish(later, other.id, action.id, "Done")
    with pytest.raises(AnswersNeededError):
        finish(later, following.id, action.id, "")
    finish(later, following.id, action.id, "Patrols began.")
    assert carried(later, following.id) == late_actions(after) == []
    assert agreed(hall.led, hall.meeting.id)[0].note == "Patrols began."
    assert [one.event for one in history(act.store, f"meeting:{following.id}")][-1] == "action:done"

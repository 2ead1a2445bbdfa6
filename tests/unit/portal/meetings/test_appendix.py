import io
from dataclasses import replace

import pytest
from pypdf import PdfReader
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from models.minutes import EntryKeeper, MeetingSaid
from portal.documents.seal.issuing import check_document
from portal.documents.seal.verification import SealOutcome
from portal.ground.act import PUBLIC, Role
from portal.ground.database import reading, transaction
from portal.ground.errors import AnswersNeededError, NotAllowedError, NotFoundError
from portal.ground.vault import token
from portal.ground.wording import today
from portal.meetings.check_in.attendance import strike_out
from portal.meetings.closed_session.disclosures import MeetingDisclosure, hand_over, outline, record_said
from portal.meetings.closed_session.need_to_know import hearers
from portal.meetings.closed_session.purposes import PURPOSES, TITLES
from portal.meetings.errors import DoorClosedError, NotYourMeetingError
from portal.meetings.minutes import appendix
from portal.meetings.minutes.actions import ActionDetails, agree, agreed
from portal.meetings.minutes.appendix import open_appendix
from portal.meetings.minutes.papers import appendix_sheet
from portal.record.audit import history
from portal.rules.edition.editions import edition_in_force
from tests.builders import a_person, in_clear
from tests.meeting_builders import an_open_door
from tests.minutes_builders import TOLD, a_hall, say


@pytest.fixture
def hall(act):
    return a_hall(act)


def events(hall, name):
    return [one for one in history(hall.led.store, f"meeting:{hall.meeting.id}") if one.event == name]


def subjects(hall, meeting_id):
    with reading(hall.led.store.engine) as session:
        return appendix.subjects(session, hall.led, meeting_id)


def rows(hall):
    with reading(hall.led.store.engine) as session:
        return session.exec(select(MeetingSaid)).all()


@pytest.mark.clause("s6.meetings.specific-purpose")
@pytest.mark.clause("app3.notes")
def test_a_disclosure_names_purpose_subject_source_and_who_needed_to_know(hall):
    say(hall, "Sol Reyes", "Pat Moss")
    entry = open_appendix(hall.led, hall.meeting.id)[0]
    assert entry.told == TOLD
    assert entry.purpose == "To cut crime and disorder"
    assert [one.details["purpose"] for one in events(hall, "appendix:said-recorded")] == ["crime"]
    assert set(entry.readers) == {"Sol Reyes, Anyshire Police", "Pat Moss, Anyshire Probation"}


@pytest.mark.clause("s6.meetings.specific-purpose")
@pytest.mark.clause("app3.notes")
@pytest.mark.parametrize("missing", ["purpose", "subject", "body", "post", "words", "why_named"])
@pytest.mark.clause("s2.primarily-depersonalised")
def test_a_note_is_not_kept_without_its_source_or_any_other_part(hall, missing):
    told = MeetingDisclosure(**(TOLD.__dict__ | {missing: "  "}))
    with pytest.raises(AnswersNeededError) as refused:
        record_said(hall.led, hall.meeting.id, token(), told, [hall.lines["Sol Reyes"]])
    assert set(refused.value.problems) == {missing}
    assert rows(hall) == []


@pytest.mark.clause("s6.meetings.specific-purpose")
@pytest.mark.clause("s6.meetings.restricted-appendix")
def test_nobody_needed_to_know_or_somebody_who_left_is_asked_again(hall):
    for readers in ([], [hall.lines["Ann Clerk"]]):
        with pytest.raises(AnswersNeededError) as refused:
            record_said(hall.led, hall.meeting.id, token(), TOLD, readers)
        assert set(refused.value.problems) == {"readers"}


@pytest.mark.clause("app3.notes")
@pytest.mark.clause("s6.meetings.specific-purpose")
def test_nothing_is_said_about_people_before_the_closed_session(hall, act):
    _, opened, _ = an_open_door(act, hall.chair)
    with pytest.raises(DoorClosedError, match="Begin the closed session first"):
        record_said(hall.led, opened.id, token(), TOLD, ["none"])


@pytest.mark.clause("s6.meetings.specific-purpose")
def test_a_form_sent_twice_records_once(hall):
    key = token()
    for _ in range(2):
        record_said(hall.led, hall.meeting.id, key, TOLD, [hall.lines["Sol Reyes"]])
    assert len(rows(hall)) == 1


@pytest.mark.clause("s6.meetings.restricted-appendix")
@pytest.mark.clause("s6.meetings.specific-purpose")
def test_only_those_named_and_the_chair_read_an_entry_and_each_opening_is_recorded(hall, act):
    say(hall, "Sol Reyes")
    say(hall, "Una Flint", subject="Basil Thistlewood")
    assert [one.number for one in open_appendix(hall.led, hall.meeting.id)] == [1, 2]
    assert [one.number for one in open_appendix(hall.by(hall.officer), hall.meeting.id)] == [1]
    assert [one.number for one in open_appendix(hall.by(hall.other), hall.meeting.id)] == [2]
    openings = events(hall, "appendix:opened")
    assert [one.actor_name for one in openings] == ["Farah Khan", "Sol Reyes", "Una Flint"]
    assert [len(one.details["entries"]) for one in openings] == [2, 1, 1]


@pytest.mark.clause("s6.meetings.specific-purpose")
@pytest.mark.clause("s6.meetings.restricted-appendix")
@pytest.mark.clause("app3.notes")
def test_what_was_said_at_one_meeting_is_not_listed_or_numbered_at_another(hall, act):
    say(hall, "Sol Reyes")
    _, opened, _ = an_open_door(act, hall.chair)
    assert outline(hall.led, opened.id) == []
    assert subjects(hall, opened.id) == []
    assert len(subjects(hall, hall.meeting.id)) == 2


@pytest.mark.clause("s6.meetings.restricted-appendix")
@pytest.mark.parametrize("role", [Role.MANAGER, Role.OFFICER, Role.CHAIR])
def test_no_role_opens_the_appendix_by_itself(hall, act, role):
    say(hall, "Sol Reyes")
    stranger = hall.by(a_person(act, "Eve Other", role))
    for address in (hall.meeting.id, "none"):
        with pytest.raises(NotFoundError):
            open_appendix(stranger, address)
        with pytest.raises(NotFoundError):
            appendix_sheet(stranger, address, hall.lines["Sol Reyes"])
    assert events(hall, "appendix:opened") == []


@pytest.mark.clause("s6.meetings.chair-answers")
@pytest.mark.clause("s6.meetings.restricted-appendix")
@pytest.mark.clause("app3.notes")
@pytest.mark.clause("s6.meetings.specific-purpose")
def test_the_public_and_those_who_do_not_lead_record_nothing(hall, act):
    say(hall, "Sol Reyes")
    with pytest.raises(NotAllowedError):
        open_appendix(hall.by(PUBLIC), hall.meeting.id)
    manager = hall.by(a_person(act, "Priya Shah", Role.MANAGER))
    for attempt in (
        lambda who: record_said(who, hall.meeting.id, token(), TOLD, [hall.lines["Sol Reyes"]]),
        lambda who: outline(who, hall.meeting.id),
        lambda who: hearers(who, hall.meeting.id),
    ):
        with pytest.raises(NotYourMeetingError):
            attempt(manager)
        with pytest.raises(NotAllowedError):
            attempt(hall.by(hall.officer))
    assert [one.recorded_by for one in rows(hall)] == ["Farah Khan"]


@pytest.mark.clause("s6.meetings.restricted-appendix")
def test_a_line_that_is_struck_out_reads_no_more(hall):
    say(hall, "Sol Reyes")
    strike_out(hall.led, hall.lines["Sol Reyes"], "Somebody else signed in this name.")
    with pytest.raises(NotFoundError):
        open_appendix(hall.by(hall.officer), hall.meeting.id)


@pytest.mark.clause("s6.meetings.restricted-appendix")
def test_an_account_is_found_by_organisation_and_name_and_nobody_gets_one_by_name_alone(hall):
    found = {one.name: one.account_id for one in hearers(hall.led, hall.meeting.id)}
    assert found == {"Sol Reyes": hall.officer.id, "Una Flint": hall.other.id, "Pat Moss": ""}


@pytest.mark.clause("s6.meetings.restricted-appendix")
def test_paper_is_handed_over_to_those_without_an_account_and_recorded_once(hall):
    say(hall, "Sol Reyes", "Pat Moss")
    said = outline(hall.led, hall.meeting.id)[0]
    for _ in range(2):
        hand_over(hall.led, said.id, hall.lines["Pat Moss"])
    with pytest.raises(NotFoundError):
        hand_over(hall.led, said.id, hall.lines["Sol Reyes"])
    assert outline(hall.led, hall.meeting.id)[0].handed == {hall.lines["Pat Moss"]}
    assert len(events(hall, "appendix:handed-on-paper")) == 1


@pytest.mark.clause("s6.meetings.specific-purpose")
@pytest.mark.clause("app3.notes")
@pytest.mark.clause("s6.meetings.restricted-appendix")
@pytest.mark.clause("app2.undertakings")
@pytest.mark.clause("app4.handling")
@pytest.mark.clause("s2.primarily-depersonalised")
def test_the_paper_is_sealed_carries_its_marking_and_holds_only_the_readers_entries(hall):
    say(hall, "Sol Reyes")
    say(hall, "Pat Moss", subject="Basil Thistlewood")
    paper = appendix_sheet(hall.led, hall.meeting.id, hall.lines["Pat Moss"])
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(paper)).pages)
    assert "Thistlewood" in text
    assert "Pikestaff" not in text
    assert "Pat Moss, Anyshire Probation" in text
    said, rule = " ".join(text.split()), edition_in_force(today(hall.led.at)).handling[0]
    assert "Each of the two needs a plan of their own." in said
    assert f"Purpose {TITLES[TOLD.purpose]}" in said
    assert "Who needed to know Pat Moss" in said
    assert f"Source {TOLD.post}, {TOLD.body}" in said
    assert "OFFICIAL-SENSITIVE: not to be disclosed without consent" in said
    assert f"{rule.action}: {' '.join(rule.levels['official_sensitive'].split())}" in said
    assert check_document(hall.led.store, paper).outcome is SealOutcome.GENUINE
    assert appendix_sheet(hall.led, hall.meeting.id, hall.lines["Pat Moss"]) == paper
    mine = appendix_sheet(hall.by(hall.officer), hall.meeting.id)
    assert "Thistlewood" not in "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(mine)).pages)


@pytest.mark.clause("s6.meetings.restricted-appendix")
def test_nothing_of_it_lies_open_in_the_store_or_the_record(hall, data_dir):
    say(hall, "Sol Reyes")
    appendix_sheet(hall.led, hall.meeting.id)
    with transaction(hall.led.store.engine) as session:
        session.connection().exec_driver_sql("SELECT 1")
    kept = in_clear(data_dir, "*")
    for canary in (b"Pikestaff", b"Quillfeather", b"stolen bicycles", b"Neighbourhood officer"):
        assert canary not in kept


@pytest.mark.clause("s6.meetings.specific-purpose")
def test_each_purpose_stands_in_the_words_of_the_edition_in_force(act):
    edition = edition_in_force(today(act.at))
    aims = next(one.text for one in edition.considerations if one.id == "purpose_in_scope")
    promises = " ".join(one.text for one in edition.undertakings)
    assert [one.id for one in PURPOSES if one.words not in aims + promises] == []


@pytest.mark.clause("app2.undertakings")
@pytest.mark.clause("app6.minutes-and-actions")
def test_whoever_has_an_action_keeps_what_it_needs_and_the_appendix_names_nobody_else(hall):
    say(hall, "Sol Reyes", "Una Flint")
    said = outline(hall.led, hall.meeting.id)[0]
    due = today(hall.meeting.starts_at)
    wanted = ActionDetails(what="Visit the hall at night.", owner="Beat officer, Anyshire Police", due=due)
    agree(hall.led, hall.meeting.id, token(), replace(wanted, keepers=((said.id, hall.lines["Sol Reyes"]),)))
    entry = open_appendix(hall.by(hall.other), hall.meeting.id)[0]
    assert entry.keepers == ("Sol Reyes, Anyshire Police, for: Visit the hall at night.",)
    pages = PdfReader(io.BytesIO(appendix_sheet(hall.by(hall.other), hall.meeting.id))).pages
    paper = " ".join(" ".join(one.extract_text() for one in pages).split())
    assert "Who keeps it Sol Reyes, Anyshire Police, for: Visit the hall at night." in paper
    assert "we will ask the body that holds it in a formal way" in paper
    assert "If my body has no action, I will not use what I heard." in paper
    with pytest.raises(NotFoundError):  # nobody keeps what they had no need to know
        agree(hall.led, hall.meeting.id, token(), replace(wanted, keepers=((said.id, hall.lines["Pat Moss"]),)))
    assert [one.details["keepers"] for one in events(hall, "action:agreed")] == [1]


@pytest.mark.clause("app2.undertakings")
def test_an_entry_that_two_actions_need_is_kept_for_both_by_whom_each_names(hall):
    say(hall, "Sol Reyes", "Una Flint")
    say(hall, "Sol Reyes", subject="Basil Thistlewood")
    first, second = outline(hall.led, hall.meeting.id)
    sol, una, due = hall.lines["Sol Reyes"], hall.lines["Una Flint"], today(hall.meeting.starts_at)
    for what, keepers in (
        ("Visit the hall at night.", ((first.id, sol), (first.id, sol))),
        ("Check the alarms.", ((first.id, una), (first.id, sol))),
        ("Ask for a lamp.", ()),
    ):
        agree(hall.led, hall.meeting.id, token(), ActionDetails(what=what, owner="Police", due=due, keepers=keepers))
    entry, other = open_appendix(hall.by(hall.officer), hall.meeting.id)
    both = {"Sol Reyes, Anyshire Police", "Una Flint, Anyshire Fire"}
    kept = {what: set(names.split("; ")) for names, _, what in (one.partition(", for: ") for one in entry.keepers)}
    assert kept == {"Visit the hall at night.": {"Sol Reyes, Anyshire Police"}, "Check the alarms.": both}
    assert other.keepers == ()
    assert len(outline(hall.led, hall.meeting.id)[0].kept) == 3
    strike_out(hall.led, una, "Somebody else signed in this name.")
    assert len(open_appendix(hall.led, hall.meeting.id)[0].keepers) == 2
    action = agreed(hall.led, hall.meeting.id)[0].id
    with pytest.raises(IntegrityError), transaction(hall.led.store.engine) as session:
        session.add(EntryKeeper(said_id=second.id, line_id=una, action_id=action))

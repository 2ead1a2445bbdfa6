import io

import pytest
from pypdf import PdfReader
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from models.meetings import Attendance, MeetingList
from models.record import Message
from portal.documents.seal.issuing import check_document
from portal.ground.act import PUBLIC, Role
from portal.ground.database import reading, transaction
from portal.ground.errors import AlreadyDoneError, AnswersNeededError, NotAllowedError, NotFoundError
from portal.ground.vault import token
from portal.ground.wording import new_id, today
from portal.meetings.check_in.attendance import (
    add_on_paper,
    declined,
    how_many_came,
    line,
    lines,
    mark_not_signed,
    strike_out,
)
from portal.meetings.check_in.attendance_list import attendance_list
from portal.meetings.check_in.door import close_door
from portal.meetings.check_in.signing import sign
from portal.meetings.closed_session.checklist import checklist, tick
from portal.meetings.closed_session.session import begin_closed_part, go, stay, words_to_say
from portal.meetings.errors import DoorClosedError, NotEntitledError, NotYourMeetingError
from portal.meetings.meeting import meeting
from portal.meetings.undertakings.undertaking_words import rest
from portal.record.audit import history
from portal.rules.edition.editions import edition_in_force
from portal.rules.forms.attendance import chair_checklist
from tests.builders import a_partnership, a_person, an_organisation
from tests.meeting_builders import a_meeting, a_signer, an_open_door


@pytest.fixture
def hall(act):
    """An open meeting with a parish councillor, a police officer and a resident: act of the Chair, meeting, lines by name."""
    a_partnership(act)
    an_organisation(act, "Thornby Parish Council", "parish_council")
    an_organisation(act, "Anyshire Police", "police")
    chair, opened, door = an_open_door(act)
    sign(act, door, token(), a_signer("Ann Clerk"))
    sign(act, door, token(), a_signer("Sol Reyes", organisation="Anyshire Police"))
    sign(act, door, token(), a_signer("李小龙", organisation="", myself=True))
    led = act.as_(chair)
    return led, opened, {one.name: one for one in lines(led, opened.id)}


def write(act, row):
    with transaction(act.store.engine) as session:
        session.add(row)


@pytest.mark.clause("app6.attendance")
@pytest.mark.clause("app6.voluntary-standing")
def test_the_list_says_who_may_stay_and_why_the_others_may_not(hall):
    _, _, signed = hall
    assert {name: one.may_stay for name, one in signed.items()} == {
        "Ann Clerk": False,
        "Sol Reyes": True,
        "李小龙": False,
    }
    assert "for the open part only" in signed["Ann Clerk"].why
    assert signed["李小龙"].organisation == "Here for themselves"
    assert "lists who may stay for the closed session, and this person is not on it" in signed["李小龙"].why


@pytest.mark.clause("app6.attendance")
@pytest.mark.clause("app3.chair-checklist")
def test_the_closed_session_takes_those_who_are_listed_and_nobody_before_it_begins(hall):
    led, opened, signed = hall
    with pytest.raises(DoorClosedError):
        stay(led, signed["Sol Reyes"].id)
    begin_closed_part(led, opened.id)
    stay(led, signed["Sol Reyes"].id)
    assert line(led, signed["Sol Reyes"].id).stayed_at == led.at
    go(led, signed["Sol Reyes"].id)
    assert line(led, signed["Sol Reyes"].id).stayed_at is None


@pytest.mark.clause("app6.voluntary-standing")
@pytest.mark.clause("app6.attendance")
def test_a_person_who_is_not_listed_stays_only_with_the_chairs_reason(hall):
    led, opened, signed = hall
    begin_closed_part(led, opened.id)
    with pytest.raises(NotEntitledError, match="To admit them, enter why they need to know"):
        stay(led, signed["Ann Clerk"].id)
    stay(led, signed["Ann Clerk"].id, "She saw it happen.")
    assert line(led, signed["Ann Clerk"].id).admitted_why == "She saw it happen."
    assert any(entry.details.get("admitted") is True for entry in history(led.store, f"meeting:{opened.id}"))


@pytest.mark.clause("app6.attendance")
@pytest.mark.clause("s10.confidentiality")
@pytest.mark.threat("AZ13")
def test_the_database_itself_refuses_an_unentitled_person_and_a_line_without_a_signature(hall):
    led, opened, signed = hall
    with reading(led.store.engine) as session:
        unentitled = session.get_one(Attendance, signed["Ann Clerk"].id)
    unentitled.stayed_at = led.at
    unsigned = Attendance(
        id=new_id(), meeting_id=opened.id, undertaking_id="none", how="phone", entitlement="open", signed_at=led.at
    )
    for row in (unentitled, unsigned):
        with pytest.raises(IntegrityError):
            write(led, row)


@pytest.mark.clause("s10.with-attendance-list")
@pytest.mark.clause("app6.attendance")
@pytest.mark.threat("ES9")
def test_a_line_struck_out_stays_and_cannot_stay_for_the_closed_session(hall):
    led, opened, signed = hall
    begin_closed_part(led, opened.id)
    struck = signed["Sol Reyes"].id
    with pytest.raises(AnswersNeededError):
        strike_out(led, struck, "  ")
    with pytest.raises(AnswersNeededError):
        strike_out(led, struck, "x" * 501)
    assert how_many_came(led, [opened.id, "another"]) == {opened.id: 3}
    strike_out(led, struck, "This was not Sol Reyes.")
    assert how_many_came(led, [opened.id]) == {opened.id: 2}
    assert line(led, struck).struck_why == "This was not Sol Reyes."
    with pytest.raises(AlreadyDoneError):
        strike_out(led, struck, "Again")
    with pytest.raises(NotEntitledError):
        stay(led, struck)
    assert len(lines(led, opened.id)) == 3


@pytest.mark.clause("s10.confidentiality")
def test_paper_signatures_and_refusals_are_recorded_once(hall):
    led, opened, _ = hall
    key, other = token(), token()
    for _ in range(2):
        add_on_paper(led, opened.id, key, a_signer("Bo Lindqvist"))
        mark_not_signed(led, opened.id, other, "Eve Other")
    close_door(led, opened.id)
    add_on_paper(led, opened.id, token(), a_signer("Ceri Ŵyn"))  # typed in the day after
    on_paper = {one.name for one in lines(led, opened.id) if one.how == "On paper"}
    assert on_paper == {"Bo Lindqvist", "Ceri Ŵyn"}
    assert len(lines(led, opened.id)) == 5
    with reading(led.store.engine) as session:
        typed_in = session.exec(select(Attendance.recorded_by).where(Attendance.how == "paper")).all()
    assert set(typed_in) == {led.person.name}
    assert [one.name for one in declined(led, opened.id)] == ["Eve Other"]
    with pytest.raises(AnswersNeededError):
        mark_not_signed(led, opened.id, token(), "x" * 201)


@pytest.mark.clause("s10.with-attendance-list")
@pytest.mark.clause("app3.chair-checklist")
def test_nobody_but_chair_and_manager_reads_the_list(hall):
    led, opened, signed = hall
    manager = a_person(led, "Priya Shah", Role.MANAGER)
    assert len(lines(led.as_(manager), opened.id)) == 3
    with pytest.raises(NotAllowedError):
        how_many_came(led.as_(PUBLIC), [opened.id])
    for person in (a_person(led, "Eve Other", Role.CHAIR), a_person(led, "Owen Pugh", Role.OFFICER)):
        other = led.as_(person)
        for asked in (lambda by: lines(by, opened.id), lambda by: line(by, signed["Ann Clerk"].id), lambda by: declined(by, opened.id),
                      lambda by: checklist(by, opened.id), lambda by: attendance_list(by, opened.id)):  # fmt: skip
            with pytest.raises(NotFoundError):
                asked(other)
    with pytest.raises(NotAllowedError):
        strike_out(led.as_(manager), signed["Ann Clerk"].id, "A reason")


@pytest.mark.clause("app3.chair-checklist")
def test_the_checklist_of_the_edition_is_kept_with_the_meeting(hall):
    led, opened, _ = hall
    tick(led, opened.id, frozenset({"first-timers-sign", "clear-the-room"}))
    tick(led, opened.id, frozenset({"first-timers-sign"}))
    tasks = checklist(led, opened.id)
    assert {task.id for task in tasks if task.done_at} == {"first-timers-sign"}
    kept = [one.details.get("checklist") for one in history(led.store, f"meeting:{opened.id}")]
    assert kept[-2:] == [["clear-the-room", "first-timers-sign"], ["first-timers-sign"]]
    manager = a_person(led, "Priya Shah", Role.MANAGER)
    with pytest.raises(NotYourMeetingError):
        begin_closed_part(led.as_(manager), opened.id)
    begin_closed_part(led, opened.id)
    assert meeting(led, opened.id).closed_part_at == led.at
    assert history(led.store, f"meeting:{opened.id}")[-1].details == {"closed_session": "begun"}
    assert {task.id for task in tasks} == {task.id for task in chair_checklist(edition_in_force(today(led.at)))}
    assert [task.when for task in tasks] == sorted(
        (task.when for task in tasks), key=["before", "start", "during", "end", "after"].index
    )
    with pytest.raises(NotFoundError):
        tick(led, opened.id, frozenset({"no-such-task"}))
    with pytest.raises(NotYourMeetingError):
        tick(led.as_(manager), opened.id, frozenset({"clear-the-room"}))


@pytest.mark.clause("app3.notes")
@pytest.mark.clause("app3.chair-checklist")
@pytest.mark.clause("app6.attendance")
def test_the_chair_says_why_some_leave_and_reminds_the_others_of_their_notes(hall):
    told = words_to_say(hall[0])
    assert told.startswith(
        "The open session ends here. Next we talk about people by name. Data protection law and our agreement let only "
        "those stay who need to hear it."
    )
    assert "only if they or their body need it for a job the law gives them" in told
    assert "Notes say which body each fact came from" in told


@pytest.mark.clause("s9.security-standards")
@pytest.mark.clause("app2.undertakings")
@pytest.mark.clause("s10.with-attendance-list")
@pytest.mark.clause("app2.opening-statement")
@pytest.mark.clause("app6.voluntary-standing")
def test_the_kept_list_is_one_sealed_paper_with_statement_names_and_signatures(hall):
    led, opened, signed = hall
    begin_closed_part(led, opened.id)
    stay(led, signed["Ann Clerk"].id, "She saw it happen.")
    mark_not_signed(led, opened.id, token())
    with pytest.raises(DoorClosedError):
        attendance_list(led, opened.id)
    for _ in range(2):
        close_door(led, opened.id, base_url="https://portal.example.org")
    with reading(led.store.engine) as session:
        assert len(session.exec(select(Message).where(Message.template == "meeting-closed")).all()) == 1
    paper = attendance_list(led, opened.id)
    text = " ".join("\n".join(page.extract_text() for page in PdfReader(io.BytesIO(paper)).pages).split())
    assert "Meeting of the partnership of Anytown Borough Council on 25 November 2026." in text
    for told in ("Ann Clerk", "Sol Reyes", "李小龙", "Admitted by the Chair: She saw it happen.", "OFFICIAL-SENSITIVE", "Open session only",
                 "1 person without a name", signed["Ann Clerk"].words, "Anyshire Police",
                 *rest(edition_in_force(today(led.at)))):  # fmt: skip
        assert told in text
    assert check_document(led.store, paper).outcome == "genuine"


@pytest.mark.clause("s10.with-attendance-list")
def test_the_list_is_the_same_file_each_time_until_a_line_changes(hall, data_dir):
    led, opened, signed = hall
    close_door(led, opened.id)
    first = attendance_list(led, opened.id)
    assert attendance_list(led, opened.id) == first
    strike_out(led, signed["Sol Reyes"].id, "This was not Sol Reyes.")
    assert attendance_list(led, opened.id) != first
    with reading(led.store.engine) as session:
        assert [row.revision for row in session.exec(select(MeetingList)).all()] == [1, 2]
    events = [entry.event for entry in history(led.store, f"meeting:{opened.id}")]
    assert (events.count("document:sealed"), events.count("attendance:list-opened")) == (2, 3)
    assert b"%PDF" not in (data_dir / "portal.sqlite").read_bytes()


@pytest.mark.clause("s10.confidentiality")
@pytest.mark.clause("app3.chair-checklist")
def test_what_needs_an_open_door_or_a_line_that_exists_says_so(hall, act):
    led, opened, _ = hall
    for asked in (
        lambda: line(led, "nobody"),
        lambda: strike_out(led, "nobody", "A reason"),
        lambda: begin_closed_part(led, "none"),
    ):
        with pytest.raises(NotFoundError):
            asked()
    planned = a_meeting(act, led.person)
    with pytest.raises(DoorClosedError):
        add_on_paper(led, planned.id, token(), a_signer())
    with pytest.raises(DoorClosedError):
        begin_closed_part(led, planned.id)
    assert begin_closed_part(led, opened.id) == begin_closed_part(led, opened.id)

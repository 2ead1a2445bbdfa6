import json
import threading
from datetime import UTC, datetime

import pytest
from sqlmodel import Session, select

from models.agreements import Standing
from models.record import AuditEntry
from models.returns import Return
from portal.agreement.errors import NotActiveError
from portal.agreement.notices.notices import NoticeDetails, NoticeEffect, give_notice
from portal.duties.asked import duties_of
from portal.duties.duty import DutyKind
from portal.ground.act import Act, Person, Role
from portal.ground.database import transaction
from portal.ground.errors import AnswersNeededError, NotAllowedError, NotFoundError
from portal.record.audit import verify
from portal.returns.service.calendar import due, received
from portal.returns.service.submission import NotAcceptedError, send, send_nothing
from portal.returns.service.upload_check import NotOursError, check
from portal.returns.service.views import certificate, certificate_data, history, open_records, view
from portal.returns.service.withdrawal import withdraw
from portal.rules.datasets.quarters import Quarter
from tests.builders import a_person, an_organisation, recorded
from tests.conftest import NOW
from tests.request_builders import a_signatory, letters
from tests.return_builders import CANARIES, CHOSEN, MESSY, a_checked, a_force, a_return
from tests.unit.portal.documents.samples import words


@pytest.fixture
def force(act):
    return a_force(act)


@pytest.fixture
def mine(act, force):
    return act.as_(force[1])


def stored(act, data_dir):
    act.store.engine.dispose()
    return b"".join(p.read_bytes() for p in data_dir.rglob("*") if p.is_file())


@pytest.mark.clause("s6.no-identifiers")
@pytest.mark.clause("s9.datasets-secured")
@pytest.mark.clause("s8.use-by-protocol")
def test_a_messy_file_is_kept_without_anybody_in_it(act, mine, force, data_dir):
    return_id = a_return(mine, force[0])
    headings, rows, total = open_records(mine, return_id)
    assert total == 3
    assert {"date", "time", "location", "category"} <= set(headings)
    assert "High Street" in str(rows)
    kept = stored(act, data_dir)
    shown = str([rows, view(mine, return_id)]).encode()
    for canary in CANARIES:
        assert canary not in kept
        assert canary not in shown
    assert "Only to reduce crime and disorder" in words(certificate(mine, return_id))
    assert "Use it as the Protocol says" in words(certificate(mine, return_id))


@pytest.mark.clause("s9.datasets-secured")
def test_checking_keeps_nothing(act, mine, force):
    a_checked(mine, force[0])
    with Session(act.store.engine) as session:
        assert session.exec(select(Return)).all() == []
        assert session.exec(select(AuditEntry)).all() == []


@pytest.mark.clause("app1.ambulance-date")
def test_no_ambulance_calls_are_asked_for_or_taken_from_before_the_financial_year_2009_10(act):
    trust = an_organisation(act, "Anyshire Ambulance", "ambulance", protocol_signatory=True)
    a_signatory(act, trust)
    with transaction(act.store.engine) as session:
        session.exec(select(Standing)).one().since = datetime(2008, 1, 1, tzinfo=UTC)
    theirs = act.as_(a_person(act, "Amy Lance", Role.PARTNER, organisation=trust))
    officer = act.as_(a_person(act, "Owen Pugh", Role.OFFICER))
    before, first = Quarter(2009, 1), Quarter(2009, 2)
    assert [(one.quarter, one.data_set.id) for one in due(theirs, trust.id, [first, before])] == [
        (first, "ambulance-callouts")
    ]
    assert [len(received(officer, quarter)) for quarter in (before, first)] == [0, 1]
    with pytest.raises(NotOursError):
        send_nothing(theirs, trust.id, ("ambulance-callouts", before.label), "one")
    assert send_nothing(theirs, trust.id, ("ambulance-callouts", first.label), "two")


@pytest.mark.clause("s11.quarterly")
def test_a_double_click_sends_once(act, mine, force):
    checked = a_checked(mine, force[0])
    assert send(mine, checked, "key") == send(mine, checked, "key")
    with Session(act.store.engine) as session:
        assert len(session.exec(select(Return)).all()) == 1


@pytest.mark.clause("s11.quarterly")
def test_a_corrected_return_replaces_and_the_earlier_one_stays_in_the_history(mine, force):
    first = a_return(mine, force[0], key="one")
    second = a_return(mine, force[0], MESSY.replace(b"Begging", b"Noise"), key="two")
    assert [r.id for r in history(mine, second)] == [second, first]
    assert view(mine, first).ended_why == "replaced"
    assert view(mine, second).replaces == first
    assert f"Takes the place of {view(mine, first).reference}" in words(certificate(mine, second))
    assert "Takes the place of" not in words(certificate(mine, first))
    assert (recorded(mine, f"return:{first}")[0], recorded(mine, f"return:{second}")) == (
        "return:sent",
        ["return:sent"],
    )
    assert "return:replaced" in recorded(mine, f"return:{first}")


@pytest.mark.clause("s11.quarterly")
def test_nothing_to_report_counts_as_a_return(mine, force):
    officer = a_person(mine, "Owen Pugh", Role.OFFICER)
    return_id = send_nothing(mine, force[0].id, CHOSEN, "key")
    assert recorded(mine, f"return:{return_id}") == ["return:nothing-to-report"]
    assert {to for to, body in letters(mine, "return-received") if "nothing to report" in body} == {
        officer.email,
        mine.person.email,
    }
    assert send_nothing(mine, force[0].id, CHOSEN, "key") == return_id
    item = next(d for d in due(mine, force[0].id) if (d.data_set.id, d.quarter.label) == CHOSEN)
    assert (item.status, item.standing) == ("Nothing to report", "done")
    assert certificate(mine, return_id).startswith(b"%PDF")


@pytest.mark.clause("s11.quarterly")
@pytest.mark.clause("s9.datasets-secured")
def test_a_withdrawn_return_says_why_and_loses_its_records(mine, force):
    return_id = a_return(mine, force[0])
    with pytest.raises(AnswersNeededError):
        withdraw(mine, return_id, " ")
    withdraw(mine, return_id, "The wrong month was exported.")
    withdraw(mine, return_id, "Again.")
    assert view(mine, return_id).ended_reason == "The wrong month was exported."
    assert open_records(mine, return_id)[2] == 0


@pytest.mark.clause("s11.quarterly")
@pytest.mark.clause("app1.datasets")
@pytest.mark.parametrize(
    "chosen",
    [
        ("fire-deliberate", "2026-Q3"),
        ("police-incidents", "2027-Q1"),
        ("police-incidents", "2026"),
        ("no-such-set", "2026-Q3"),
        ("../x", "2026-Q3"),
    ],
)
def test_only_our_own_sets_and_quarters_that_have_begun(mine, force, chosen):
    with pytest.raises(NotOursError):
        check(mine, force[0].id, chosen, (MESSY, "x.csv"))


@pytest.mark.clause("s6.no-identifiers")
def test_a_refused_file_cannot_be_sent(mine, force):
    checked = a_checked(mine, force[0], b"\x89PNG\r\n\x1a\n" + bytes(100))
    assert checked.outcome.status == "refused"
    with pytest.raises(NotAcceptedError):
        send(mine, checked, "key")


@pytest.mark.clause("s11.quarterly")
@pytest.mark.clause("s9.datasets-secured")
@pytest.mark.threat("AZ2")
def test_nobody_else_sends_sees_or_opens_it(act, mine, force):
    return_id, checked = a_return(mine, force[0]), a_checked(mine, force[0])
    other = an_organisation(act, "Otherham Fire and Rescue", "fire_rescue")
    a_signatory(act, other)
    before = verify(act.store).entries
    for eve in (
        a_person(act, "Eve Other", Role.PARTNER, organisation=other),
        a_person(act, "Ida Manager", Role.MANAGER),
        Person(id="public", name="A visitor"),
    ):
        theirs = act.as_(eve)
        with pytest.raises(NotFoundError):
            view(theirs, return_id)
        with pytest.raises(NotFoundError):
            open_records(theirs, return_id)
        with pytest.raises(NotFoundError):
            certificate(theirs, return_id)
        with pytest.raises(NotAllowedError):
            withdraw(theirs, return_id, "x")
        with pytest.raises(NotAllowedError):
            check(theirs, force[0].id, CHOSEN, (MESSY, "x.csv"))
        with pytest.raises(NotAllowedError):
            send(theirs, checked, "k")
        with pytest.raises(NotAllowedError):
            send_nothing(theirs, force[0].id, CHOSEN, "k")
        with pytest.raises(NotAllowedError):
            due(theirs, force[0].id)
        with pytest.raises(NotAllowedError):
            received(theirs, Quarter(2026, 3))
    assert verify(act.store).entries == before


@pytest.mark.clause("s9.datasets-secured")
def test_the_officer_opens_it_and_each_opening_is_recorded(act, mine, force):
    return_id = a_return(mine, force[0])
    officer = act.as_(a_person(act, "Owen Pugh", Role.OFFICER))
    before = verify(act.store).entries
    assert open_records(officer, return_id)[2] == 3
    assert verify(act.store).entries == before + 1
    ((name, items),) = received(officer, Quarter(2026, 3))
    assert name == "Anyshire Police"
    assert {i.data_set.id: i.standing for i in items}["police-incidents"] == "done"


@pytest.mark.clause("s14.suspension")
def test_an_organisation_that_has_not_signed_sends_nothing(act):
    force = an_organisation(act, "Newtown Police", "police")
    mine = act.as_(a_person(act, "New Partner", Role.PARTNER, organisation=force))
    with pytest.raises(NotActiveError):
        check(mine, force.id, CHOSEN, (MESSY, "x.csv"))


@pytest.mark.clause("s11.quarterly")
def test_what_is_due_says_by_when_and_how_late(mine, force):
    items = {(d.data_set.id, d.quarter.label): d for d in due(mine, force[0].id)}
    assert items["police-crimes", "2026-Q3"].status == "Due on 31 December 2026"
    assert items["police-crimes", "2026-Q2"].status == "56 days late"


@pytest.mark.clause("s14.suspension")
@pytest.mark.parametrize("does", [NoticeEffect.SUSPENSION, NoticeEffect.WITHDRAWAL])
@pytest.mark.clause("s11.quarterly")
@pytest.mark.clause("s14.termination")
def test_whoever_stopped_or_left_is_asked_for_nothing_that_it_could_not_send(act, mine, force, does):
    said = NoticeDetails(reason="A", evidence="Minute 7", name="Ann", position="Clerk")
    give_notice(act.as_(a_person(act, "Priya Shah", Role.MANAGER)), force[0].id, does, said, key="one")
    items = due(mine, force[0].id)
    assert {item.standing for item in items} == {"ended"}
    assert all("Not asked for" in item.status for item in items)
    assert not [duty for duty in duties_of(mine) if duty.kind is DutyKind.RETURN]


@pytest.mark.clause("s11.quarterly")
def test_nothing_is_late_from_before_an_organisation_signed(act):
    force = an_organisation(act, "Newtown Police", "police")
    a_signatory(act, force)
    mine = act.as_(a_person(act, "New Partner", Role.PARTNER, organisation=force))
    assert {d.quarter.label for d in due(mine, force.id)} == {"2026-Q3"}


def test_corrections_of_columns_are_remembered_for_the_next_time(mine, force):
    content = b"When,Where about,Kind\n03/07/2026,High Street,Sudden death\n04/07/2026,Stanley Road,Alarm\n"
    mapping = {"When": "date", "Where about": "location", "DutyKind": "category"}
    send(mine, a_checked(mine, force[0], content, mapping=mapping), "one")
    assert a_checked(mine, force[0], content).outcome.status == "accepted"


@pytest.mark.threat("UP11")
@pytest.mark.clause("s11.quarterly")
def test_two_colleagues_at_once_leave_one_current_return(both_stores, data_dir):
    act = Act(store=both_stores, person=Person(id="system", name="The portal"), at=NOW)
    force, person = a_force(act)
    mine = act.as_(person)
    checked, gate, ids = a_checked(mine, force), threading.Barrier(4), []

    def work(number):
        gate.wait()
        try:
            ids.append(send(mine, checked, f"key-{number}"))
        except Exception as error:  # noqa: BLE001 - only a sentence for a person may come
            ids.append(str(error))

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Session(both_stores.engine) as session:
        rows = session.exec(select(Return)).all()
    assert sum(row.ended_at is None for row in rows) == 1
    assert verify(both_stores).whole


def test_the_certificate_data_is_the_same_for_the_same_file_but_for_who_and_when_and_what_it_replaces(mine, force):
    first = json.loads(certificate_data(mine, a_return(mine, force[0], key="one")))
    second = json.loads(certificate_data(mine, a_return(mine, force[0], key="two")))
    for told in (first, second):
        assert not any(canary.decode() in str(told) for canary in CANARIES)
        for name in ("reference", "submitted_at", "sent_by", "supersedes"):
            del told[name]
    assert first == second


@pytest.mark.clause("s12.annual-review")
def test_a_wrong_second_return_is_withdrawn_and_the_first_holds_again_while_its_records_are_there(mine, force):
    first = a_return(mine, force[0], key="one")
    second = a_return(mine, force[0], MESSY.replace(b"Begging", b"Noise"), key="two")
    withdraw(mine, second, "It was the wrong file.")
    assert (view(mine, first).ended_at, view(mine, second).ended_why) == (None, "withdrawn")
    assert open_records(mine, first)[2] == 3
    third = a_return(mine, force[0], MESSY.replace(b"Begging", b"Litter"), key="three")
    assert view(mine, first).ended_why == "replaced"
    assert view(mine, third).ended_at is None

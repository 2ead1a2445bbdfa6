"""Whoever holds a paper of the portal hears what became of it, and nothing about anybody."""

from dataclasses import replace

import pytest

from portal.agreement.editions.edition_paper import agreement_pdf
from portal.agreement.editions.wording import words_named
from portal.agreement.notices import notices
from portal.agreement.signing import copies
from portal.agreement.verification import check_pdf, check_reference
from portal.documents.seal.issuing import check_document, issue
from portal.duties.document_status import ROOMS
from portal.ground.act import PUBLIC
from portal.ground.database import transaction
from portal.ground.vault import token
from portal.ground.wording import today
from portal.meetings.check_in.attendance import lines, strike_out
from portal.meetings.check_in.attendance_list import attendance_list
from portal.meetings.check_in.door import close_door
from portal.meetings.check_in.signing import sign
from portal.privacy_notices.notices import make_notice, notice_pdf
from portal.requests.exchange.correspondence import withdraw as withdraw_request
from portal.requests.views import request_pdf
from portal.returns.service.views import certificate
from portal.returns.service.withdrawal import withdraw
from portal.statements.review import end_statement, revise_statement
from portal.statements.views import statement_pdf
from tests.builders import a_partnership, an_organisation
from tests.meeting_builders import a_signer, an_open_door
from tests.request_builders import CANARY, a_district, a_request
from tests.return_builders import MESSY, a_force, a_return
from tests.signing_builders import REASONS, a_manager, a_signatory, a_signature, at
from tests.statement_builders import a_statement_in_force, signed_by
from tests.unit.portal.statements.test_notices import CHOICES

BASE = "https://portal.example"


def holding(act, pdf):
    """What somebody hears who drops the file."""
    return check_pdf(act.as_(PUBLIC), pdf, ROOMS)


def typing(act, pdf):
    """What somebody hears who types its reference."""
    return check_reference(act.as_(PUBLIC), check_document(act.store, pdf).reference, ROOMS)


@pytest.mark.clause("s11.quarterly")
def test_a_certificate_stands_until_a_corrected_return_takes_its_place(act):
    force, partner = a_force(act)
    mine = act.as_(partner)
    first = certificate(mine, a_return(mine, force, key="one"))
    assert (holding(act, first).title, holding(act, first).holds) == ("This document is genuine", True)
    second_id = a_return(mine, force, MESSY.replace(b"Begging", b"Noise"), key="two")
    second = certificate(mine, second_id)
    for heard in (holding(act, first), typing(act, first)):
        assert (heard.good, heard.holds) == (True, False)
        assert "superseded" in heard.title
        assert "A corrected return took its place on 25 November 2026." in heard.sentences
        assert "Anyshire" not in " ".join(heard.sentences)
    assert holding(act, second).holds
    withdraw(mine, second_id, "The wrong month was exported.")
    assert holding(act, second).title == "This document is genuine, but it was withdrawn"
    assert "wrong month" not in " ".join(holding(act, second).sentences)


@pytest.mark.clause("s10.with-attendance-list")
def test_of_two_attendance_lists_the_newest_holds(act):
    a_partnership(act)
    chair, opened, door = an_open_door(act)
    sign(act, door, token(), a_signer("Sol Reyes", organisation="", myself=True))
    led = act.as_(chair)
    close_door(led, opened.id)
    first = attendance_list(led, opened.id)
    assert "It is the newest attendance list of that meeting." in holding(act, first).sentences
    strike_out(led, lines(led, opened.id)[0].id, "This was not Sol Reyes.")
    second = attendance_list(led, opened.id)
    assert (holding(act, first).holds, holding(act, second).holds) == (False, True)
    assert typing(act, first).holds, "the reference is the meeting's, not one list's"
    for heard in (holding(act, first), typing(act, second)):
        assert "Sol" not in " ".join(heard.sentences)


@pytest.mark.clause("s6.disclosure-in-writing")
def test_a_request_says_where_it_stands_and_names_nobody(act):
    district = a_district(act)
    request_id = a_request(act, district)
    pdf = request_pdf(act.as_(district.clerk), request_id)[1]
    assert "The request waits for its answer." in holding(act, pdf).sentences
    withdraw_request(act.as_(district.clerk), request_id)
    for heard in (holding(act, pdf), typing(act, pdf)):
        assert heard.title.endswith("but it was withdrawn")
        for name in (CANARY, "Anytown", "Anyshire"):
            assert name not in " ".join(heard.sentences)


@pytest.mark.clause("app5.statement")
def test_a_statement_and_the_newest_privacy_notice_hold(act):
    district = a_district(act)
    mine = act.as_(district.clerk)
    statement_id = a_statement_in_force(act, district)
    statement = statement_pdf(mine, statement_id)[1]
    assert "It came into force on 25 November 2026." in holding(act, statement).sentences
    newer_id = revise_statement(mine, statement_id)
    for person in (district.parish_approver, district.inspector):
        signed_by(act, newer_id, person)
    newer = statement_pdf(mine, newer_id)[1]
    assert (holding(act, statement).holds, holding(act, newer).holds) == (False, True)
    assert "A newer statement took its place on 25 November 2026." in holding(act, statement).sentences
    end_statement(act.as_(district.inspector), newer_id, "No longer needed.")
    assert holding(act, newer).title == "This document is genuine, but it was withdrawn"
    first = notice_pdf(mine, make_notice(mine, CHOICES, key="one"))[1]
    assert holding(act, first).holds
    second = notice_pdf(mine, make_notice(mine, replace(CHOICES, keep="Two years."), key="two"))[1]
    assert (holding(act, first).holds, holding(act, second).holds) == (False, True)


@pytest.mark.clause("s14.termination")
def test_a_signature_and_a_notice_say_that_the_organisation_has_left(act):
    a_partnership(act)
    manager, council = a_manager(act), an_organisation(act)
    led = act.as_(manager)
    signature = copies.signed_copy(led, a_signatory(act, manager, council).id, BASE)[0]
    stop = notices.give_notice(led, council.id, notices.NoticeEffect.SUSPENSION, REASONS, key="stop")
    stopped = copies.notice_copy(led, stop, BASE)[0]
    assert holding(act, stopped).holds
    assert "In the register today: Stopped for now, since 25 November 2026." in holding(act, signature).sentences
    notices.give_notice(at(act, days=3).as_(manager), council.id, notices.NoticeEffect.WITHDRAWAL, REASONS, key="leave")
    assert holding(act, signature).title == "This document is genuine, but its organisation has left"
    assert "It held until 28 November 2026, when something newer took its place." in holding(act, stopped).sentences


@pytest.mark.clause("cover.versions")
def test_an_older_edition_of_the_agreement_is_superseded(act):
    a_partnership(act)
    for edition, holds in (("2026", True), ("2009", False)):
        words = words_named(act.store, edition, today(act.at))
        pdf = issue(act, agreement_pdf(act, words, BASE), f"agreement-{edition}")
        assert (holding(act, pdf).holds, typing(act, pdf).holds) == (holds, holds)
    assert check_reference(act, "Agreement-2009").title.endswith("but it has been superseded")
    assert not check_reference(act, "agreement-1066").good


def test_a_paper_whose_record_was_cut_is_told(act):
    a_partnership(act)
    made = a_signature(act.as_(PUBLIC), an_organisation(act))
    pdf = copies.signed_copy(act.as_(a_manager(act)), made.id, BASE)[0]
    with transaction(act.store.engine) as session:
        session.connection().exec_driver_sql("DROP TRIGGER audit_entry_no_delete")
        session.connection().exec_driver_sql("DELETE FROM audit_entry")
    heard = holding(act, pdf)
    assert not heard.good
    assert "The record was cut or rewritten since" in heard.sentences[-1]


def test_every_room_says_nothing_of_a_reference_it_does_not_know(act):
    assert not check_reference(act, "AAA-AAA-AAA", ROOMS).good

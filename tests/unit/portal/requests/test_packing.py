"""The audit pack: all that an inspector needs of one request, for its two sides, without what was disclosed."""

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader
from sqlmodel import select

from models.record import AuditEntry
from portal.agreement.verification import check_pdf
from portal.duties.document_status import ROOMS
from portal.ground.act import PUBLIC
from portal.ground.database import reading
from portal.requests.after_disclosure.deletion import purge_expired
from portal.requests.audit_pack.pack import request_pack
from portal.requests.exchange.answers import open_answer
from portal.requests.exchange.attachments import check_files
from portal.requests.exchange.correspondence import Consulted, ask_question, record_consultation, reply, withdraw
from portal.requests.exchange.deciding import decide
from portal.requests.exchange.decisions import ItemVerdict, RequestDecision, conditions_to_tick
from portal.requests.exchange.holder_basis import basis_in_words, offered_bases
from portal.requests.exchange.receipt import report_trouble
from portal.requests.exchange.section4_check import answers_of
from portal.requests.views import open_request, request_pdf
from portal.rules.forms.requests import request_contents
from tests.request_builders import (
    AGREE,
    CANARY,
    SECRET_FACT,
    a_district,
    a_request,
    an_urgent_request,
    basis_for,
    later,
)

HELD_BACK = "It would name the neighbour who rang."
KNOWN_HERE = "Nobody but us needs to know why we went on."


def words_of(pdf):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def pack(act, person, request_id):
    return words_of(request_pack(act.as_(person), request_id)[1])


@pytest.fixture
def district(act):
    return a_district(act)


@pytest.fixture
def answered(act, district):
    """A request with a question, a consultation that objects, and an answer in part with a file."""
    request_id = a_request(act, district)
    ask_question(act.as_(district.officer), request_id, "Which Mill Lane?")
    reply(act.as_(district.clerk), request_id, "The one in Anytown.")
    said = Consulted(
        whom="cps",
        view="objects",
        name="Dee Lawyer",
        position="Crown Prosecutor",
        day="24 November",
        said="Wait a week.",
    )
    record_consultation(act.as_(district.officer), request_id, said)
    above = replace(
        said, whom="senior", view="no_objection", name="Cleo Above", position="Superintendent", said="Settled."
    )
    record_consultation(act.as_(district.officer), request_id, above)
    mine = act.as_(district.inspector)
    case = open_request(mine, request_id).case
    items = (ItemVerdict(shared=True, information=SECRET_FACT), ItemVerdict(shared=False, reason=HELD_BACK))
    verdict = RequestDecision(
        outcome="in_part",
        matched=AGREE,
        items=items,
        reason="Only what is needed.",
        against_reason=KNOWN_HERE,
        ticked=tuple(one.id for one in conditions_to_tick(case)),
        **basis_for(case),
    )
    decide(mine, request_id, verdict, check_files((("calls.txt", SECRET_FACT.encode()),)))
    open_answer(act.as_(district.colleague), request_id)
    return request_id


@pytest.mark.clause("s6.disclosure-in-writing")
def test_a_pack_holds_all_that_led_to_the_decision_and_nothing_that_was_disclosed(act, district, answered):
    case = open_request(act.as_(district.inspector), answered).case
    text = pack(act, district.inspector, answered)
    for content in request_contents(case.edition):
        assert " ".join(content.label.split()) in text
    for question in answers_of(case):
        if question in {"consent", "public_interest_reason"}:
            continue
        assert " ".join(case.edition.question(question).text.split()) in text
    assert case.edition.hash in text
    for expected in (
        "Section 4",
        f"The holder's lawful basis {basis_in_words(case, offered_bases(case)[0].ids)}",
        "Dee Lawyer, Crown Prosecutor",
        "24 November",
        "Objects. Wait a week.",
        "Which Mill Lane?",
        "The one in Anytown.",
        "Shared in part",
        "Only what is needed.",
        HELD_BACK,
        "OFFICIAL-SENSITIVE",
        "What was disclosed is not in this pack",
    ):
        assert expected in text, expected
    assert SECRET_FACT not in text
    assert "calls.txt" not in text


@pytest.mark.clause("s4.proportionality.people")
def test_a_pack_says_who_opened_what_and_when(act, district, answered):
    text = pack(act, district.clerk, answered)
    assert f"Cal League, {district.parish.name} opened an answer" in text
    with reading(act.store.engine) as session:
        entries = session.exec(select(AuditEntry).where(AuditEntry.subject == f"request:{answered}")).all()
    made = [one for one in entries if one.event == "request:audit-pack-issued"]
    assert [one.actor for one in made] == [district.clerk.id]
    for entry in entries:
        if entry.number < made[0].number:
            assert entry.actor_name in text


@pytest.mark.clause("s6.refusal")
def test_the_reasons_stand_in_the_pack_of_those_who_may_open_the_answer(act, district, answered):
    assert HELD_BACK in pack(act, district.colleague, answered)
    unnamed = pack(act, district.parish_approver, answered)
    for hidden in (HELD_BACK, "Only what is needed."):
        assert hidden not in unnamed
    assert "It opens only for the people named in the request" in unnamed
    assert HELD_BACK not in pack(later(act, days=91), district.colleague, answered), "the answer's day has passed"


@pytest.mark.clause("s6.refusal")
def test_why_the_holder_went_its_own_way_stays_with_the_holder(act, district, answered):
    assert KNOWN_HERE in pack(act, district.inspector, answered)
    asking = pack(act, district.clerk, answered)
    assert KNOWN_HERE not in asking
    assert "A live case known to the holder" not in asking


@pytest.mark.clause("s12.personal-retention")
def test_of_an_emptied_request_the_pack_holds_the_dates_and_the_record_alone(act, district, answered):
    after = later(act, days=366 * 7)
    assert purge_expired(after) == 1
    text = pack(after, district.inspector, answered)
    assert "Content deleted" in text
    assert "deleted the content of a request" in text
    withdrawn = a_request(act, district)
    withdraw(act.as_(district.clerk), withdrawn)
    for words in (text, pack(act, district.officer, withdrawn)):
        for gone in (CANARY, "Mill Lane", HELD_BACK, "injunction"):
            assert gone not in words


@pytest.mark.clause("s6.earliest-opportunity")
def test_the_pack_of_an_urgent_request_says_who_was_telephoned_and_when_its_record_is_due(act, district):
    text = pack(act, district.officer, an_urgent_request(act, district))
    assert "Olu Desk, information desk" in text
    assert "Due by" in text


def test_a_pack_is_known_to_whoever_checks_it_and_stays_genuine_when_the_request_is_withdrawn(act, district):
    request_id = a_request(act, district)
    pdf = request_pack(act.as_(district.officer), request_id)[1]
    heard = check_pdf(act.as_(PUBLIC), pdf, ROOMS)
    assert heard.good
    assert "It is an audit pack, and shows how a request stood when it was made." in heard.sentences
    plain = check_pdf(act.as_(PUBLIC), request_pdf(act.as_(district.clerk), request_id)[1], ROOMS)
    assert "It belongs to a request." in plain.sentences
    withdraw(act.as_(district.clerk), request_id)
    after = check_pdf(act.as_(PUBLIC), pdf, ROOMS)
    assert (after.good, after.holds) == (True, True)
    assert any("was withdrawn on" in one for one in after.sentences)
    for name in (CANARY, "Anyshire", "Anytown"):
        assert name not in " ".join(after.sentences)


@pytest.mark.clause("s12.personal-retention")
def test_a_pack_says_whether_the_answer_came_and_what_became_of_the_copy(act, district, answered):
    before = pack(act, district.inspector, answered)
    assert "Receipt confirmed No" in before
    report_trouble(act.as_(district.clerk), answered, "Page two is blank.")
    assert "Page two is blank." in pack(act, district.inspector, answered)
    remedy = pack(act, district.clerk, answered)
    assert "said that something is wrong with an answer" in remedy
    assert "Destroyed Not yet" in remedy

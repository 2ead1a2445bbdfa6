"""What stands in writing: the ten contents of a request, and the answer, read from the papers themselves."""

import io

import pypdf
import pytest

from portal.documents.layout.frame import moment
from portal.ground.errors import AnswersNeededError
from portal.ground.wording import day_and_time
from portal.requests.exchange.answers import answer_pdf, open_answer
from portal.requests.exchange.deciding import decide
from portal.requests.exchange.decisions import ALTERNATIVES, ItemVerdict, RequestDecision, conditions_to_tick
from portal.requests.exchange.holder_basis import basis_in_words
from portal.requests.forms.contents import answers_in_words, extras, missing, missing_parts, ten, with_answers
from portal.requests.papers.decision_words import matched_in_words
from portal.requests.views import open_request, request_pdf
from portal.rules.forms.requests import request_contents
from tests.conftest import NOW
from tests.request_builders import CANARY, SECOND_CANARY, SECRET_FACT, a_district, a_request, all_shared

CONTENTS = {
    "date": day_and_time(NOW),
    "subject": (
        f"{CANARY}\nOther names: Zeb\nBorn or age: 4 May 1990\n"
        "Address: 14 Mill Lane, Anytown (they live there now)\nReferences: Crime 17/2026"
    ),
    "information": (
        "1. Calls to 14 Mill Lane since March (why: To show whether it goes on)\n"
        f"2. Whether {SECOND_CANARY} was hurt (why: To keep her safe)"
    ),
    "purpose": "To decide whether to ask for an injunction.",
    "gateway": "Crime and Disorder Act 1998, section 115",
    "necessity": "It is needed for a pattern that counts would not show.",
    "effect": "Without it the injunction cannot be asked for.",
    "requester": "Ann Clerk, Clerk, Anytown Parish Council",
    "secure_reply": "Inside this portal",
}
NOT_WITHOUT_CONSENT = "OFFICIAL-SENSITIVE: not to be disclosed without consent"


@pytest.fixture
def district(act):
    return a_district(act)


def paper(pdf: bytes) -> str:
    """Give the words of a paper, whatever its lines."""
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages).split())


@pytest.mark.clause("s4.legislation")
@pytest.mark.clause("s12.personal-retention")
@pytest.mark.clause("s4.proportionality.people")
@pytest.mark.clause("app2.undertakings")
@pytest.mark.clause("s6.request.in-writing")
@pytest.mark.clause("s6.request.date")
@pytest.mark.clause("s6.request.individual")
@pytest.mark.clause("s6.request.details")
@pytest.mark.clause("s6.request.purpose")
@pytest.mark.clause("s6.request.gateway")
@pytest.mark.clause("s6.request.necessity")
@pytest.mark.clause("s6.request.effect")
@pytest.mark.clause("s6.request.only-that-purpose")
@pytest.mark.clause("s6.request.requester")
@pytest.mark.clause("s6.request.secure-reply")
@pytest.mark.clause("s2.personal-scope")
def test_a_request_holds_each_of_the_ten_contents_as_it_was_said_on_the_screen_and_on_its_paper(act, district):
    more = {"subject.aliases": "Zeb", "subject.references": "Crime 17/2026"}
    request_id = a_request(act, district, necessity=CONTENTS["necessity"], effect=CONTENTS["effect"], **more)
    opened = open_request(act.as_(district.inspector), request_id)
    said = {line.id: line.value for line in ten(opened.case, opened.line.sent_at)}
    promise = next(one.text for one in request_contents(opened.case.edition) if one.kind == "declaration")
    assert said == CONTENTS | {"single_purpose_clause": promise}
    _, pdf = request_pdf(act.as_(district.inspector), request_id)
    words = paper(pdf)
    for line in ten(opened.case, opened.line.sent_at):
        assert " ".join(line.value.split()) in words, line.id
        assert line.label in words
    kept = next(one for one in extras(opened.case) if one.id == "retention")
    assert kept.value
    assert f"{kept.label} {kept.value}" in words
    _, answered = words.split("Answers given", 1)
    for question, said, _ in answers_in_words(opened.case):
        assert " ".join(f"{question} {said}".split()) in answered, question
    assert NOT_WITHOUT_CONSENT in words
    assert f"Sent {moment(opened.line.sent_at)}" in words
    assert (
        "\n".join(one.words for one in opened.case.recipients)
        == {one.id: one.value for one in extras(opened.case)}["people"]
    )
    by_mail = with_answers(opened.case, {"reply": "email", "reply.address": "ann@anyshire.police.uk"})
    assert {line.id: line.value for line in ten(by_mail)}["secure_reply"] == "ann@anyshire.police.uk"
    assert ten(opened.case)[0].value == "Stamped when you send it"


@pytest.mark.clause("s6.request.in-writing")
@pytest.mark.clause("s6.request.only-that-purpose")
def test_the_promise_stands_only_where_it_was_ticked(act, district):
    case = open_request(act.as_(district.inspector), a_request(act, district)).case
    assert missing_parts(case) == {}
    for task, blank in (("gateway", []), ("items", []), ("purpose", ""), ("necessity", ""), ("effect", "")):
        assert task in missing_parts(with_answers(case, {task: blank})), task
    without = with_answers(case, {"undertaking": False})
    assert {line.id: line.value for line in ten(without)}["single_purpose_clause"] == ""
    assert "undertaking" in missing(without)


@pytest.mark.clause("s4.legislation")
@pytest.mark.clause("s12.personal-retention")
@pytest.mark.clause("s4.proportionality.people")
@pytest.mark.clause("app2.undertakings")
@pytest.mark.clause("s6.disclosure-in-writing")
@pytest.mark.clause("s4.proportionality.amount")
@pytest.mark.clause("s7.matching-quality")
@pytest.mark.clause("s8.use-by-protocol")
def test_an_answer_says_in_writing_what_is_shared_item_by_item_and_what_it_may_be_used_for(act, district):
    request_id, mine = a_request(act, district), act.as_(district.inspector)
    items = (ItemVerdict(shared=True, information=SECRET_FACT), ItemVerdict(shared=False, reason="Not ours to tell."))
    decide(
        mine, request_id, all_shared(mine, request_id, outcome="in_part", items=items, keep_until=("31", "1", "2027"))
    )
    ticked = [one.text for one in conditions_to_tick(open_request(mine, request_id).case)]
    _, pdf = answer_pdf(act.as_(district.clerk), request_id)
    words = paper(pdf)
    told = (
        *("Calls to 14 Mill Lane since March", "Shared", SECRET_FACT, "Anyshire Police"),
        *(f"Whether {SECOND_CANARY} was hurt", "Not shared", "Not ours to tell.", "Ira Inspector"),
        *("Only for this purpose: To decide whether to ask for an injunction. Use it as the Protocol says", *ticked),
        "information sharing protocol). Another purpose needs a new request.",
        "Keep it until 31 January 2027 at most, then destroy it and say so.",
        matched_in_words(open_answer(mine, request_id).verdict),
        f"The holder's lawful basis: {basis_in_words(open_answer(mine, request_id).case, open_answer(mine, request_id).verdict.basis)}.",
        *("Who may see it", *(one.words for one in open_answer(mine, request_id).case.recipients)),
    )
    for one in told:
        assert " ".join(one.split()) in words, one
    assert NOT_WITHOUT_CONSENT in words
    assert words.index("Calls to 14") < words.index(SECRET_FACT) < words.index("Not ours to tell.")


@pytest.mark.clause("s6.refusal")
def test_a_refusal_says_in_writing_why_and_what_would_do_instead(act, district):
    request_id, mine = a_request(act, district), act.as_(district.inspector)
    with pytest.raises(AnswersNeededError):
        decide(mine, request_id, RequestDecision(outcome="refuse", reason=""))
    decide(mine, request_id, RequestDecision(outcome="refuse", reason="We hold nothing.", alternative="depersonalised"))
    _, pdf = answer_pdf(act.as_(district.clerk), request_id)
    words = paper(pdf)
    assert "We hold nothing." in words
    assert ALTERNATIVES["depersonalised"] in words
    assert SECRET_FACT not in words

"""Every page of a request, drawn by the real script: what people see, what stops them, and who is refused."""

from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest

from portal.agreement.register.lifecycle.closing import close
from portal.ground import drafts
from portal.ground.act import Role
from portal.ground.page_access import PAGES as ALL_PAGES
from portal.ground.wording import day_and_time, today
from portal.requests.after_disclosure.deletion import purge_expired
from portal.requests.after_disclosure.onward_sharing_answers import wishes_to_us
from portal.requests.depersonalised.views import data_requests
from portal.requests.exchange.completing import begin_full_record
from portal.requests.exchange.correspondence import ask_question
from portal.requests.exchange.deciding import decide
from portal.requests.exchange.decisions import (
    ALTERNATIVES,
    RequestDecision,
    conditions_to_tick,
    handling_of,
    marking_of,
)
from portal.requests.exchange.section4_check import ADVISES
from portal.requests.forms.contents import answers_in_words, ten
from portal.requests.forms.drafting import JOURNEY, begin_request, save_task, written
from portal.requests.forms.questions import page_of
from portal.requests.forms.tasks import BY_ID, SCREENS, screen_with
from portal.requests.status import paragraph_address
from portal.requests.views import open_request, requests_sent
from portal.rules.forms.handling import Handling
from portal.ui.words import escaped, plain
from tests.builders import a_person
from tests.pages.conftest import words
from tests.request_builders import (
    CANARY,
    SECRET_FACT,
    a_district,
    a_draft,
    a_request,
    a_shared_request,
    an_urgent_request,
    answers_for,
    later,
    typed,
    urgently,
)

PAGES = (
    "request_start",
    "request_begin",
    "request_without_names",
    "request_urgent",
    "request_keeping",
    "request_tasks",
    "request_question",
    "request_check",
    "request_other",
    "request_view",
    "request_decide",
    "request_consult",
    "request_read",
    "request_received",
    "request_gone",
    "request_pass_on",
    "passing_on",
    "data_request",
)


@pytest.fixture
def district(now):
    return a_district(now)


@pytest.fixture
def show(open_page):
    """Open a page by its file's name, as somebody."""
    addresses = {Path(page.file).stem: page.address for page in ALL_PAGES}
    return lambda page, person=None, **query: open_page(addresses[page], person, **query)


def read(app):
    """All words of a page that drew without a fault."""
    assert not app.exception
    return words(app)


@pytest.mark.parametrize("page", PAGES)
def test_a_visitor_is_asked_to_sign_in(show, district, page):
    assert "Sign in to open this page" in read(show(page))


@pytest.mark.parametrize("page", PAGES)
def test_a_person_of_no_organisation_cannot_open_it(show, now, district, page):
    officer = a_person(now, "Owen Pugh", Role.OFFICER)
    assert "You cannot open this page" in read(show(page, officer))


@pytest.mark.clause("s14.termination")
def test_who_leaves_reads_what_it_still_holds_and_that_each_is_given_back_or_destroyed(open_page, now, district):
    a_shared_request(now, district)
    app = open_page("notice", district.parish_approver)
    assert "If it leaves, each of these is given back or destroyed. Whoever does so says it here" in read(app)
    app.radio[0].set_value("withdrawal")
    assert "Leave the agreement" in app.radio[0].options
    app.text_area(key="notice.reason").set_value("The council merged")
    app.text_area(key="notice.evidence").set_value("Minute 12")
    told = read(next(one for one in app.button if one.label == "Give the notice").click().run())
    for sentence in (
        "It has left the agreement. Each of these is given back or destroyed now.",
        "the body it came from gets the certificate.",
        ": say that it is gone",
        ">Anyshire Police<",
    ):
        assert sentence in told


@pytest.mark.clause("s6.earliest-opportunity")
def test_the_start_says_what_to_do_in_danger_and_what_waits(show, now, district):
    a_draft(now, district)
    a_request(now, district)
    shown = read(show("request_start", district.clerk))
    assert "Is someone in danger now? Phone 999." in shown
    assert "Carry on with your request to Anyshire Police" in shown
    assert "Their turn" in shown
    assert CANARY not in shown
    assert "Your turn: answer the request" in read(show("request_start", district.officer))


@pytest.mark.clause("s6.prefer-depersonalised")
def test_information_without_names_ends_the_journey_well(show, district):
    app = show("request_begin", district.clerk)
    for told in (
        "Such as how often it happened, where and when, but not who. It is quicker, and nobody is named.",
        "The agreement asks this first: Section 6, Depersonalised Data.",
    ):
        assert told in read(app)
    app.button(key="request_begin.go").click().run()
    assert "Choose whether information without names would do." in read(app)
    app.radio(key="request_begin.choice").set_value("yes").run()
    app.button(key="request_begin.go").click().run()
    assert "You do not need anybody's name" in read(app)


@pytest.mark.clause("s6.prefer-depersonalised")
def test_the_reason_for_names_begins_a_draft(show, now, district):
    app = show("request_begin", district.clerk)
    app.radio(key="request_begin.choice").set_value("no").run()
    app.button(key="request_begin.go").click().run()
    assert "Say why information without names would not do." in read(app)
    app.text_area(key="request_begin.why").set_value("We must act about one tenant.").run()
    app.button(key="request_begin.go").click().run()
    assert "Who are you asking?" in read(app)
    assert "left, then you check and send it" in read(app)


def test_an_organisation_that_has_not_signed_sees_a_page_and_no_error(show, now, district):
    from tests.builders import an_organisation  # noqa: PLC0415 - only here

    other = an_organisation(now, "Newtown Parish Council")
    clerk = a_person(now, "New Clerk", Role.PARTNER, organisation=other)
    assert "Your organisation must sign first" in read(show("request_begin", clerk))


@pytest.mark.clause("s6.request.in-writing")
def test_a_question_is_saved_and_leads_to_the_next(show, now, district):
    draft_id = begin_request(now.as_(district.clerk), "Counts would not do.")
    app = show("request_question", district.clerk, draft=draft_id, task="necessity")
    app.button(key=f"request.{draft_id}.necessity.go").click().run()
    assert "Say why you need it" in read(app)
    app.text_area(key=f"request.{draft_id}.necessity.necessity").set_value("Only they hold it.").run()
    app.button(key=f"request.{draft_id}.necessity.leave").click().run()
    assert written(now.as_(district.clerk), draft_id).case.words("necessity") == "Only they hold it."
    assert "Which law lets you share it?" in read(app)


@pytest.mark.clause("s6.request.consent")
def test_consent_is_asked_in_exactly_three_ways(show, now, district):
    draft_id = begin_request(now.as_(district.clerk), "Counts would not do.")
    app = show("request_question", district.clerk, draft=draft_id, task="consent")
    way = app.radio(key=f"request.{draft_id}.consent.consent.way")
    assert way.options == [
        "The person has agreed",
        "Share it without asking the person",
        "The person was asked and said no",
    ]
    ways = page_of(written(now.as_(district.clerk), draft_id).case, BY_ID["consent"]).fields[0].options
    assert [one.value for one in ways] == ["given", "without", "withheld"]
    for told, kept in (
        ({"consent.way": "given", "consent.why": "On 2 May, by letter."}, "given"),
        ({"consent.way": "without", "consent.ask": "cannot_ask", "consent.why": "He would flee."}, "cannot_ask"),
        ({"consent.way": "without", "consent.ask": "not_asked", "consent.why": "No time."}, "not_asked"),
        ({"consent.way": "withheld", "consent.why": "She fears him."}, "withheld"),
    ):
        assert save_task(now.as_(district.clerk), draft_id, "consent", told).case.words("consent") == kept


@pytest.mark.clause("s2.purposes")
@pytest.mark.clause("s2.personal-scope")
@pytest.mark.clause("s3.gateways")
@pytest.mark.clause("s3.non-personal-duty")
@pytest.mark.clause("s4.ongoing-investigation")
@pytest.mark.clause("s4.legislation")
@pytest.mark.clause("s4.public-interest")
@pytest.mark.clause("s4.hra.necessary-crime")
@pytest.mark.clause("s4.hra.necessary-vulnerable")
@pytest.mark.clause("s4.hra.risk-to-others")
@pytest.mark.clause("s4.hra.vulnerability")
@pytest.mark.clause("s4.hra.impact")
@pytest.mark.clause("s4.hra.proportionate")
@pytest.mark.clause("s4.hra.less-intrusive")
@pytest.mark.clause("s4.proportionality.amount")
@pytest.mark.clause("s4.proportionality.people")
@pytest.mark.clause("s6.types")
@pytest.mark.clause("s6.sensitive-consent")
@pytest.mark.clause("s6.request.individual")
@pytest.mark.clause("s6.request.details")
@pytest.mark.clause("s6.request.purpose")
@pytest.mark.clause("s6.request.gateway")
@pytest.mark.clause("s6.request.necessity")
@pytest.mark.clause("s6.request.effect")
@pytest.mark.clause("s6.request.consent")
@pytest.mark.clause("s6.request.only-that-purpose")
@pytest.mark.clause("s6.request.requester")
@pytest.mark.clause("s6.request.secure-reply")
@pytest.mark.parametrize("task", [*(screen[0] for screen in SCREENS), "reply"])
def test_each_screen_asks_each_of_its_questions_and_draws_what_was_saved(show, now, district, task):
    draft_id = a_draft(now, district, data_type="sensitive")
    app = show("request_question", district.clerk, draft=draft_id, task=task)
    shown = "\n".join([read(app), *(one.label for one in (*app.radio, *app.text_area, *app.text_input))])
    case = written(now.as_(district.clerk), draft_id).case
    for part in screen_with(task):
        if part.question in {"hra_own_risk", "subject_child"}:
            continue  # asked only where it is the person's own risk; known from the date of birth
        page = page_of(case, part, [case.holder])
        assert any(words in shown for words in (page.title, *(one.label for one in page.fields))), part.id
        assert plain(page.help) in shown, part.id
        assert f'href="{escaped(paragraph_address(page.paragraph))}"' in shown, part.id
        assert all(escaped(said) in shown for line in page.beside for said in line), part.id


def test_another_persons_draft_cannot_be_opened(show, now, district):
    draft_id = a_draft(now, district)
    for page in ("request_tasks", "request_check", "request_other"):
        shown = read(show(page, district.colleague, draft=draft_id, edition="2009"))
        assert "You cannot open this page" in shown
        assert CANARY not in shown


@pytest.mark.clause("s4.legislation")
@pytest.mark.clause("s6.request.in-writing")
@pytest.mark.clause("s6.request.date")
@pytest.mark.clause("s6.statement-outside-meetings")
def test_a_checked_request_is_sent_once_and_confirmed(show, now, district):
    draft_id = a_draft(now, district, setting="regular")
    app = show("request_check", district.clerk, draft=draft_id)
    shown = unescape(read(app))
    assert "It may be shared, with conditions" in shown
    assert ADVISES in shown
    assert "with today's date, your name and post" in shown
    assert f"/statement-new?draft={draft_id}" in shown
    assert "You cannot change it afterwards. You can withdraw it until it is answered." in shown
    case = written(now.as_(district.clerk), draft_id).case
    asked = [line for question, said, _ in answers_in_words(case) for line in (question, *said.split("\n"))]
    assert [words for words in (*asked, *(line.label for line in ten(case))) if words not in shown] == []
    app.button(key="request_check.send").click().run()
    assert "Your request was sent" in read(app)
    assert len(requests_sent(now.as_(district.clerk))) == 1


@pytest.mark.clause("s4.hra.less-intrusive")
@pytest.mark.clause("s6.request.in-writing")
def test_what_the_check_advises_against_is_sent_from_its_page_with_a_reason_alone(show, now, district):
    draft_id = a_draft(now, district, hra_less_intrusive="yes", **{"hra_less_intrusive.why": "A visit."})
    app = show("request_check", district.clerk, draft=draft_id)
    assert "The check advises against sending it on these answers. It advises; the holder decides." in read(app)
    app.button(key="request_check.send").click().run()
    assert requests_sent(now.as_(district.clerk)) == []
    app.text_area(key="request_check.despite").set_value("The visit came to nothing.").run()
    app.button(key="request_check.send").click().run()
    (sent,) = requests_sent(now.as_(district.clerk))
    assert "The visit came to nothing." in read(show("request_view", district.inspector, id=sent.id))


@pytest.mark.clause("s6.request.in-writing")
@pytest.mark.clause("s6.request.date")
def test_an_unfinished_request_has_no_button_to_send(show, now, district):
    draft_id = a_draft(now, district, necessity="")
    app = show("request_check", district.clerk, draft=draft_id)
    assert "These parts are not finished" in read(app)
    assert "Why you need it: Say why you need it, or what would go wrong without it." in read(app)
    assert not [one for one in app.button if one.key == "request_check.send"]


def test_the_same_request_is_looked_at_under_the_other_edition(show, now, district):
    draft_id = a_draft(now, district)
    assert "under the 2009 edition" in read(show("request_other", district.clerk, draft=draft_id, edition="2009"))


@pytest.mark.clause("s6.refusal")
@pytest.mark.clause("s6.request.secure-reply")
def test_an_approver_refuses_with_a_reason_that_the_requester_reads(show, now, district):
    request_id = a_request(now, district, reply="email", **{"reply.address": "ann.clerk@anytown.gov.uk"})
    app = show("request_decide", district.inspector, id=request_id)
    assert "They asked for the answer at ann.clerk@anytown.gov.uk." in read(app)
    app.radio(key=f"request_decide.{request_id}.choice").set_value("refuse").run()
    assert "They see this reason, and it is kept with the request (Section 6)." in read(app)
    app.button(key=f"request_decide.{request_id}.go").click().run()
    assert "Enter why you refuse" in read(app)
    app.text_area(key=f"request_decide.{request_id}.refusal").set_value("We hold nothing.").run()
    app.button(key=f"request_decide.{request_id}.go").click().run()
    assert "Refused" in read(app)
    shown = read(show("request_read", district.clerk, id=request_id))
    assert "We hold nothing." in shown
    assert "Refused" in shown


@pytest.mark.clause("s4.ongoing-investigation")
@pytest.mark.clause("s4.proportionality.amount")
@pytest.mark.clause("s8.use-by-protocol")
@pytest.mark.clause("s4.proportionality.people")
@pytest.mark.clause("s6.disclosure-in-writing")
@pytest.mark.clause("s7.matching-quality")
@pytest.mark.clause("s9.marking-definitions")
@pytest.mark.clause("app4.handling")
def test_an_approver_shares_item_by_item(show, now, district):
    request_id = a_request(now, district)
    app = show("request_decide", district.inspector, id=request_id)
    assert f"/request-consult?id={request_id}" in read(app)
    scope = f"request_decide.{request_id}"
    app.radio(key=f"{scope}.choice").set_value("in_part").run()
    for told in (
        "Is it the same person? Tick what agrees with your record",
        "At least two things must agree (Section 7). It is kept with the answer, and they see it.",
        "It will be marked OFFICIAL-SENSITIVE.",
        "Handle it as OFFICIAL-SENSITIVE",
    ):
        assert told in read(app).replace("\\", "")
    app.text_area(key=f"{scope}.1.information").set_value(SECRET_FACT)
    app.radio(key=f"{scope}.2.share").set_value("Hold back").run()
    app.text_area(key=f"{scope}.2.reason").set_value("Not ours to tell.")
    app.radio(key=f"{scope}.live").set_value(False)
    app.radio(key=f"{scope}.basis").set_value("part3-35+yes")
    for box in app.checkbox:
        if ".tick." in box.key:
            box.check()
    app.button(key=f"{scope}.go").click().run()
    assert "Tick at least two things that agree" in read(app)
    for one in ("name", "born"):
        app.checkbox(key=f"{scope}.matched.{one}").check()
    app.button(key=f"{scope}.go").click().run()
    assert "Shared in part" in read(app)
    shown = read(show("request_read", district.clerk, id=request_id))
    assert SECRET_FACT in shown
    assert "Not ours to tell." in shown
    assert "Only for this purpose: To decide whether to ask for an injunction." in shown
    assert "Another purpose needs a new request." in shown
    assert "What agreed with their record" in shown
    assert day_and_time(now.at) in shown
    assert "We note each time this answer is opened." in shown
    assert "Opens here until" in shown
    assert f"/files/answer/{request_id}.pdf" in shown
    assert "What OFFICIAL-SENSITIVE means, and all its rules" in shown
    assert "Conditions that were met" in shown
    case = open_request(now.as_(district.clerk), request_id).case
    for said in (*conditions_to_tick(case), *handling_of(case, marking_of(case))):
        assert escaped(said.how if isinstance(said, Handling) else said.text) in unescape(shown).replace("\\", "")
    assert "You cannot open this page" in read(show("request_read", district.parish_approver, id=request_id))


@pytest.mark.clause("s6.earliest-opportunity")
@pytest.mark.clause("s6.request.in-writing")
def test_a_question_goes_back_and_is_answered(show, now, district):
    request_id = a_request(now, district)
    ask_question(now.as_(district.officer), request_id, "Which Mill Lane?")
    app = show("request_view", district.clerk, id=request_id)
    for told in ("Which Mill Lane?", "Whose turn", "Your turn: answer their question", "Wanted", "Answer wanted by"):
        assert told in read(app)
    assert f"/files/request/{request_id}.pdf" in read(app)
    app.button(key="request_view.reply").click().run()
    assert "Enter your answer." in read(app)
    app.text_area(key=f"request_view.{request_id}.reply").set_value("In Anytown.").run()
    app.button(key="request_view.reply").click().run()
    assert "In Anytown." in read(app)


@pytest.mark.clause("s4.ongoing-investigation")
def test_a_consultation_is_recorded_on_its_page(show, now, district):
    request_id = a_request(now, district, investigation="unknown")
    scope = f"request_consult.{request_id}"
    app = show("request_consult", district.officer, id=request_id)
    assert "Write down who was asked, when, and what they said." in read(app)
    app.button(key=f"{scope}.go").click().run()
    assert "Choose who was asked." in read(app)
    app.radio(key=f"{scope}.whom").set_value("cps")
    app.radio(key=f"{scope}.view").set_value("no_objection")
    for name, words_of in (("name", "A Lawyer"), ("position", "Prosecutor"), ("day", "24 November 2026")):
        app.text_input(key=f"{scope}.{name}").set_value(words_of)
    app.text_area(key=f"{scope}.said").set_value("Go on.").run()
    app.button(key=f"{scope}.go").click().run()
    assert open_request(now.as_(district.officer), request_id).still_held_by == ("investigating_officer",)


@pytest.mark.clause("s4.proportionality.people")
@pytest.mark.clause("s6.refusal")
def test_who_has_no_part_in_a_request_cannot_open_it(show, now, district):
    request_id = a_request(now, district)
    decide(now.as_(district.inspector), request_id, RequestDecision(outcome="refuse", reason="We hold nothing."))
    for page in ("request_view", "request_decide", "request_consult", "request_read"):
        for person in (district.outsider, a_person(now, f"Zoë {page}", Role.PARTNER, organisation=district.parish)):
            shown = read(show(page, person, id=request_id))
            assert "You cannot open this page" in shown
            assert CANARY not in shown


def test_a_withdrawn_request_says_so_and_nothing_else(show, now, district):
    request_id = a_request(now, district)
    app = show("request_view", district.clerk, id=request_id)
    app.button(key="request_view.withdraw").click().run()
    shown = read(show("request_view", district.officer, id=request_id))
    assert "Ann Clerk withdrew it" in shown
    assert CANARY not in shown


def test_a_draft_is_deleted_when_it_is_not_wanted(show, now, district):
    draft_id = a_draft(now, district)
    app = show("request_tasks", district.clerk, draft=draft_id)
    app.button(key="request_tasks.discard").click().run()
    assert "Carry on" not in read(app)


@pytest.mark.clause("s6.earliest-opportunity")
@pytest.mark.clause("s6.request.in-writing")
def test_an_urgent_request_goes_out_at_once_and_its_record_is_completed_afterwards(show, now, district):
    app = show("request_urgent", district.clerk)
    for told in (
        "Telephone first, then write down here what you asked. It is sent at once.",
        "You complete the full record within 2 working days. Until then it shows as due to you and to them.",
    ):
        assert told in read(app)
    app.button(key="request_urgent.go").click().run()
    assert "Enter the day and time of the call." in read(app)
    told = urgently(district)
    scope = app.session_state["request_urgent.draft"]
    for field, value in (("phoned", told.phoned), ("when", told.when), ("name", told.name), ("find", told.details)):
        app.text_input(key=f"urgent.{scope}.{field}").set_value(value)
    app.text_area(key=f"urgent.{scope}.what").set_value(told.what)
    app.text_area(key=f"urgent.{scope}.why").set_value(told.why)
    app.selectbox(key=f"urgent.{scope}.whom").set_value("Anyshire Police").run()
    app.button(key="request_urgent.go").click().run()
    assert "Your request was sent" in read(app)
    assert "Full record due by" in read(show("request_start", district.officer))
    request_id = requests_sent(now.as_(district.clerk))[0].id
    assert told.phoned in read(show("request_view", district.officer, id=request_id))
    app = show("request_view", district.clerk, id=request_id)
    app.button(key="request_view.full_record").click().run()
    assert "still to finish" in read(app)


def test_the_full_record_is_completed_on_the_check_page(show, now, district):
    request_id = an_urgent_request(now, district)
    mine = now.as_(district.clerk)
    draft_id = begin_full_record(mine, request_id)
    assert "The record is complete when they are" in read(show("request_check", district.clerk, draft=draft_id))
    items = [{"what": urgently(district).what, "why": "To keep her safe"}]
    drafts.save(
        mine, JOURNEY, answers_for(district, items=items, urgent="yes", **{"urgent.why": "Now."}), draft_id=draft_id
    )
    app = show("request_check", district.clerk, draft=draft_id)
    app.button(key="request_check.complete").click().run()
    assert "Ann Clerk completed the full record" in read(app)


@pytest.mark.clause("s12.personal-retention")
def test_an_approver_sets_how_long_requests_are_kept_and_others_read_it(show, now, district):
    app = show("request_keeping", district.inspector)
    for told in (
        "A request is kept with its answer, so that the decision can be checked. Your retention policy says how long.",
        "After that the portal deletes what was asked and answered. A line stays that says what kind it was, and when.",
    ):
        assert told in read(app)
    app.text_input(key="request_keeping.years").set_value("soon").run()
    app.button(key="request_keeping.go").click().run()
    assert "Enter a number of years from 1 to 100." in read(app)
    app.text_input(key="request_keeping.years").set_value("3").run()
    app.button(key="request_keeping.go").click().run()
    assert "3 years" in read(app)
    app = show("request_keeping", district.officer)
    assert "Ira Inspector" in read(app)
    assert not [one for one in app.button if one.key == "request_keeping.go"]


@pytest.mark.clause("s12.personal-retention")
def test_a_request_past_its_keeping_time_says_so_and_nothing_else(show, now, district):
    answered, unanswered = a_request(now, district), a_request(now, district)
    decide(now.as_(district.inspector), answered, RequestDecision(outcome="refuse", reason="None held."))
    assert purge_expired(later(now, days=2200)) == 2
    for person in (district.clerk, district.officer):
        for request_id, gone in ((answered, "and its answer, are gone"), (unanswered, "It was never answered.")):
            shown = read(show("request_view", person, id=request_id))
            assert "Its keeping time was over on" in shown
            assert gone in shown
            assert CANARY not in shown


def test_an_approver_gives_a_request_to_a_colleague_on_its_page(show, now, district):
    request_id = a_request(now, district)
    app = show("request_view", district.inspector, id=request_id)
    assert "Nobody in particular yet" in read(app)
    app.selectbox(key=f"request_view.{request_id}.seen_to_by").set_value(district.officer.id).run()
    app.button(key="request_view.assign").click().run()
    assert "Olu Desk&#x27;s turn: answer the request" in read(app)
    officers = show("request_view", district.officer, id=request_id)
    assert "Your turn: answer the request" in read(officers)
    assert not [one for one in officers.selectbox if one.key and one.key.endswith("seen_to_by")]


@pytest.mark.clause("s6.disclosure-in-writing")
@pytest.mark.clause("s7.matching-quality")
def test_an_answer_is_confirmed_on_its_page(show, now, district):
    request_id = a_shared_request(now, district)
    assert "Not confirmed yet" in read(show("request_view", district.clerk, id=request_id))
    app = show("request_received", district.clerk, id=request_id)
    app.button(key=f"request_received.{request_id}.go").click().run()
    assert "Choose whether it is what you asked for." in read(app)
    app.radio(key=f"request_received.{request_id}.choice").set_value("right").run()
    app.button(key=f"request_received.{request_id}.go").click().run()
    assert "Ann Clerk has it, and it is what was asked for" in read(app)


@pytest.mark.clause("s7.matching-quality")
def test_what_is_wrong_is_said_on_its_page_and_answered_on_the_holders(show, now, district):
    request_id = a_shared_request(now, district)
    app = show("request_received", district.clerk, id=request_id)
    app.radio(key=f"request_received.{request_id}.choice").set_value("wrong").run()
    app.button(key=f"request_received.{request_id}.go").click().run()
    assert "Say what is wrong, so that they can put it right." in read(app)
    app.text_area(key=f"request_received.{request_id}.trouble").set_value("It is another man.").run()
    app.button(key=f"request_received.{request_id}.go").click().run()
    assert "It is another man." in read(app)
    holder = show("request_view", district.officer, id=request_id)
    holder.text_area(key=f"request_view.{request_id}.remedy").set_value("We looked again: it is.").run()
    holder.button(key="request_view.send_remedy").click().run()
    assert "We looked again: it is." in read(holder)


@pytest.mark.clause("s12.personal-retention")
def test_gone_is_certified_on_its_page(show, now, district):
    request_id = a_shared_request(now, district)
    app = show("request_gone", district.clerk, id=request_id)
    assert "You keep it no longer than you need it." in read(app)
    scope = f"request_gone.{request_id}"
    app.button(key=f"{scope}.go").click().run()
    assert "Choose whether it is gone." in read(app)
    app.radio(key=f"{scope}.choice").set_value("gone").run()
    app.radio(key=f"{scope}.how").set_value("deleted").run()
    app.button(key=f"{scope}.go").click().run()
    assert "Confirm that no copy is left" in read(app)
    app.checkbox(key=f"{scope}.promise").set_value(True).run()
    app.button(key=f"{scope}.go").click().run()
    assert "Download the certificate of destruction (PDF)" in read(app)
    assert "Download the certificate of destruction (PDF)" in read(
        show("request_view", district.officer, id=request_id)
    )
    assert "There is nothing to say here now" in read(show("request_gone", district.clerk, id=request_id))


@pytest.mark.clause("s12.personal-retention")
def test_once_whoever_asked_is_closed_the_holder_says_on_its_page_that_it_is_gone(show, now, district):
    request_id = a_shared_request(now, district)
    close(now.as_(a_person(now, "Mina Manager", Role.MANAGER)), district.parish.id, "Wound up.", key="k")
    assert "Say whether it is gone" in read(show("request_view", district.officer, id=request_id))
    app = show("request_gone", district.officer, id=request_id)
    assert "Ask the Information Manager who has its papers now." in read(app)
    scope = f"request_gone.{request_id}"
    assert "acted for Anytown Parish Council told us: no copy" in app.checkbox(key=f"{scope}.promise").label
    assert not [one for one in app.radio if one.key.endswith(".choice")], "a choice of one is none"
    app.radio(key=f"{scope}.how").set_value("returned").run()
    app.button(key=f"{scope}.go").click().run()
    assert "Confirm that no copy is left" in read(app)
    app.checkbox(key=f"{scope}.promise").set_value(True).run()
    app.button(key=f"{scope}.go").click().run()
    assert "Download the certificate of destruction (PDF)" in read(app)


@pytest.mark.clause("s12.personal-retention")
def test_still_needed_is_said_on_its_page_and_objected_to_on_the_holders(show, now, district):
    keep_until = typed(today(now.at) + timedelta(days=30))
    request_id = a_shared_request(now, district, keep_until=keep_until)
    scope = f"request_gone.{request_id}"
    app = show("request_gone", district.clerk, id=request_id)
    app.radio(key=f"{scope}.choice").set_value("needed").run()
    for part, value in zip(("Day", "Month", "Year"), typed(today(now.at) + timedelta(days=60)), strict=True):
        app.text_input(key=f"{scope}.until.{part}").set_value(value)
    app.text_area(key=f"{scope}.why").set_value("The trial was put off.").run()
    app.button(key=f"{scope}.go").click().run()
    assert "The trial was put off." in read(app)
    holder = show("request_view", district.inspector, id=request_id)
    holder.text_area(key=f"request_view.{request_id}.objection").set_value("It has ended.").run()
    holder.button(key="request_view.object").click().run()
    assert "It has ended." in read(holder)
    assert "say whether it is gone" in read(show("request_start", district.clerk))


@pytest.mark.clause("s12.personal-retention")
def test_after_the_holders_record_is_deleted_the_recipient_still_says_that_it_is_gone(show, now, district):
    request_id = a_shared_request(now, district)
    purge_expired(later(now, days=366 * 7))
    shown = read(show("request_view", district.clerk, id=request_id))
    assert "Say whether it is gone" in shown
    assert "has deleted its own record" in read(show("request_gone", district.clerk, id=request_id))


@pytest.mark.clause("s8.use-by-protocol")
@pytest.mark.clause("s7.matching-quality")
def test_passing_on_is_asked_and_answered_on_their_pages(show, now, district):
    request_id = a_shared_request(now, district)
    app = show("request_pass_on", district.clerk, id=request_id)
    for told in (
        "Ask it first: pass nothing on before it says yes.",
        "They answer yes, with conditions, or no, with a reason.",
    ):
        assert told in read(app)
    key = app.session_state["request_pass_on.key"]
    app.button(key="request_pass_on.go").click().run()
    assert "Choose at least one fact." in read(app)
    app.checkbox(key=f"request_pass_on.{key}.fact.1").set_value(True)
    app.selectbox(key=f"request_pass_on.{key}.receiver").set_value(district.council.id).run()
    app.selectbox(key=f"request_pass_on.{key}.gateway").set_value("cda-1998-s115")
    app.text_area(key=f"request_pass_on.{key}.why").set_value("They house him now.").run()
    app.button(key="request_pass_on.go").click().run()
    assert "Waits for Anyshire Police" in read(app)
    assert "Partners who ask to pass a fact of yours on" in read(show("request_start", district.inspector))
    wish = wishes_to_us(now.as_(district.inspector))[0].id
    holder = show("passing_on", district.inspector, id=wish)
    assert "They pass it on themselves, or not. Nothing is sent from here." in read(holder)
    holder.radio(key=f"passing_on.{wish}.yes").set_value(True).run()
    holder.text_area(key=f"passing_on.{wish}.said").set_value("Only to the housing officer.").run()
    holder.button(key=f"passing_on.{wish}.go").click().run()
    assert "You said yes" in read(holder)
    assert "Only to the housing officer." in read(show("request_view", district.clerk, id=request_id))


@pytest.mark.clause("s6.prefer-depersonalised")
def test_data_without_names_is_asked_for_and_answered_on_their_pages(show, now, district):
    app = show("request_without_names", district.clerk)
    assert "See the published figures" in read(app)
    key = app.session_state["request_without_names.key"]
    app.selectbox(key=f"without_names.{key}.holder").set_value(district.police.id).run()
    assert "Each quarter Anyshire Police hands over" in read(app)
    app.text_area(key=f"without_names.{key}.what").set_value(f"Calls about {CANARY}")
    app.text_area(key=f"without_names.{key}.purpose").set_value("To plan patrols.")
    app.radio(key=f"without_names.{key}.detail").set_value("months")
    for part, value in zip(("Day", "Month", "Year"), typed(today(now.at) + timedelta(days=9)), strict=True):
        app.text_input(key=f"without_names.{key}.wanted_by.{part}").set_value(value)
    app.button(key="request_without_names.go").click().run()
    assert "Write it so that it points to nobody." in read(app)
    app.text_area(key=f"without_names.{key}.what").set_value("Calls about noise, by month").run()
    app.button(key="request_without_names.go").click().run()
    assert "Your request was sent" in read(app)
    one = data_requests(now.as_(district.officer))[0]
    assert "Your turn: answer by" in read(show("request_start", district.officer))
    holder = show("data_request", district.officer, id=one.id)
    holder.radio(key=f"data_request.{one.id}.choice").set_value("answer").run()
    holder.text_area(key=f"data_request.{one.id}.answer").set_value("Eleven in March, four in April.").run()
    holder.button(key=f"data_request.{one.id}.go").click().run()
    assert "Eleven in March, four in April." in read(holder)


@pytest.mark.clause("s6.prefer-depersonalised")
@pytest.mark.clause("s6.refusal")
def test_a_refusal_that_offers_figures_leads_into_the_short_form(show, now, district):
    request_id = a_request(now, district)
    verdict = RequestDecision(outcome="refuse", reason="Figures would do.", alternative="depersonalised")
    decide(now.as_(district.inspector), request_id, verdict)
    shown = read(show("request_read", district.clerk, id=request_id))
    assert f"/request-without-names?after={request_id}" in shown
    assert ALTERNATIVES["depersonalised"] in shown
    form = show("request_without_names", district.clerk, after=request_id)
    assert CANARY not in read(form)
    key = form.session_state["request_without_names.key"]
    assert form.selectbox(key=f"without_names.{key}.holder").value == district.police.id


@pytest.mark.clause("s6.request.in-writing")
@pytest.mark.clause("s4.legislation")
def test_a_task_that_cannot_start_yet_says_which_answers_it_waits_for(show, now, district):
    draft = begin_request(now.as_(district.clerk), "We must act about one tenant.")
    said = read(show("request_tasks", district.clerk, draft=draft))
    assert "Cannot start yet" in said
    assert "First answer: whom you ask, the law and consent" in said

"""Pages of statements, access requests, privacy notices and figures, drawn by the real script, as every sort of person."""

from datetime import timedelta
from pathlib import Path

import pytest

from models.statements import SharingStatement
from portal.access_requests.partner_views import ask_originator, open_question
from portal.access_requests.views import access_requests, open_access
from portal.ground.act import Role
from portal.ground.database import transaction
from portal.ground.page_access import PAGES as ALL_PAGES
from portal.ground.wording import day, today
from portal.privacy_notices.notices import notices
from portal.rules.edition.editions import edition_in_force
from portal.statements.views import open_statement, statements
from portal.ui.words import escaped
from tests.builders import a_person
from tests.pages.conftest import words
from tests.request_builders import CANARY, a_district, a_request
from tests.statement_builders import (
    REQUESTER,
    SHARING,
    a_begun_statement,
    a_complete_statement,
    a_statement_in_force,
    an_access_request,
    signed_by,
)

PARTNER_PAGES = (
    "statement_new",
    "statement_write",
    "statement_sign",
    "access_requests",
    "access_new",
    "access_request",
    "access_ask",
    "access_question",
    "access_decide",
    "privacy_notice",
)


@pytest.fixture
def district(now):
    return a_district(now)


@pytest.fixture
def show(open_page):
    """Open a page by its file's name, as somebody."""
    addresses = {Path(page.file).stem: page.address for page in ALL_PAGES if page.file.startswith("partner/")}
    return lambda page, person=None, **query: open_page(addresses[page], person, **query)


def read(app):
    """All words of a page that drew without a fault."""
    assert not app.exception
    return words(app)


def press(app, key):
    return app.button(key=key).click().run()


@pytest.mark.parametrize("page", [*PARTNER_PAGES, "statements", "statement", "figures"])
def test_a_visitor_is_asked_to_sign_in(show, district, page):
    assert "Sign in to open this page" in read(show(page))


@pytest.mark.parametrize("page", PARTNER_PAGES)
def test_a_person_of_no_organisation_cannot_open_it(show, now, district, page):
    assert "You cannot open this page" in read(show(page, a_person(now, "Owen Pugh", Role.OFFICER)))


@pytest.mark.clause("app5.statement")
@pytest.mark.clause("s2.purposes")
@pytest.mark.clause("s2.primarily-depersonalised")
def test_a_statement_is_begun_written_and_signed_by_pages(show, now, district):
    app = show("statement_new", district.clerk)
    app = press(app, "statement_new.go")
    assert "Enter a short name for this sharing" in read(app)
    app.text_input(key="statement_new.title").set_value(SHARING)
    app.multiselect(key="statement_new.parties").set_value([district.police.id])
    app = press(app, "statement_new.go")
    assert "Say why information without names would not do" in read(app)
    assert "Choose which aim of the agreement it serves" in read(app)
    app.radio(key="statement_new.aim").set_value("antisocial")
    app.text_area(key="statement_new.why_named").set_value("Each household is helped by name.")
    app = press(app, "statement_new.go")
    shown = read(app)
    assert "Each household is helped by name." in shown
    assert "To stop anti-social behaviour" in shown
    (line,) = statements(now.as_(district.clerk))
    assert f"Statement {line.reference}" in shown
    assert "Still to answer: 11" in shown
    assert "If you change it now, all who signed must sign again. They are told." in shown

    scope = f"statement_write.{line.id}.purpose"
    app = show("statement_write", district.officer, id=line.id, part="purpose")
    app = press(app, f"{scope}.go")
    assert "Enter an answer. It may be short." in read(app)
    app.text_area(key=f"{scope}.purpose").set_value("To mend lamps.")
    app = press(app, f"{scope}.go")
    assert "Which posts, in which organisations" in read(app)
    assert open_statement(now.as_(district.clerk), line.id).words.answers["purpose"] == "To mend lamps."


@pytest.mark.clause("app5.statement")
@pytest.mark.clause("s9.marking-definitions")
def test_posts_laws_and_marking_are_written_by_their_pages(show, now, district):
    statement_id = a_begun_statement(now, district)
    scope = f"statement_write.{statement_id}.post_holders"
    app = show("statement_write", district.clerk, id=statement_id, part="post_holders")
    app.text_input(key=f"{scope}.0.title").set_value("Clerk")
    app = press(app, f"{scope}.more")
    app.text_input(key=f"{scope}.1.title").set_value("Lamp warden")
    app.selectbox(key=f"{scope}.1.holder").set_value(district.colleague.id)
    read(press(app, f"{scope}.go"))
    scope = f"statement_write.{statement_id}.marking"
    app = show("statement_write", district.clerk, id=statement_id, part="marking")
    app = app.checkbox(key=f"{scope}.ground.distress").check().run()
    assert "Suggested: OFFICIAL-SENSITIVE" in read(app)
    app.radio(key=f"{scope}.marking").set_value("official_sensitive")
    read(press(app, f"{scope}.go"))
    scope = f"statement_write.{statement_id}.lawful_basis"
    app = show("statement_write", district.clerk, id=statement_id, part="lawful_basis")
    app.text_area(key=f"{scope}.lawful_basis").set_value("Public task.")
    app.checkbox(key=f"{scope}.law.cda-1998-s115").check()
    read(press(app, f"{scope}.go"))
    opened = open_statement(now.as_(district.clerk), statement_id)
    assert [(post.title, post.account_id) for post in opened.posts] == [
        ("Clerk", ""),
        ("Lamp warden", district.colleague.id),
    ]
    assert (opened.words.grounds, opened.words.gateways) == (("distress",), ("cda-1998-s115",))
    told = read(show("statement", district.officer, id=statement_id))
    assert "Crime and Disorder Act 1998, section 115" in told
    assert "What OFFICIAL-SENSITIVE means, and all its rules" in told


@pytest.mark.clause("app5.statement")
def test_an_approver_signs_what_was_shown_and_a_partner_cannot(show, now, district):
    statement_id = a_complete_statement(now, district)
    assert "You cannot open this page" in read(show("statement_sign", district.clerk, id=statement_id))
    assert "There is nothing for you to sign now" in read(show("statement_sign", district.inspector, id=statement_id))
    assert not show("statement_write", district.clerk, id=statement_id, part="purpose").warning
    app = show("statement_sign", district.parish_approver, id=statement_id)
    scope = f"statement_sign.{statement_id}"
    said = read(app)
    for told in (
        "You sign for Anytown Parish Council. You agree that it shares as this statement says, and in no other way.",
        *open_statement(now.as_(district.parish_approver), statement_id).words.answers.values(),
    ):
        assert escaped(told) in said or told in said
    app.text_input(key=f"{scope}.post").set_value("")
    app = press(app, f"{scope}.go")
    assert "Enter your post" in read(app)
    app.text_input(key=f"{scope}.post").set_value("Chairman")
    assert "Not in force yet" in read(press(app, f"{scope}.go"))
    app = show("statement_write", district.clerk, id=statement_id, part="purpose")
    assert [one.value for one in app.warning] == ["Somebody has signed. A change makes every signature void."]
    signed_by(now, statement_id, district.inspector)
    shown = read(show("statement", district.clerk, id=statement_id))
    assert "Pat Chairman, Chairman." in shown
    assert "In force from" in shown


@pytest.mark.clause("app5.statement")
def test_words_that_changed_while_somebody_read_are_not_signed(show, now, district):
    from portal.statements.drafting import answer  # noqa: PLC0415 - only here

    statement_id = a_complete_statement(now, district)
    scope = f"statement_sign.{statement_id}"
    app = show("statement_sign", district.parish_approver, id=statement_id)
    theirs = now.as_(district.officer)
    answer(theirs, statement_id, "retention", "For ever.", version=open_statement(theirs, statement_id).version)
    app = press(app, f"{scope}.go")
    assert "Olu Desk changed this on" in read(app)
    assert not any(one.signer for one in open_statement(theirs, statement_id).signatures)


@pytest.mark.clause("s6.statement-outside-meetings")
@pytest.mark.clause("app5.statement")
def test_a_statement_in_force_is_reviewed_revised_and_ended_by_its_page(show, open_page, now, district):
    statement_id = a_statement_in_force(now, district)
    added = read(open_page("agreement", part="appendices")).partition("Statements added to the agreement")[2]
    assert open_statement(now.as_(district.clerk), statement_id).line.reference in added
    assert "Anytown Parish Council" in added
    assert "Anyshire Police" in added
    with transaction(now.store.engine) as session:
        row = session.get_one(SharingStatement, statement_id)
        row.review_on = today(now.at)
        session.add(row)
    app = show("statement", district.parish_approver, id=statement_id)
    said = read(app)
    for told in (
        "<dt>Review by</dt>",
        f"It was to be reviewed by {day(today(now.at))}.",
        f"/files/statement/{statement_id}.pdf",
        "This ends the statement for every party, at once. Each of them is told.",
        "Pat Chairman",
    ):
        assert told in said
    assert "It was to be reviewed by" not in read(press(app, "statement.reviewed"))
    app = show("statement", district.parish_approver, id=statement_id)
    assert "Not in force yet" in read(press(app, "statement.revise"))
    app = show("statement", district.parish_approver, id=statement_id)
    assert "A new version is being written" in read(app)
    app = press(app, "statement.end")
    assert "Enter why it ends" in read(app)
    app.text_area(key=f"statement.{statement_id}.reason").set_value("No longer needed.")
    assert "Anytown Parish Council ended it" in read(press(app, "statement.end"))


@pytest.mark.clause("app5.statement")
def test_who_holds_a_post_is_changed_without_changing_the_words(show, now, district):
    statement_id = a_statement_in_force(now, district)
    scope = f"statement_write.{statement_id}.post_holders"
    app = show("statement_write", district.clerk, id=statement_id, part="post_holders")
    app.selectbox(key=f"{scope}.1.holder").set_value(district.colleague.id)
    read(press(app, f"{scope}.go"))
    assert open_statement(now.as_(district.clerk), statement_id).posts[0].account_id == district.colleague.id
    assert "You cannot change this" in read(show("statement_write", district.clerk, id=statement_id, part="purpose"))


def test_a_foreign_statement_and_none_look_alike(show, now, district):
    statement_id = a_statement_in_force(now, district)
    for page in ("statement", "statement_write", "statement_sign"):
        assert "It may have moved, or belong to another" in read(show(page, district.outsider, id=statement_id))
        assert "It may have moved, or belong to another" in read(show(page, district.outsider, id="0" * 20))
    assert "No statement is in force yet." in read(show("statements", district.outsider))
    assert SHARING in read(show("statements", a_person(now, "Owen Pugh", Role.OFFICER)))


@pytest.mark.clause("app5.statement")
@pytest.mark.clause("s6.fair-obtaining")
@pytest.mark.clause("s6.statement-outside-meetings")
@pytest.mark.clause("app5.statement")
def test_when_a_statement_is_needed_is_said_and_the_contact_for_copies_kept(show, now, district):
    app = show("statements", district.clerk)
    rules = edition_in_force(today(now.at)).iss_rules
    for told in (
        f"A statement is needed when {rules.needed_when}. Review it when {rules.review_when}.",
        "Each statement that comes into force is sent there.",
    ):
        assert told in read(app) or escaped(told) in read(app)
    app = press(app, "statements.contact")
    assert "Enter a role of 200 characters or fewer" in read(app)
    app.text_input(key="statements.role").set_value("Data protection officer")
    app.text_input(key="statements.email").set_value("dpo@anytown.example.org")
    read(press(app, "statements.contact"))
    assert show("statements", district.colleague).text_input(key="statements.email").value == "dpo@anytown.example.org"


@pytest.mark.clause("s5.consult-originator")
@pytest.mark.clause("s15.foi-case-by-case")
@pytest.mark.clause("s6.non-personal-foi")
def test_an_access_request_goes_from_log_to_decision_by_pages(show, now, district):
    app = show("access_new", district.clerk)
    assert "Is it published already? Then send whoever asks the address." in read(app)
    assert "What you enter here is sealed. Only your organisation can open it, and we note each time." in read(app)
    app = press(app, "access_new.go")
    shown = read(app)
    for said in (
        "Choose what kind of request it is.",
        "Enter the day it came",
        "Enter who asks",
        "Enter what they ask",
    ):
        assert said in shown
    came = today(now.at)
    app.radio(key="access_new.kind").set_value("foi")
    for part, value in (("Day", came.day), ("Month", came.month), ("Year", came.year)):
        app.text_input(key=f"access_new.received_on.{part}").set_value(str(value))
    app.text_input(key="access_new.requester").set_value(REQUESTER)
    app.text_area(key="access_new.asked_for").set_value(f"Letters about {CANARY}")
    app = press(app, "access_new.go")
    assert REQUESTER in read(app)
    assert "Figures about no person may have to be given" in read(app)
    assert 'href="/statistics' in read(app)
    assert REQUESTER not in app.title[0].value
    assert "No partner has been asked. Ask each partner that any of it came from." in read(app)
    for fact in ("Kind", "Came", "Last day", "Clock", "Asked by"):
        assert f"<dt>{fact}</dt>" in read(app)
    (line,) = access_requests(now.as_(district.clerk))

    scope, by = f"access_ask.{line.id}", came + timedelta(days=3)
    app = show("access_ask", district.clerk, id=line.id)
    assert "The partner sees only what you write here, and by when. Do not say who asks" in read(app)
    assert "Choose the partner" in read(press(app, f"{scope}.go"))
    app.selectbox(key=f"{scope}.partner").set_value(district.police.id)
    app.text_area(key=f"{scope}.question").set_value("May we give out your letter?")
    for part, value in (("Day", by.day), ("Month", by.month), ("Year", by.year)):
        app.text_input(key=f"{scope}.answer_by.{part}").set_value(str(value))
    assert "May we give out your letter?" in read(press(app, f"{scope}.go"))

    app = show("access_decide", district.parish_approver, id=line.id)
    assert "May we give out your letter?" in read(app)  # partners' views stand where it is decided
    assert "view does not bind you." in read(app)
    app = app.radio(key=f"access_decide.{line.id}.outcome").set_value("withhold").run()
    app = press(app, f"access_decide.{line.id}.go")
    assert "Enter the exemption you rely on" in read(app)
    app.text_input(key=f"access_decide.{line.id}.exemption").set_value("section 31")
    app.text_area(key=f"access_decide.{line.id}.reason").set_value("It would warn him.")
    app = press(app, f"access_decide.{line.id}.go")
    assert "You wait for the view of Anyshire Police" in read(app)
    app.text_area(key=f"access_decide.{line.id}.without").set_value("They rang.")
    shown = read(press(app, f"access_decide.{line.id}.go"))
    assert "Held back" in shown
    assert "Pat Chairman decided on" in shown
    for fact, said in (
        ("Exemption", "section 31"),
        ("Reason", "It would warn him."),
        ("Why we did not wait", "They rang."),
    ):
        assert f"<dt>{fact}</dt><dd>{said}</dd>" in shown
    assert "Somebody has decided it" in read(show("access_decide", district.parish_approver, id=line.id))
    assert "This request has been decided" in read(show("access_ask", district.clerk, id=line.id))
    assert REQUESTER not in read(show("access_requests", district.clerk))


@pytest.mark.clause("s15.foi-case-by-case")
@pytest.mark.clause("s5.consult-originator")
def test_a_partner_reads_only_its_question_and_gives_its_view(show, now, district):
    access_id = an_access_request(now, district)
    by = today(now.at) + timedelta(days=3)
    view_id = ask_originator(now.as_(district.clerk), access_id, district.police.id, "May we give out your letter?", by)
    listed = read(show("access_requests", district.officer))
    assert f"/access-question?id={view_id}" in listed
    assert edition_in_force(today(now.at)).rule("ask-originator-access").text in listed.replace("\\", "")
    app = show("access_question", district.officer, id=view_id)
    shown = read(app)
    assert "<dt>Answer by</dt>" in shown
    assert "Your view is weighed and kept beside the decision. The partner decides." in shown
    assert "May we give out your letter?" in shown
    assert REQUESTER not in shown
    assert CANARY not in shown
    scope = f"access_question.{view_id}"
    assert "Choose your view." in read(press(app, f"{scope}.go"))
    app.radio(key=f"{scope}.view").set_value("part")
    app.text_area(key=f"{scope}.words").set_value("Not page 2.")
    assert "Part of it should be held back" in read(press(app, f"{scope}.go"))
    assert open_question(now.as_(district.officer), view_id).view == "part"
    held = read(show("access_request", district.clerk, id=access_id))
    assert "Not page 2." in held
    assert district.officer.name in held, "whose view it is"
    for person in (district.outsider, district.clerk):
        assert "It may have moved, or belong" in read(show("access_question", person, id=view_id))
    for page in ("access_request", "access_ask", "access_decide"):
        assert "It may have moved, or belong" in read(show(page, district.inspector, id=access_id))


def test_more_time_is_taken_by_the_page_with_its_reason(show, now, district):
    access_id = an_access_request(now, district, "subject_access")
    app = show("access_request", district.clerk, id=access_id)
    assert "Enter why it takes longer" in read(press(app, "access_request.extend"))
    app.text_area(key=f"access_request.{access_id}.extension").set_value("Nine years of files.")
    assert "Nine years of files." in read(press(app, "access_request.extend"))
    assert open_access(now.as_(district.clerk), access_id).extension == "Nine years of files."


@pytest.mark.clause("s6.fair-obtaining")
def test_a_notice_is_made_of_what_is_in_use_and_its_address_recorded(show, now, district):
    a_request(now, district)
    app = show("privacy_notice", district.clerk)
    assert edition_in_force(today(now.at)).rule("fair-notice").text in read(app)
    assert app.checkbox(key="privacy_notice.new.gateways.cda-1998-s115").value
    assert app.text_area(key="privacy_notice.new.recipients").value == "Anyshire Police"
    app = press(app, "privacy_notice.make")
    assert "Enter a role, such as" in read(app)
    app.text_input(key="privacy_notice.new.contact_role").set_value("data protection officer")
    app.text_input(key="privacy_notice.new.contact").set_value("dpo@anytown.example.org")
    assert "Number 1, reference" in read(press(app, "privacy_notice.make"))
    (made,) = notices(now.as_(district.clerk))
    app = show("privacy_notice", district.colleague)
    app.text_input(key=f"privacy_notice.{made.id}.address").set_value("http://example.org")
    app = press(app, "privacy_notice.publish")
    assert "Enter the whole web address" in read(app)
    app.text_input(key=f"privacy_notice.{made.id}.address").set_value("https://www.example.org/privacy")
    assert "https://www.example.org/privacy" in read(press(app, "privacy_notice.publish"))
    assert notices(now.as_(district.officer)) == []


def test_figures_are_ones_own_or_the_partnerships_and_never_both_sides_of_another(show, now, district):
    a_request(now, district)
    shown = read(show("figures", district.clerk))
    assert "What we asked of others" in shown
    assert "The whole partnership" not in shown
    shown = read(show("figures", a_person(now, "Owen Pugh", Role.OFFICER)))
    assert "The whole partnership" in shown
    assert "fewer than 5" in shown
    assert "What we asked of others" not in shown
    assert CANARY not in shown


@pytest.mark.clause("s15.foi-case-by-case")
@pytest.mark.clause("s12.personal-retention")
def test_the_clock_of_an_access_request_is_stopped_and_started_by_its_page(show, now, district):
    access_id = an_access_request(now, district, "subject_access")
    app = show("access_request", district.clerk, id=access_id)
    assert "UK GDPR Art 12(3)" in read(app)
    app = press(app, "access_request.stop")
    assert "Enter what you asked them." in read(app)
    app.text_area(key=f"access_request.{access_id}.clarification").set_value("Which year?")
    app = press(app, "access_request.stop")
    told = read(app)
    assert "Clock stopped since" in told
    assert "Take longer" not in told
    on = today(now.at)
    for part, value in zip(("Day", "Month", "Year"), (on.day, on.month, on.year), strict=True):
        app.text_input(key=f"access_request.clarified_on.{part}").set_value(str(value))
    app.text_area(key=f"access_request.{access_id}.clarified").set_value("2024.")
    told = read(press(app, "access_request.start"))
    assert "Clock stopped" not in told
    assert open_access(now.as_(district.clerk), access_id).clarified[0].answer == "2024."


@pytest.mark.clause("s6.statement-outside-meetings")
def test_a_request_that_is_regular_leads_to_a_statement_with_its_parties_and_purpose(show, now, district):
    request_id = a_request(now, district, setting="regular")
    assert f"/statement-new?request={request_id}" in read(show("request_view", district.officer, id=request_id))
    assert "/statement-new?request=" not in read(show("request_view", district.clerk, id=a_request(now, district)))
    app = show("statement_new", district.officer, request=request_id)
    assert app.multiselect(key="statement_new.parties").value == [district.parish.id]
    assert app.text_area(key="statement_new.purpose").value == "To decide whether to ask for an injunction."
    app.text_input(key="statement_new.title").set_value("Weekly list of calls")
    assert app.text_area(key="statement_new.why_named").value.startswith("Because two neighbours")
    app.text_area(key="statement_new.purpose").set_value("To see patterns.")
    app.radio(key="statement_new.aim").set_value("crime")
    app = press(app, "statement_new.go")
    (line,) = statements(now.as_(district.officer))
    opened = open_statement(now.as_(district.officer), line.id)
    assert opened.words.answers["purpose"] == "To see patterns."
    assert {party.id for party in opened.parties} == {district.police.id, district.parish.id}


def test_a_foreign_request_fills_no_statement(show, now, district):
    request_id = a_request(now, district, setting="regular")
    told = read(show("statement_new", district.outsider, request=request_id))
    assert "injunction" not in told
    assert "not" in told

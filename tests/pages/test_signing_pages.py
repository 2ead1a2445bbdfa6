"""The signing journey, screen by screen, as Streamlit runs it."""

import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from models.agreements import Signature
from models.editions import EditionAdoption
from models.record import Message
from portal.agreement.editions.current import words_hash
from portal.agreement.signing import email_check, journey, sign
from portal.agreement.signing.eligibility import who_may_join
from portal.ground.act import PUBLIC, Role
from portal.ground.database import reading, transaction
from portal.ground.wording import day, today
from portal.meetings.undertakings.undertaking_words import five
from portal.rules.edition.editions import edition, edition_in_force
from portal.ui.words import plain
from tests.builders import a_partnership, a_person, an_organisation
from tests.pages.conftest import words
from tests.signing_builders import NO_MAIL, a_manager, a_signatory, ready_to_sign


@pytest.fixture
def here(now):
    act = replace(now, person=PUBLIC)
    a_partnership(act)
    return act


@pytest.fixture
def begun(here, cookies):
    """A signing that has just begun, held by this browser."""
    secret = journey.begin(here)
    cookies["portal_sign"] = secret
    return secret


@pytest.fixture
def ready(here, cookies):
    """A signing with every answer given."""
    secret = ready_to_sign(here, an_organisation(here, "Thornby *Parish* Council"))
    cookies["portal_sign"] = secret
    return secret


def press(app, label):
    next(button for button in app.button if button.label == label).click()
    return app.run()


def address(app):
    """Which screen stands there now: its title."""
    return app.title[0].value


def signatures(act):
    with reading(act.store.engine) as session:
        return session.exec(select(Signature)).all()


@pytest.mark.parametrize("page", ["sign-email", "sign-organisation", "sign-authority", "sign-read", "sign-check"])
def test_a_step_without_a_signing_says_how_to_begin(open_page, here, page):
    app = open_page(page)
    assert address(app) == "Begin here"
    assert "/sign/begin" in words(app)


@pytest.mark.clause("s2.who-may-join")
def test_the_first_screen_says_what_it_takes_and_offers_paper(open_page, here):
    said = words(open_page("sign"))
    for expected in (
        "in 5 steps",
        "5 minutes",
        "Reading all of it takes about",
        "Start now",
        "Sign on paper instead",
        "/agreement.pdf",
    ):
        assert expected in said
    for group in who_may_join(edition_in_force(today(here.at))):
        assert plain(group.title) in said
        assert plain(group.duty) in said
        assert all(plain(kind) in said for kind in group.kinds)


def test_the_first_screen_offers_to_go_on(open_page, here, begun):
    assert "Go on with your signature" in words(open_page("sign"))


def test_an_address_is_taken_where_no_mail_can_be_sent(open_page, here, begun):
    app = open_page("sign-email")
    assert "Step 1 of 5" in words(app)
    assert "cannot send e-mail yet" in words(app)
    app = press(app, "Continue")
    assert "There is a problem" in words(app)
    assert words(app).count("Enter your work e-mail address") == 2  # in the summary and at the field
    app.text_input(key="sign_email.email").set_value("ann@thornby.example")
    assert address(press(app, "Continue")) == "Your organisation"
    assert journey.signing(here, begun).said("email") == "ann@thornby.example"


def test_a_code_is_asked_for_where_mail_can_be_sent(open_page, here, cookies, monkeypatch):
    monkeypatch.setenv("PORTAL_SMTP_URL", "smtp://127.0.0.1:9")
    from portal.ground.process.runtime import running  # noqa: PLC0415 - its settings must be read again

    running.cache_clear()
    cookies["portal_sign"] = secret = journey.begin(here)
    app = open_page("sign-email")
    app.text_input(key="sign_email.email").set_value("ann@thornby.example")
    app = press(app, "Continue")
    assert "We sent a code to" in words(app)
    app.text_input(key="sign_email.typed").set_value("12")
    app = press(app, "Check this code")
    assert email_check.WRONG in words(app)
    with reading(here.store.engine) as session:
        message = session.exec(select(Message)).one()
    sent = here.store.vault.open_text(message.secret, f"message.secret:{message.id}")
    app.text_input(key="sign_email.typed").set_value(sent.split("code is ")[1][:6])
    assert address(press(app, "Check this code")) == "Your organisation"
    assert journey.signing(here, secret).said("email_how") == "code"


MAY = "May it sign, and may you sign for it?"


@pytest.mark.clause("s2.under-protocol")
@pytest.mark.clause("s10.indemnity")
def test_an_organisation_is_found_and_both_questions_are_answered_on_one_screen(open_page, here, begun):
    council = an_organisation(here, "Thornby *Parish* Council")
    app = open_page("sign-organisation")
    app.text_input(key="sign_organisation.q").set_value("thornby")
    app = press(app, "Find it")
    assert "Is it this one?" in words(app)  # a choice of one is shown as one
    app = press(app, r"Yes, Thornby \*Parish\* Council")
    assert address(app) == MAY
    app = open_page("sign-authority")
    assert "cover each other&#x27;s losses" in words(app)  # the promise is explained before it is asked for
    assert "accept the same promises" in app.radio[0].label
    app = press(app, "Continue")
    assert "Select yes or no" in words(app)
    assert "Select whether you are allowed to sign" in words(app)
    app.radio(key="sign_authority.protocol").set_value("yes")
    app.radio(key="sign_authority.authority").set_value("yes")
    assert address(press(app, "Continue")) == "Read the agreement"
    assert journey.signing(here, begun).said("organisation_id") == council.id


def test_a_name_that_looks_like_one_on_the_list_is_asked_about_before_it_is_added(open_page, here, begun):
    an_organisation(here, "Anytown Parish Council")
    app = open_page("sign-organisation")
    app.text_input(key="sign_organisation.q").set_value("Anytown PC")
    app = press(app, "Find it")
    assert "Is it this one?" in words(app)
    app = press(app, "It is not on the list")
    app.selectbox(key="new.kind").set_value("parish_council")
    app = press(app, "Continue")
    assert "This looks like Anytown Parish Council" in words(app)
    app.checkbox(key="new.another").check()
    assert address(press(app, "Continue")) == MAY
    assert journey.signing(here, begun).new_organisation.name == "Anytown PC"


@pytest.mark.clause("s10.indemnity")
@pytest.mark.clause("s2.under-protocol")
def test_no_leads_to_the_meeting_and_is_no_error(open_page, here, begun):
    journey.choose_organisation(here, begun, an_organisation(here).id)
    app = open_page("sign-authority")
    app.radio(key="sign_authority.protocol").set_value("no")
    app = press(app, "Continue")
    assert address(app) == "You can take part without signing the agreement"
    assert "cover each other's losses" in words(app)
    for told in (
        "You come to a meeting. At your first one you sign a confidentiality agreement, on your own phone.",
        "You type it, read five promises, and sign with your name.",
        "If your organisation has made the promise after all, change your answer.",
        "/sign-authority",
        "/join",
    ):
        assert told in words(app)
    assert len(five(edition_in_force(today(here.at)))) == 5
    assert "There is a problem" not in words(app)


@pytest.mark.clause("s2.who-may-join")
def test_a_kind_that_signs_nothing_is_told_so(open_page, here, begun):
    an_organisation(here, "Crown Prosecution Service", "prosecutor")
    app = open_page("sign-organisation")
    app.text_input(key="sign_organisation.q").set_value("crown")
    app = press(press(app, "Find it"), "Yes, Crown Prosecution Service")
    assert address(app) == "Your organisation does not need to sign"
    assert "Crown Prosecution Service is of a kind that shares under its own law." in words(app)
    assert address(open_page("sign-meeting")) == "Your organisation does not need to sign"


@pytest.mark.clause("s2.who-may-join")
def test_an_organisation_can_be_added(open_page, here, begun):
    app = open_page("sign-organisation")
    app.text_input(key="sign_organisation.q").set_value("Newtown Parish Council")
    app = press(app, "Find it")
    assert "We know no organisation of that name" in words(app)
    app = press(app, "It is not on the list")
    assert app.text_input(key="new.name").value == "Newtown Parish Council"
    app = press(app, "Continue")
    assert "Select what kind of organisation it is" in words(app)
    app.selectbox(key="new.kind").set_value("parish_council")
    app = press(app, "Continue")
    assert address(app) == MAY
    assert "Newtown Parish Council" in words(app)
    assert journey.signing(here, begun).new_organisation.kind == "parish_council"


def test_an_organisation_that_has_signed_is_told_at_once(open_page, here, begun):
    council = an_organisation(here)
    a_signatory(here, a_manager(here), council)
    journey.choose_organisation(here, begun, council.id)
    for page in ("sign-organisation", "sign-authority"):
        assert "has signed already" in words(open_page(page))
    assert not open_page("sign-authority").radio


def test_who_acts_for_an_organisation_that_has_signed_is_told_before_beginning(open_page, here):
    council = an_organisation(here)
    a_signatory(here, a_manager(here), council)
    clerk = a_person(here, "Colin Rudge", Role.PARTNER, organisation=council)
    assert f"{council.name} has signed already" in words(open_page("sign", person=clerk))


@pytest.mark.clause("s16.declaration")
def test_authority_is_asked_and_another_person_can_be_asked_to_sign(open_page, here, begun):
    email_check.give_address(here, begun, "ann@thornby.example", NO_MAIL)
    journey.choose_organisation(here, begun, an_organisation(here).id)
    app = open_page("sign-authority")
    app.radio(key="sign_authority.protocol").set_value("yes")
    app.radio(key="sign_authority.authority").set_value("other")
    app = press(app, "Continue")
    app = press(app, "Send it to them")
    assert "Enter the name of the person" in words(app)
    app.text_input(key="sign_authority.name").set_value("Jo Bell")
    app.text_input(key="sign_authority.address").set_value("jo@thornby.example")
    app = press(app, "Send it to them")
    assert "We have asked them" in words(app)
    app.radio(key="sign_authority.authority").set_value("yes")
    assert address(press(app, "Continue")) == "Read the agreement"


@pytest.mark.clause("cover.summary")
@pytest.mark.clause("s16.declaration")
def test_the_agreement_is_shown_in_layers_with_its_whole_text_contents_and_hash(open_page, here, ready):
    app = open_page("sign-read")
    told = [
        re.search(r"(?:whole text|all of it) takes about (\d+) minutes", words(one))[1]
        for one in (app, open_page("sign"))
    ]
    assert told[0] == told[1], "two pages say alike how long the whole text takes"
    said = words(app)
    for expected in (
        "summary, not part of the agreement",
        "Your kind of organisation sends no quarterly tables",
        "2. The parts that bind you",
        "sign-read#part-10",
        "Bodies that signed the overarching protocol",
        "3. The whole text",
        "16 Signatories",
        "Appendix 6",
        "/agreement.pdf",
        "fingerprint",
        "This binds your organisation. Read what you need, ask who must know, then go on.",
        *(row.label for row in edition_in_force(today(here.at)).summary_sheet),
    ):
        assert expected in said
    assert "worded it anew" not in said, "what the release words is not told as the partnership's own"
    assert address(press(app, "I have read it")) == "Check your answers and sign"


def test_a_text_that_changes_while_it_is_read_is_shown_again(open_page, here, ready):
    app = open_page("sign-read")
    app.session_state["sign_read.shown"] = "0" * 64
    app = press(app, "I have read it")
    assert "updated while you were reading it" in words(app)
    assert address(app) == "Read the agreement"
    assert address(press(app, "I have read it")) == "Check your answers and sign"


@pytest.mark.clause("s16.declaration")
def test_name_role_and_signature_are_asked_for_where_it_is_signed(open_page, here, ready):
    journey.keep(here, ready, name="", position="", typed="")
    app = press(open_page("sign-check"), r"Sign for Thornby \*Parish\* Council")
    for expected in ("Enter your full name", "Enter your job title or role", "Type your signature, or draw it"):
        assert words(app).count(expected) == 2
    assert signatures(here) == []


@pytest.mark.clause("s16.declaration")
def test_checking_and_signing(open_page, here, ready):
    app = open_page("sign-check")
    said = words(app)
    for expected in (
        "Thornby *Parish* Council",
        "2026 edition",
        "We agree to keep to this agreement",
        "accept the same promises",  # the promise, again, before it is made
        "/sign-authority",
        "Your name and role are kept encrypted. The public register does not show them.",
        "(the Information Manager will check it)",
        day(here.at),
    ):
        assert expected in said
    assert app.text_input(key="sign_check.name").value == "Ann Clerk"
    app.button(key="sign_check.sign").click()
    app = app.run()
    assert address(app) == "You have signed"
    made = sign.mine(here, ready)
    assert made.reference in words(app)
    assert "/sign/copy" in words(app)
    assert len(signatures(here)) == 1


@pytest.mark.clause("s16.copy-to-information-manager")
def test_after_signing_every_step_shows_the_confirmation(open_page, here, ready):
    sign.sign(here, ready, NO_MAIL)
    for page in ("sign-email", "sign-organisation", "sign-check", "sign-done"):
        app = open_page(page)
        assert address(app) == "You have signed"
    assert "The Information Manager checks the signature by" in words(app)
    assert "/sign/copy" in words(app)
    assert "Keep the signed copy: it is your original." in words(app)
    assert len(signatures(here)) == 1


def test_a_changed_text_leads_from_the_last_screen_back_to_reading(open_page, here, ready):
    journey.keep(here, ready, shown="0" * 64)
    app = open_page("sign-check")
    app.button(key="sign_check.sign").click()
    app = app.run()
    assert address(app) == "Read the agreement"
    assert "updated while you were reading it" in words(app)


@pytest.mark.clause("s16.declaration")
def test_a_reader_whose_text_changed_sees_the_changes_first(open_page, here, ready):
    open_page("sign-read")
    with transaction(here.store.engine) as session:  # as a newer authorised edition would
        row = session.get_one(EditionAdoption, "2026")
        row.blanks = row.blanks.replace("Anytown Borough", "Otherton Borough")
        row.sha256 = words_hash(edition("2026").hash, json.loads(row.blanks))
        session.add(row)
    app = open_page("sign-read")
    said = words(app)
    assert "What changed since you last read it" in said
    assert (
        'words taken out: </span>Anytown</del> <ins><span class="portal-unseen">new words: </span>Otherton</ins>'
        in said
    )
    press(app, "I have read it")
    assert "What changed since" not in words(open_page("sign-read"))


@pytest.mark.clause("cover.versions")
def test_who_signs_again_sees_what_changed_since_the_last_signature(open_page, here, cookies):
    council = an_organisation(here)
    a_signatory(replace(here, at=here.at - timedelta(days=200)), a_manager(here), council)
    cookies["portal_sign"] = ready_to_sign(here, council)
    said = words(open_page("sign-read"))
    assert "What changed since your organisation signed" in said
    assert "/compare?from=2009&amp;to=2026" in said


def test_tampering_with_the_sessions_state_changes_nothing(open_page, here, ready):
    app = open_page("sign-check")
    for key, value in {"organisation_id": "other", "role": "manager", "person": "admin"}.items():
        app.session_state[key] = value
    app.button(key="sign_check.sign").click()
    app.run()
    assert sign.mine(here, ready).organisation == "Thornby *Parish* Council"


def test_without_anything_signed_the_confirmation_says_so(open_page, here):
    assert address(open_page("sign-done")) == "Nothing is signed on this device yet"

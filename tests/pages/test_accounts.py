"""The screens of accounts: what they say when all goes well, and for each thing that does not."""

import re
from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest
from sqlmodel import select

from models.accounts import Account, Post
from models.record import Message
from portal.accounts.authentication.sessions import person_of
from portal.accounts.authentication.sign_in import sign_in
from portal.accounts.authentication.sign_in_state import LINK_COOKIE, STATE_COOKIE, sealed
from portal.accounts.invitations import invite
from portal.accounts.self_service.profile import has_second_step
from portal.ground.act import PUBLIC, Role
from portal.ground.database import reading, transaction
from portal.ground.wording import today
from portal.partnership.changes import unconfirmed
from portal.record.audit import record
from portal.record.events import Event
from portal.retention.purposes import PURPOSES
from portal.retention.schedule import schedule
from portal.rules.edition.editions import edition_in_force
from portal.ui import layout
from portal.ui.words import plain
from tests.builders import a_partnership, a_person, a_session, an_organisation
from tests.pages.conftest import words
from tests.unit.portal.accounts.conftest import BASE, PASSWORD, give_password


@pytest.fixture
def parish(now):
    a_partnership(now)
    return an_organisation(now)


@pytest.fixture
def manager(now, parish):
    return give_password(now, a_person(now, "Mina Manager", Role.MANAGER))


@pytest.fixture
def approver(now, parish):
    return give_password(now, a_person(now, "Ayo Approver", Role.APPROVER, organisation=parish))


@pytest.fixture
def partner(now, parish):
    return give_password(
        now, a_person(now, "Ann <b>Clerk</b> *x*", Role.PARTNER, organisation=parish, email="ann@example.org")
    )


def press(app, label):
    app = next(b for b in app.button if b.label == label).click().run()
    assert not app.exception
    return app


def last_secret(act):
    with reading(act.store.engine) as session:
        message = session.exec(select(Message).order_by(Message.queued_at.desc())).first()
    return act.store.vault.open_text(message.secret, f"message.secret:{message.id}").rsplit("/", 1)[-1]


def test_home_shows_a_visitor_the_four_journeys_and_no_duties(open_page, parish):
    said = words(open_page(""))
    for journey in ("Sign the agreement", "Ask for information", "Send a quarterly return", "See who has signed"):
        assert journey in said
    assert "Asked of you" not in said
    assert "Sign in" in said


def test_home_shows_each_role_what_waits(open_page, now, manager, approver):
    invite(now.as_(manager), "bo@example.org", Role.CHAIR, base_url=BASE)
    said = words(open_page("", manager))
    assert "1 link or code could not go by mail. Hand it over yourself." in said
    assert "Getting started" in said
    said = words(open_page("", approver))
    assert "could not go by mail" not in said
    assert "has not signed the agreement yet" in said
    assert "Send a quarterly return" not in said, "a parish council sends none"


def test_the_sign_in_page_shows_the_form_and_after_a_refusal_why_with_the_address_kept(open_page, cookies, now, parish):
    assert 'action="/session"' in words(open_page("sign-in"))
    cookies[STATE_COOKIE] = sealed(now.store, '{"email": "ann@example.org", "sentence": "Check your e-mail"}')
    said = words(open_page("sign-in", refused="1"))
    assert "There is a problem" in said
    assert 'value="ann@example.org"' in said
    assert "There is a problem" not in words(open_page("sign-in"))


def test_a_deep_link_keeps_its_question_through_sign_in(open_page, parish):
    said = words(open_page("audit", event="session:begun", page="2"))
    assert "?event=session%3Abegun&amp;page=2" in said
    assert 'value="/request-view?id=abc"' in words(open_page("sign-in", then="/request-view?id=abc"))


def test_the_sign_in_page_asks_for_the_code_after_a_right_password(open_page, cookies, now, partner):
    key = pyotp.random_base32()
    from portal.ground.database import transaction  # noqa: PLC0415 - only here

    with transaction(now.store.engine) as session:
        account = session.get(Account, partner.id)
        account.totp_secret = now.store.vault.seal_text(key, f"account.totp_secret:{account.id}")
        session.add(account)
    cookies["portal_second_step"] = sign_in(now.as_(PUBLIC), partner.email, PASSWORD, address="192.0.2.1").secret
    assert "Code from your app" in words(open_page("sign-in"))


def test_somebody_signed_in_is_told_so_and_a_signed_out_one_too(open_page, partner):
    assert "You have signed out" in words(open_page("sign-in", ended="1"))
    assert open_page("sign-in", partner).title[0].value == "You are signed in"


def test_an_invitation_is_accepted_and_its_second_click_is_not_an_error(open_page, cookies, now, manager):
    link = invite(now.as_(manager), "bo@example.org", Role.CHAIR, base_url=BASE)
    cookies[LINK_COOKIE] = link.rsplit("/", 1)[1]
    app = open_page("accept")
    assert "bo@example.org" in words(app)
    app = press(app, "Accept and open my account")
    assert "Enter your full name" in words(app)
    app.text_input(key="accept.name").set_value("Bo New")
    app.text_input(key="accept.position").set_value("Clerk")
    app.text_input(key="accept.password").set_value("wren lamp harbour")
    app = press(app, "Accept and open my account")
    assert app.title[0].value == "Your account is ready"
    app = app.run()
    assert app.title[0].value == "Your account is ready"
    assert "Run by" in words(app)
    assert open_page("accept").title[0].value == "This invitation cannot be used"


def test_a_new_password_is_asked_for_and_chosen_and_all_addresses_see_the_same(open_page, cookies, now, partner):
    pages = []
    for email in (partner.email, "nobody@example.org"):
        app = open_page("reset")
        app.text_input(key="reset.email").set_value(email)
        pages.append(words(press(app, "Send me a link")))
    assert pages[0] == pages[1]
    assert "This portal cannot send mail." in pages[0]
    assert "is on its way" not in pages[0], "mail that cannot go is never called sent"
    cookies[LINK_COOKIE] = last_secret(now)
    app = open_page("reset")
    app = press(app, "Save my new password")
    assert "Enter a password" in words(app)
    app.text_input(key="reset.password").set_value("wren lamp harbour")
    app = press(app, "Save my new password")
    assert app.title[0].value == "You have a new password"
    assert "used or is too old" in words(open_page("reset"))


def test_an_address_that_is_none_is_asked_for_again(open_page, parish):
    assert "Enter an e-mail address" in words(press(open_page("reset"), "Send me a link"))


def test_ones_own_details_are_saved_and_mistakes_named(open_page, now, partner):
    app = open_page("account", partner)
    app.text_input(key="account.name").set_value("")
    app = press(app, "Save my details")
    assert "Enter your full name" in words(app)
    app.text_input(key="account.name").set_value("Ann O'Neil")
    app = press(app, "Save my details")
    assert "Your details are saved" in words(app)
    assert "Ann O&#x27;Neil" in words(app)


def test_signing_out_everywhere_ends_this_page_too(open_page, partner):
    app = press(open_page("account", partner), "Sign out everywhere")
    assert app.title[0].value == "Sign in to open this page"


def test_ones_password_is_changed_with_the_old_one(open_page, partner):
    app = open_page("change-password", partner)
    app.text_input(key="change_password.current").set_value("wrong")
    app.text_input(key="change_password.password").set_value("wren lamp harbour")
    app = press(app, "Change my password")
    assert "What you typed is not it" in words(app)
    app.text_input(key="change_password.current").set_value(PASSWORD)
    app.text_input(key="change_password.password").set_value("wren lamp harbour")
    app = press(app, "Change my password")
    assert "Your password is changed" in words(app)


def test_the_second_step_is_turned_on_with_a_code_and_off_with_the_password(open_page, now, partner):
    app = press(open_page("second-step", partner), "Turn the second step on")
    assert "Enter the 6-digit code" in words(app)
    shown = next(line for line in words(app).split("<dd>") if line[:4].isalnum() and " " in line[:5])
    key = shown.split("<")[0].replace(" ", "")
    app.text_input(key="second_step.code").set_value(pyotp.TOTP(key).now())
    app = press(app, "Turn the second step on")
    assert "The second step is on" in words(app)
    assert len(re.findall(r"^\d{5} \d{5}$", app.code[0].value, re.MULTILINE)) == 10
    assert not press(app, "I have kept them").code
    app.text_input(key="second_step.password").set_value("wrong")
    app = press(app, "Turn the second step off")
    assert "What you typed is not it" in words(app)
    assert app.session_state["authentication_status"] is True
    app.text_input(key="second_step.password").set_value(PASSWORD)
    app = press(app, "Make new recovery codes")
    assert "10 of 10" in words(app)
    assert len(app.code) == 1
    app.text_input(key="second_step.password").set_value(PASSWORD)
    press(app, "Turn the second step off")
    assert not has_second_step(now.as_(partner))


def test_a_manager_invites_and_sees_and_withdraws_the_invitation(open_page, manager, parish):
    app = press(open_page("invite", manager), "Send the invitation")
    assert "Select what they will do" in words(app)
    app.text_input(key="invite.email").set_value("bo@example.org")
    app.radio(key="invite.role").set_value(Role.PARTNER)
    app = press(app, "Send the invitation")
    assert "Select the organisation" in words(app)
    app = open_page("invite", manager, **{"for": parish.id})  # as the page of an organisation leads here
    app.text_input(key="invite.email").set_value("bo@example.org")
    app = press(app, "Send the invitation")
    assert app.title[0].value == "People"
    assert "The invitation waits to be handed over" in words(app)
    app = open_page("people", manager)
    withdraw = next(b for b in app.button if b.label.startswith("Withdraw"))
    assert "No invitation is open" in words(withdraw.click().run())


def test_people_are_found_and_names_are_shown_as_typed(open_page, manager, partner):
    app = open_page("people", manager)
    assert "Ann &lt;b&gt;Clerk&lt;/b&gt; *x*" in words(app)
    app.text_input(key="people.search").set_value("nobody at all")
    assert "0 people found" in words(app.run())


def test_a_manager_gives_and_ends_a_role_sends_a_link_and_closes_the_account(open_page, now, manager, partner):
    app = open_page("person", manager, id=partner.id)
    app = press(app, "Give this role")
    assert "Select a role" in words(app)
    app = press(app, "Send a link to a new password")
    assert "The link waits to be handed over" in words(app)
    end = next(b for b in app.button if b.label.startswith("End the role"))
    app = end.click().run()
    assert "The role has ended" in words(app)
    close = next(b for b in app.button if b.label.startswith("Close the account"))
    app = close.click().run()
    assert "The account is closed" in words(app)
    assert "History" in words(app)
    with reading(now.store.engine) as session:
        assert session.get(Account, partner.id).closed_at is not None


def test_a_manager_cannot_act_on_their_own_account_and_a_missing_one_says_so(open_page, manager):
    assert not [b for b in open_page("person", manager, id=manager.id).button if "Close" in b.label]
    assert open_page("person", manager, id="no-such").title[0].value == "You cannot open this page"


def test_a_secret_is_shown_once_in_the_outbox(open_page, now, manager):
    link = invite(now.as_(manager), "bo@example.org", Role.CHAIR, base_url=BASE)
    app = open_page("outbox", manager)
    assert link not in words(app)
    assert not any(one.proto.expanded for one in app.expander)
    app.toggle(key="outbox.whole").set_value(True).run()
    assert all(one.proto.expanded for one in app.expander), "to be read out, or printed"
    assert link not in words(app)
    app = press(app, "Show the link or code, once")
    assert link in words(app)
    assert "Hand this over to bo@example.org, in person or by phone" in words(app).replace("\u2060", "")
    app = app.run()
    assert link not in words(app)
    assert "Mina Manager opened the link" in words(app)


def test_the_record_says_that_it_holds_and_a_broken_one_names_the_entry(open_page, now, manager):
    with transaction(now.store.engine) as session:
        record(session, replace(now, at=now.at - timedelta(days=30)), Event.RECORD_COMPARED, "record:rows", whole=True)
    invite(now.as_(manager), "bo@example.org", Role.CHAIR, base_url=BASE)
    app = open_page("audit", manager)
    assert "The record is complete" in words(app)
    assert "Is the date right?" in words(app)
    assert "Is the date right?" not in words(press(app, "Yes, the date is right"))
    with now.store.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER audit_entry_no_update")
        connection.exec_driver_sql("UPDATE audit_entry SET actor_name = 'Eve' WHERE number = 1")
    assert "Entry 1 was altered" in words(open_page("audit", manager))
    assert "Broken at entry 1" in words(open_page("to-do", manager))
    assert "What do you want to do?" in words(open_page("")), "other pages carry on"


def test_the_record_is_filtered_by_what_was_done(open_page, now, manager):
    invite(now.as_(manager), "bo@example.org", Role.CHAIR, base_url=BASE)
    app = open_page("audit", manager)
    app.selectbox(key="audit.event").set_value("account:closed")
    assert "0 entries" in words(app.run())


def test_the_record_of_one_thing_names_it_in_words_and_shows_nothing_else(open_page, now, manager):
    invite(now.as_(manager), "bo@example.org", Role.CHAIR, base_url=BASE)
    subject, named = f"account:{manager.id}", f"Account …{manager.id[-6:]}"
    with transaction(now.store.engine) as session:
        record(session, now.as_(manager), Event.SIGNED_IN, subject)
    assert f">{named}</a>" in words(open_page("audit", manager))
    said = words(open_page("audit", manager, about=subject))
    assert plain(f"about one thing: {named}") in said
    assert Event.INVITED.words not in said


@pytest.mark.clause("cover.placeholders")
def test_settings_are_saved_and_mistakes_named(open_page, manager):
    app = open_page("settings", manager)
    app.text_input(key="settings.review_date").set_value("soon")
    app = press(app, "Save these words")
    assert "must be a real date" in words(app)
    app.text_input(key="settings.review_date").set_value("1/10/2027")
    app.text_input(key="settings.partnership_name").set_value("Safer Thornby")
    app.text_input(key="settings.local_authority_area").set_value("Thornby")
    app = press(app, "Save these words")
    assert "The words are saved" in words(app)
    assert app.text_input(key="settings.review_date").value in {"1/10/2027", "1 October 2027"}
    app.checkbox(key="settings.weighing").set_value(False)
    assert "The check is saved" in words(press(app, "Save how the check works"))


@pytest.mark.clause("cover.placeholders")
def test_the_look_is_changed_and_a_file_that_is_no_logo_refused(open_page, manager):
    app = open_page("look", manager)
    app.file_uploader[0].upload("logo.png", b"not a picture", "image/png")
    assert "must be a PNG, JPEG or SVG" in words(press(app, "Save this logo"))
    app = open_page("look", manager)
    app.text_input(key="look.accent").set_value("#ffff00")
    assert "The colour is #" in words(press(app, "Save the colour"))


def test_points_of_law_are_confirmed_several_at_a_time_with_how_they_were_checked(open_page, manager):
    app = open_page("facts", manager)
    several = app.multiselect[0].options
    assert len(several) > 10
    assert len(set(several)) == len(several), "two points of one law can be told apart"
    mine = _act(manager)
    keys = [one.key for one in unconfirmed(mine, edition_in_force(today(mine.at)))]
    app.multiselect[0].set_value(keys[:3]).run()
    app = press(app, "Confirm what you chose")
    assert "Enter how you checked this" in words(app)
    app.text_area[0].set_value("Read it on legislation.gov.uk")
    app = press(app, "Confirm what you chose")
    assert "3 points are confirmed" in words(app)
    assert len(app.multiselect[0].options) == len(several) - 3
    assert app.multiselect[0].value == []


def test_an_organisations_page_shows_its_people_and_only_an_approver_changes_it(open_page, partner, approver):
    app = open_page("organisation", partner)
    assert "An approver of your organisation can" in words(app)
    assert len(app.text_input) == 0
    app = open_page("organisation", approver)
    app.text_input(key="organisation.contact").set_value("Clerk, clerk@example.org")
    assert "The public contact is saved" in words(press(app, "Save the public contact"))


def test_an_approver_invites_a_colleague_and_ends_a_role(open_page, now, partner, approver):
    app = open_page("colleagues", approver)
    app.text_input(key="colleagues.email").set_value("bo@example.org")
    app.radio(key="colleagues.role").set_value(Role.PARTNER)
    app = press(app, "Send the invitation")
    assert "The invitation waits to be handed over" in words(app)
    app = next(b for b in app.button if b.label.startswith("Take back")).click().run()
    assert "The invitation is withdrawn" in words(app)
    app = next(b for b in app.button if b.label.startswith("End the role")).click().run()
    assert "The role has ended" in words(app)
    with reading(now.store.engine) as session:
        assert session.exec(select(Post).where(Post.account_id == partner.id)).one().ended_at is not None


def test_two_minutes_before_the_end_a_warning_stands_and_one_press_keeps_the_session(open_page, cookies, now, partner):
    nearly = replace(now, at=now.at - timedelta(minutes=28, seconds=30))
    cookies.update(portal_session=a_session(nearly, partner), person=partner.id)
    from portal.accounts.authentication import sessions  # noqa: PLC0415 - only here

    assert sessions.time_left(now, cookies["portal_session"]) < layout.WARN
    app = _warning_alone()
    assert "signed out in 2 minutes" in app.warning[0].value
    app = press(app, "Stay signed in")
    assert sessions.time_left(now, cookies["portal_session"]) > timedelta(minutes=29)
    assert len(app.run().warning) == 0


@pytest.mark.parametrize("address", ["privacy", "accessibility"])
def test_what_the_law_wants_said_is_said_before_and_after_set_up(open_page, now, address):
    assert len(words(open_page(address))) > 1000
    a_partnership(now)
    assert "Safer Anytown Partnership" in words(open_page(address))


def test_the_privacy_page_tells_each_purpose_with_the_schedules_own_time_and_where_to_complain(open_page, now):
    a_partnership(now)
    told = words(open_page("privacy"))
    assert sorted(one.id for one in schedule().rules) == sorted(rule for one in PURPOSES for rule in one.rules)
    for one in schedule().rules:
        assert f"{one.keep.words} from {one.counts_from}" in told, one.id
    assert "section 164A" in told
    assert "within 30 days" in told


def _act(person):
    from portal.ground.act import act_now  # noqa: PLC0415 - only here
    from portal.ui import visitor  # noqa: PLC0415

    return act_now(visitor.store(), person)


def _warning_alone():
    from streamlit.testing.v1 import AppTest  # noqa: PLC0415 - only here

    def script():
        from portal.ui.layout import time_out_warning  # noqa: PLC0415 - runs as a script of its own

        time_out_warning()

    return AppTest.from_function(script, default_timeout=30).run()


def test_another_session_of_ones_account_is_ended_from_the_account_page_and_this_one_stays(open_page, now, partner):
    other = a_session(now, partner, ago=timedelta(minutes=5))
    app = open_page("account", partner)
    assert len([b for b in app.button if b.label.startswith("End the session of")]) == 1
    app = next(b for b in app.button if b.label.startswith("End the session of")).click().run()
    assert app.title[0].value == "Your account"
    assert not [b for b in app.button if b.label.startswith("End the session of")]
    assert person_of(now, other) == PUBLIC


def test_ones_own_address_is_changed_with_the_password_and_a_code(open_page, now, partner):
    app = open_page("change-address", partner)
    app.text_input(key="person.email").set_value("new@example.org")
    app = press(app, "Send a code to this address")
    assert "Enter the password" in words(app)
    app.text_input(key="person.email").set_value("new@example.org")
    app.text_input(key="person.password").set_value(PASSWORD)
    app = press(app, "Send a code to this address")
    assert "We sent a code" not in words(app)
    assert "The Information Manager finds a code for" in words(app)
    assert "It is good for 10 minutes" in words(app).replace("\\", "")
    app.text_input(key="person.code").set_value(last_secret(now))
    app = press(app, "Change the address")
    assert "Your address is changed" in words(app)
    with reading(now.store.engine) as session:
        assert session.get(Account, partner.id).email == "new@example.org"

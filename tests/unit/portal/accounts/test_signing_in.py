"""Signing in: who gets in, who does not, and that nobody can tell why."""

import threading
from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest
from argon2 import PasswordHasher
from sqlmodel import select

from models.accounts import Account, Attempt, WebSession
from models.record import AuditEntry, Message
from portal.accounts.addresses import network
from portal.accounts.authentication import sessions
from portal.accounts.authentication.known_browsers import has_signed_in, known_as, known_mark, note_sign_in
from portal.accounts.authentication.passwords import is_outdated
from portal.accounts.authentication.sessions import (
    COOKIE,
    IDLE,
    LONGEST,
    cookie_name,
    end_session,
    note_takeover,
    person_of,
    stay,
    time_left,
)
from portal.accounts.authentication.sign_in import (
    OVERALL,
    PER_ACCOUNT,
    PER_NETWORK,
    CodeRefusedError,
    NextCodeNeededError,
    SignInRefusedError,
    awaits_second_step,
    sign_in,
    take_second_step,
)
from portal.ground.act import PUBLIC, Role
from portal.ground.database import WAITS, engine_for, reading, transaction
from portal.ground.errors import LinkError, TooManyTriesError
from portal.ground.rate_limits import tries
from portal.ground.vault import token
from portal.record.audit import record
from portal.record.events import Event
from tests.builders import a_person, waits_of
from tests.unit.portal.accounts.conftest import PASSWORD, give_password


@pytest.fixture
def ann(act):
    return give_password(act, a_person(act, "Ann Clerk", Role.CHAIR))


def later(act, **more):
    return replace(act, at=act.at + timedelta(**more))


def with_second_step(act, person):
    key = pyotp.random_base32()
    with transaction(act.store.engine) as session:
        account = session.get(Account, person.id)
        account.totp_secret = act.store.vault.seal_text(key, f"account.totp_secret:{person.id}")
        session.add(account)
    return pyotp.TOTP(key)


def events(act):
    with reading(act.store.engine) as session:
        return [e.event for e in session.exec(select(AuditEntry).order_by(AuditEntry.number)).all()]


def test_a_right_password_begins_a_session_in_any_case_of_the_address(visit, ann):
    found = sign_in(visit, "  ANN-Clerk@Example.org ", PASSWORD, address="192.0.2.1")
    assert not found.second_step
    here = person_of(visit, found.secret)
    assert (here.id, here.name) == (ann.id, "Ann Clerk")
    assert here.holds(Role.CHAIR)
    assert events(visit) == ["session:begun"]


def test_each_session_has_a_new_secret_and_only_its_hash_is_kept(visit, ann):
    first = sign_in(visit, ann.email, PASSWORD, address="192.0.2.1").secret
    second = sign_in(visit, ann.email, PASSWORD, address="192.0.2.1").secret
    assert first != second
    with reading(visit.store.engine) as session:
        kept = session.exec(select(WebSession.token_hash)).all()
    assert first not in kept
    assert second not in kept


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("ann-clerk@example.org", "three odd lamp"),
        ("ann-clerk@example.org", ""),
        ("nobody@example.org", PASSWORD),
        ("", ""),
        ("ann-clerk@example.org", "x" * 5000),
        ("ann-clerk@example.org", "\x00\ud800"),
        ("' OR 1=1 --", PASSWORD),
    ],
)
@pytest.mark.threat("AU3")
def test_whatever_is_wrong_the_words_are_the_same(visit, ann, email, password):
    with pytest.raises(SignInRefusedError) as refused:
        sign_in(visit, email, password, address="192.0.2.1")
    assert refused.value.message == SignInRefusedError.message
    assert events(visit) == ["session:refused"]


def test_a_closed_account_is_refused_with_the_same_words(visit, ann):
    with transaction(visit.store.engine) as session:
        account = session.get(Account, ann.id)
        account.closed_at = visit.at
        session.add(account)
    with pytest.raises(SignInRefusedError):
        sign_in(visit, ann.email, PASSWORD, address="192.0.2.1")


@pytest.mark.parametrize("email", ["ann-clerk@example.org", "nobody@example.org"])
@pytest.mark.threat("AU1")
def test_after_five_tries_the_wait_grows_for_known_and_unknown_alike(visit, ann, email):
    for _ in range(PER_ACCOUNT.most):
        with pytest.raises(SignInRefusedError):
            sign_in(visit, email, "wrong", address="192.0.2.1")
    waits = []
    now = visit
    for _ in range(4):
        with pytest.raises(TooManyTriesError) as refused:
            sign_in(now, email, PASSWORD, address="192.0.2.1")
        waits.append(refused.value.seconds)
        now = later(now, seconds=refused.value.seconds + 1)
        with pytest.raises(SignInRefusedError):
            sign_in(now, email, "wrong", address="192.0.2.1")
    assert waits == [60, 120, 240, 480]


def test_the_owner_is_told_once_by_mail_when_tries_pile_up(visit, ann):
    now = visit
    for _ in range(7):
        with pytest.raises(SignInRefusedError):
            sign_in(now, ann.email, "wrong", address="192.0.2.1")
        now = later(now, minutes=31)
    with reading(visit.store.engine) as session:
        assert [m.template for m in session.exec(select(Message)).all()] == ["many-tries"]


def test_a_right_password_after_the_wait_gets_in_and_the_tries_are_forgotten(visit, ann):
    for _ in range(PER_ACCOUNT.most):
        with pytest.raises(SignInRefusedError):
            sign_in(visit, ann.email, "wrong", address="192.0.2.1")
    assert sign_in(later(visit, seconds=61), ann.email, PASSWORD, address="192.0.2.1").secret
    with pytest.raises(SignInRefusedError):
        sign_in(later(visit, seconds=62), ann.email, "wrong", address="192.0.2.1")


def test_a_right_password_counts_against_no_network_and_what_was_wrong_before_still_does(visit, ann):
    where = network("192.0.2.1")
    with pytest.raises(SignInRefusedError):
        sign_in(visit, ann.email, "wrong", address="192.0.2.1")
    for _ in range(3):
        sign_in(visit, ann.email, PASSWORD, address="192.0.2.1")
    assert (tries(visit, PER_NETWORK, where), tries(visit, OVERALL, "")) == (1, 1)


def test_the_tries_are_counted_under_keyed_hashes(visit, ann):
    with pytest.raises(SignInRefusedError):
        sign_in(visit, ann.email, "wrong", address="192.0.2.1")
    with reading(visit.store.engine) as session:
        kept = session.exec(select(Attempt)).all()
    assert {a.kind for a in kept} == {"sign-in:account", "sign-in:network", "sign-in:overall"}
    assert not any(ann.email in a.key_hash or "192.0.2.1" in a.key_hash for a in kept)


def test_a_second_step_stands_between_password_and_session(visit, ann):
    app = with_second_step(visit, ann)
    step = sign_in(visit, ann.email, PASSWORD, address="192.0.2.1")
    assert step.second_step
    assert person_of(visit, step.secret) == PUBLIC
    assert awaits_second_step(visit, step.secret)
    secret = take_second_step(visit, step.secret, app.at(visit.at))
    assert person_of(visit, secret).id == ann.id
    assert not awaits_second_step(visit, step.secret)


@pytest.mark.threat("AU9")
def test_a_code_counts_once_and_only_a_step_early_or_late(visit, ann):
    app = with_second_step(visit, ann)

    def try_code(now, code):
        return take_second_step(now, sign_in(now, ann.email, PASSWORD, address="192.0.2.1").secret, code)

    assert try_code(visit, app.at(visit.at))
    with pytest.raises(CodeRefusedError):
        try_code(visit, app.at(visit.at))
    with pytest.raises(CodeRefusedError):
        try_code(later(visit, seconds=90), app.at(visit.at))
    with pytest.raises(CodeRefusedError):
        try_code(visit, app.at(visit.at + timedelta(seconds=60)))
    assert try_code(visit, app.at(visit.at + timedelta(seconds=30)))
    with pytest.raises(CodeRefusedError):
        try_code(later(visit, seconds=120), app.at(visit.at + timedelta(seconds=60)))


@pytest.mark.threat("AU9")
def test_five_wrong_codes_use_the_step_up_even_for_a_right_one(visit, ann):
    app = with_second_step(visit, ann)
    step = sign_in(visit, ann.email, PASSWORD, address="192.0.2.1").secret
    for _ in range(5):
        with pytest.raises(CodeRefusedError):
            take_second_step(visit, step, "000000")
    with pytest.raises(LinkError):
        take_second_step(visit, step, app.at(visit.at))
    assert events(visit).count("session:refused") == 5


def a_wrong_code(visit, ann, address, mark=""):
    """Sign in with the right password and type a wrong code; gives the refusal."""
    step = sign_in(visit, ann.email, PASSWORD, address=address, mark=mark).secret
    with pytest.raises((CodeRefusedError, TooManyTriesError)) as refused:
        take_second_step(visit, step, "000000", mark=mark)
    return type(refused.value)


@pytest.mark.threat("AU9")
def test_whoever_knows_the_password_and_guesses_codes_slows_down_alone_and_ends_no_step_of_the_owner(visit, ann):
    app = with_second_step(visit, ann)
    assert {a_wrong_code(visit, ann, "192.0.2.1") for _ in range(9)} == {CodeRefusedError}
    step = sign_in(visit, ann.email, PASSWORD, address="192.0.2.1").secret
    guesses = [a_wrong_code(visit, ann, "198.51.100.7", f"mark {n}") for n in range(12)]
    assert guesses == [CodeRefusedError] * 10 + [TooManyTriesError] * 2, "a new mark is no new browser"
    assert person_of(visit, take_second_step(visit, step, app.at(visit.at))).id == ann.id
    assert a_wrong_code(visit, ann, "192.0.2.1") is CodeRefusedError, "after a right one the count begins anew"
    with reading(visit.store.engine) as session:
        assert [m.template for m in session.exec(select(Message)).all()].count("many-codes") == 1


@pytest.mark.threat("AU9")
def test_while_very_many_codes_are_guessed_from_everywhere_a_new_browser_gives_two_and_a_known_one_gives_one(
    visit, ann, monkeypatch
):
    monkeypatch.setattr("portal.accounts.authentication.sign_in._TWO_CODES_AT", 3)
    app = with_second_step(visit, ann)
    mark = known_mark(visit, ann.email)
    first = sign_in(visit, ann.email, PASSWORD, address="192.0.2.1", mark=mark).secret
    take_second_step(visit, first, app.at(visit.at), mark=mark)
    now = later(visit, minutes=5)
    for n in range(3):
        assert a_wrong_code(now, ann, f"198.51.{n}.1") is CodeRefusedError
    step = sign_in(now, ann.email, PASSWORD, address="192.0.2.1").secret
    with pytest.raises(NextCodeNeededError):
        take_second_step(now, step, app.at(now.at))
    with pytest.raises(CodeRefusedError, match="Each code works once"):
        take_second_step(now, step, app.at(now.at))
    assert take_second_step(later(now, seconds=30), step, app.at(now.at + timedelta(seconds=30)))
    now = later(now, minutes=5)
    step = sign_in(now, ann.email, PASSWORD, address="192.0.2.99", mark=mark).secret
    assert take_second_step(now, step, app.at(now.at), mark=mark)


@pytest.mark.threat("AU1")
def test_only_a_mark_that_the_portal_made_for_this_person_makes_a_browser_known(visit, act, ann):
    mark, other = known_mark(visit, ann.email), a_person(act, "Bo Other")
    assert known_as(visit, ann.email, mark)
    made_up = token() + mark[43:]
    for held in ("", mark[:43], mark[:-1], made_up, token() + token(), known_mark(visit, other.email)):
        assert known_as(visit, ann.email, held) == "", "its guesses would be counted apart"
    with transaction(act.store.engine) as session:
        mine, theirs = (session.get_one(Account, one.id) for one in (ann, other))
        note_sign_in(session, act, theirs, mark)
        record(session, act, Event.ROWS_CHANGED, f"account:{other.id}")
        assert has_signed_in(session, theirs, mark)
        assert not has_signed_in(session, mine, mark)


def test_a_password_that_was_kept_by_older_settings_is_kept_by_todays_from_the_next_sign_in(visit, ann):
    with transaction(visit.store.engine) as session:
        session.get_one(Account, ann.id).password_hash = PasswordHasher(time_cost=1, memory_cost=1024).hash(PASSWORD)
        record(session, visit, Event.ROWS_CHANGED, f"account:{ann.id}")
    assert sign_in(visit, ann.email, PASSWORD, address="192.0.2.1").secret
    with reading(visit.store.engine) as session:
        assert not is_outdated(session.get_one(Account, ann.id).password_hash)
    assert sign_in(visit, ann.email, PASSWORD, address="192.0.2.1").secret


def test_whoever_asks_for_others_pages_all_day_fills_no_record(visit):
    for _ in range(30):
        note_takeover(visit, "192.0.2.1")
    note_takeover(visit, "198.51.100.7")
    assert events(visit).count(Event.SESSION_TAKEOVER_REFUSED.value) == 20 + 1, "of each address a few an hour"


@pytest.mark.threat("AU15")
def test_a_session_ends_after_half_an_hour_idle_and_after_twelve_hours(visit, ann):
    secret = sign_in(visit, ann.email, PASSWORD, address="192.0.2.1").secret
    assert person_of(later(visit, minutes=29), secret).signed_in
    assert not person_of(later(visit, minutes=29 + 31), secret).signed_in
    secret = sign_in(visit, ann.email, PASSWORD, address="192.0.2.1").secret
    now = visit
    while now.at - visit.at < LONGEST - timedelta(minutes=20):
        now = later(now, minutes=20)
        assert person_of(now, secret).signed_in
    assert not person_of(later(now, minutes=21), secret).signed_in


def test_asking_how_long_is_left_does_not_lengthen_it_but_staying_does(visit, ann):
    secret = sign_in(visit, ann.email, PASSWORD, address="192.0.2.1").secret
    near = later(visit, minutes=28)
    assert time_left(near, secret) == timedelta(minutes=2)
    assert time_left(near, secret) == timedelta(minutes=2)
    stay(near, secret)
    assert time_left(near, secret) == IDLE


def test_a_copied_cookie_is_worthless_after_sign_out(visit, ann):
    secret = sign_in(visit, ann.email, PASSWORD, address="192.0.2.1").secret
    end_session(visit.as_(ann), secret)
    assert person_of(visit, secret) == PUBLIC
    end_session(visit.as_(ann), secret)
    assert events(visit) == ["session:begun", "session:ended"]


def test_behind_tls_the_cookie_has_the_name_a_neighbour_cannot_forge():
    assert cookie_name(secure=True) == f"__Host-{COOKIE}"
    assert cookie_name(secure=False) == COOKIE


@pytest.mark.parametrize("whose", ["this process", "another process"])
@pytest.mark.threat("DA4")
def test_a_page_is_read_at_once_while_a_long_write_keeps_the_portal_from_noting_who_is_here(
    visit, ann, whose, monkeypatch
):
    waited = waits_of(monkeypatch, sessions)
    secret = sign_in(visit, ann.email, PASSWORD, address="192.0.2.1").secret
    other = visit.store.engine if whose == "this process" else engine_for(str(visit.store.engine.url))
    held, done = threading.Event(), threading.Event()

    def hold():
        with transaction(other):
            held.set()
            done.wait(20)

    writer = threading.Thread(target=hold)
    writer.start()
    held.wait()
    try:
        waited.clear()
        assert person_of(replace(visit, at=visit.at + timedelta(minutes=5)), secret).id == ann.id
    finally:
        done.set()
        writer.join()
    assert 0 < sum(waited) <= WAITS / 10, "each page of everybody waited as long as a writer may"

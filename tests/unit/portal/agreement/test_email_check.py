"""The code and the link that check a signer's address."""

import re

import pytest
from sqlmodel import select

from models.agreements import EmailCode
from models.record import Message
from portal.agreement.signing import email_check, journey
from portal.agreement.signing.delegation import delegate
from portal.ground.act import PUBLIC
from portal.ground.database import reading
from portal.ground.errors import AnswersNeededError, LinkError, NotFoundError, TooManyTriesError
from portal.ground.rate_limits import attempt
from tests.builders import a_partnership, an_organisation, in_clear
from tests.signing_builders import MAIL, NO_MAIL, at


@pytest.fixture
def here(act):
    a_partnership(act)
    return act.as_(PUBLIC)


def secrets_sent(act):
    """What stood in each message's secret, oldest first."""
    with reading(act.store.engine) as session:
        sent = session.exec(select(Message).order_by(Message.queued_at)).all()
    return [act.store.vault.open_text(m.secret, f"message.secret:{m.id}") for m in sent if m.secret]


def asked(here, address="ann@thornby.example"):
    secret = journey.begin(here)
    email_check.give_address(here, secret, address, MAIL)
    text = secrets_sent(here)[-1]
    return secret, re.search(r"\d{6}", text).group(), re.search(r"key=(\S+)", text).group(1).partition(".")[2]


def wrong(code):
    return f"{(int(code) + 1) % 10**6:06d}"


def test_the_right_code_checks_the_address(here):
    secret, code, _ = asked(here)
    assert not journey.signing(here, secret).email_settled
    assert email_check.confirm_code(here, secret, f" {code[:3]} {code[3:]} ").said("email_how") == "code"
    assert email_check.confirm_code(here, secret, wrong(code)).email_settled  # safe to run twice


def test_a_code_lasts_ten_minutes(here):
    secret, code, _ = asked(here)
    with pytest.raises(AnswersNeededError, match="problem"):
        email_check.confirm_code(at(here, minutes=10), secret, code)


def test_the_sixth_try_is_refused_even_when_it_is_right(here):
    secret, code, _ = asked(here)
    for _ in range(5):
        with pytest.raises(AnswersNeededError):
            email_check.confirm_code(here, secret, wrong(code))
    with pytest.raises(AnswersNeededError) as refused:
        email_check.confirm_code(here, secret, code)
    assert "last of 5 tries" in refused.value.problems["code"]


def test_a_new_code_waits_60_seconds_and_ends_the_old_one(here):
    secret, code, _ = asked(here)
    with pytest.raises(TooManyTriesError):
        email_check.send_code(at(here, seconds=30), secret, MAIL)
    later = at(here, seconds=61)
    email_check.send_code(later, secret, MAIL)
    fresh = re.search(r"\d{6}", secrets_sent(here)[-1]).group()
    if fresh != code:
        with pytest.raises(AnswersNeededError):
            email_check.confirm_code(later, secret, code)
    assert email_check.confirm_code(later, secret, fresh).email_settled


def test_a_double_click_sends_one_code(here):
    secret = journey.begin(here)
    for _ in range(2):
        email_check.give_address(here, secret, "ann@thornby.example", MAIL)
    assert len(secrets_sent(here)) == 1


def test_another_address_makes_the_first_code_worthless(here):
    secret, code, link = asked(here)
    email_check.give_address(here, secret, "bob@thornby.example", MAIL)
    fresh = re.search(r"\d{6}", secrets_sent(here)[-1]).group()
    if fresh != code:
        with pytest.raises(AnswersNeededError):
            email_check.confirm_code(here, secret, code)
    assert not email_check.confirm_link(here, secret, link).email_settled


def test_the_link_opens_the_signing_on_another_device_and_checks_the_address(here):
    secret, _, link = asked(here)
    assert email_check.confirm_link(at(here, days=20), secret, link).said("email_how") == "link"
    assert email_check.confirm_link(at(here, days=21), secret, link).email_settled


@pytest.mark.threat("ES4")
def test_a_link_of_another_signing_is_refused(here):
    secret, _, _ = asked(here)
    _, _, theirs = asked(here, "carol@other.example")
    with pytest.raises(LinkError):
        email_check.confirm_link(here, secret, theirs)
    with pytest.raises(NotFoundError):
        email_check.confirm_link(here, "not-a-token", theirs)


def test_neither_code_nor_address_nor_link_is_kept_readable(here, data_dir):
    secret, code, link = asked(here, "zebedee@thornby.example")
    with reading(here.store.engine) as session:
        row = session.exec(select(EmailCode)).one()
    assert code not in str(row)
    kept = in_clear(data_dir)
    assert not [word for word in (b"zebedee@", link.encode(), secret.encode()) if word in kept]


def test_where_no_mail_can_go_the_address_is_only_taken(here):
    secret = journey.begin(here)
    now = email_check.give_address(here, secret, "Ann@Thornby.Example", NO_MAIL)
    assert (now.said("email"), now.said("email_how"), now.email_settled) == ("ann@thornby.example", "", True)
    assert secrets_sent(here) == []


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ann",
        "ann@",
        "@b.example",
        "a b@c.example",
        "ann@c",
        "a@b.example\nBcc: eve@evil.example",
        "x" * 300 + "@c.example",
    ],
)
def test_what_is_no_address_is_asked_for_again(here, typed):
    secret = journey.begin(here)
    with pytest.raises(AnswersNeededError) as refused:
        email_check.give_address(here, secret, typed, MAIL)
    assert "e-mail address" in refused.value.problems["email"].lower()


@pytest.mark.threat("AZ11")
def test_a_colleague_who_is_asked_must_check_the_invited_address_themselves(here):
    secret = journey.begin(here)
    email_check.give_address(here, secret, "ann@thornby.example", NO_MAIL)
    journey.choose_organisation(here, secret, an_organisation(here).id)
    for _ in range(2):
        delegate(here, secret, name="Jo Bell", address="jo@thornby.example", reach=MAIL)
    letters = [text for text in secrets_sent(here) if "/sign/continue" in text]
    assert len(letters) == 1
    theirs = letters[0].partition("key=")[2].partition(".")[0]
    now = journey.signing(here, theirs)
    assert (now.said("email"), now.email_settled) == ("jo@thornby.example", False)
    with pytest.raises(AnswersNeededError, match="problem"):
        email_check.give_address(here, theirs, "eve@evil.example", MAIL)
    email_check.give_address(here, theirs, "jo@thornby.example", MAIL)
    code = re.search(r"\d{6}", secrets_sent(here)[-1]).group()
    assert email_check.confirm_code(here, theirs, code).email_settled


def test_strangers_who_use_up_the_codes_of_an_address_or_the_signings_of_their_network_hold_nobody_up(here):
    for _ in range(6):
        stranger = journey.begin(here, network="198.51.100.0")
        email_check.give_address(here, stranger, "ann@thornby.example", MAIL)
    secret = journey.begin(here, network="192.0.2.0")
    now = email_check.give_address(here, secret, "ann@thornby.example", MAIL)
    assert (now.email_settled, now.said("email_how")) == (True, ""), "the manager checks it"
    assert len(secrets_sent(here)) == 6
    for _ in range(294):
        journey.begin(here, network="198.51.100.0")
    with pytest.raises(TooManyTriesError):
        journey.begin(here, network="198.51.100.0")
    assert journey.begin(here, network="192.0.2.0")


def test_a_code_that_went_before_strangers_came_holds_nobody_up_once_it_is_too_old(here):
    secret, *_ = asked(here)
    for _ in range(5):
        email_check.give_address(here, journey.begin(here, network="198.51.100.0"), "ann@thornby.example", MAIL)
    later = at(here, minutes=11)
    email_check.send_code(later, secret, MAIL)
    assert journey.signing(later, secret).email_settled, "the manager checks it"


def test_a_signing_that_was_passed_on_counts_for_the_network_that_it_came_from_and_not_for_everybodys(here):
    for network in ("", "198.51.100.0"):
        for _ in range(60):
            attempt(here, (email_check.CODES_OF_NETWORK, network))
    secret = journey.begin(here, network="192.0.2.0")
    email_check.give_address(here, secret, "ann@thornby.example", NO_MAIL)
    delegate(here, secret, name="Jo Bell", address="jo@thornby.example", reach=MAIL)
    theirs = re.search(r"key=(\S+)\.", secrets_sent(here)[-1]).group(1)
    email_check.give_address(here, theirs, "jo@thornby.example", MAIL)
    assert email_check.latest(here, journey.signing(here, theirs)).live


def test_where_strangers_used_up_the_letters_to_somebody_they_are_told_another_way_to_sign(here):
    for number in range(6):
        secret = journey.begin(here, network=f"198.51.100.{number}")
        email_check.give_address(here, secret, "ann@thornby.example", NO_MAIL)
        if number < 5:
            delegate(here, secret, name="Jo Bell", address="jo@thornby.example", reach=MAIL)
    with pytest.raises(TooManyTriesError) as refused:
        delegate(here, secret, name="Jo Bell", address="jo@thornby.example", reach=MAIL)
    assert "they can open http://127.0.0.1:8501/sign and sign there" in refused.value.message

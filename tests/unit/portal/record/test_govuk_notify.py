"""Letters through GOV.UK Notify, against a real server that checks the token and can refuse, be busy and be away."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from models.record import Message
from portal.ground.act import Role
from portal.ground.database import reading, transaction
from portal.record.delivery import MailRoute, deliver
from portal.record.outbox import SECRET_MARK, Letter, post, waiting
from tests.builders import a_person
from tests.notify_server import TEMPLATE, notify_server

LETTER = Letter(
    template="news", to="ann@example.org", subject="News", body=f"Your code is {SECRET_MARK}.", secret="493 177"
)


@pytest.fixture
def notify():
    with notify_server() as server:
        yield server


def queue(act, *addresses):
    with transaction(act.store.engine) as session:
        return [post(session, act, replace(LETTER, to=address)) for address in addresses]


def send(act, url, after=timedelta(0)):
    return deliver(act.store, MailRoute(smtp_url=url, sender="portal@example.org"), act.at + after)


def why(act):
    return waiting(act.as_(a_person(act, "Priya Shah", Role.MANAGER)))[0][0].state


def test_a_letter_goes_once_with_its_subject_its_words_and_its_number(act, notify):
    (number,) = queue(act, "ann@example.org")
    assert send(act, notify.url) == 1
    assert send(act, notify.url) == 0
    assert notify.taken == [
        {
            "email_address": "ann@example.org",
            "template_id": TEMPLATE,
            "personalisation": {"subject": "News", "body": "Your code is 493 177.\n"},
            "reference": f"{number}@example.org",
        }
    ]


def test_an_address_that_is_refused_counts_against_its_own_letter_alone(act, notify):
    notify.refuses = {"ann@example.org"}
    queue(act, "ann@example.org", "bob@example.org")
    assert send(act, notify.url) == 1
    with reading(act.store.engine) as session:
        tries = {row.last_error: row.tries for row in session.exec(select(Message)).all()}
    assert tries == {"NotifyAddressError": 1, "": 0}


@pytest.mark.parametrize(
    ("status", "says"), [(429, "takes no more"), (500, "does not answer"), (403, "refused the portal's key")]
)
def test_what_is_no_letters_fault_is_held_against_none_and_said(act, notify, status, says):
    queue(act, "ann@example.org")
    notify.answers = status
    for turn in range(4):
        assert send(act, notify.url, timedelta(minutes=2 * turn)) == 0
    assert says in why(act)
    notify.answers = 201
    assert send(act, notify.url, timedelta(minutes=10)) == 1


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda url: url.replace("cccccccc-", "dddddddd-"), "key or template"),
        (lambda url: url.replace("aaaaaaaa-", "dddddddd-"), "key or template"),
        (lambda url: url.replace("live_key-", "").replace("-cccc", ""), "setting for mail"),
        (lambda url: f"{url.rpartition(':')[0]}:1", "does not answer"),
    ],
)
def test_a_wrong_key_template_or_place_is_said_and_loses_no_letter(act, notify, change, says):
    queue(act, "ann@example.org")
    assert send(act, change(notify.url)) == 0
    assert says in why(act)
    assert send(act, notify.url, timedelta(minutes=2)) == 1

"""The post against a real mail server that takes, refuses, puts off, hangs and goes away."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from models.record import Message
from portal.accounts.undelivered import tell_of_letters_given_up
from portal.ground.act import SYSTEM, Act, Role
from portal.ground.database import reading, transaction
from portal.record import delivery
from portal.record.delivery import MailRoute, deliver
from portal.record.outbox import SECRET_MARK, Letter, given_up, post, settle, show_secret, try_again, waiting
from tests.builders import a_person
from tests.conftest import NOW
from tests.mail_server import mail_server

# The server cannot tell that its own socket is one of TLS.
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
LETTER = Letter(template="news", to="ann@example.org", subject="News", body="Something is waiting for you.")


@pytest.fixture
def mail():
    with mail_server() as server:
        yield server


@pytest.fixture
def manager(act):
    return act.as_(a_person(act, "Priya Shah", Role.MANAGER))


def queue(act, *addresses, **more):
    with transaction(act.store.engine) as session:
        return [post(session, act, replace(LETTER, to=address, **more)) for address in addresses]


def send(act, mail, after=timedelta(0)):
    return deliver(act.store, MailRoute(smtp_url=mail.url, sender="portal@example.org"), act.at + after)


def rows(act):
    with reading(act.store.engine) as session:
        return session.exec(select(Message).order_by(Message.queued_at, Message.id)).all()


def test_what_waits_goes_over_one_connection_and_once(both_stores, mail):
    act = Act(store=both_stores, person=SYSTEM, at=NOW)
    queue(act, "ann@example.org", "bob@example.org", body=f"Your code is {SECRET_MARK}.", secret="493 177")
    assert send(act, mail) == 2
    assert send(act, mail) == 0
    assert sorted(mail.to) == ["ann@example.org", "bob@example.org"]
    assert mail.calls == mail.left == 1
    letter = mail.taken[0]
    assert letter["From"] == "portal@example.org"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Date"].datetime == NOW.replace(microsecond=0)
    assert letter["Message-ID"].endswith("@example.org>")
    assert "493 177" in letter.get_content()
    assert all(row.secret is None and row.sent_at for row in rows(act))


@pytest.fixture(params=["smtps", "smtp+starttls"])
def secured(request, tmp_path, monkeypatch):
    """Send what waits to a server with TLS that asks for a name and a password, and give that server."""

    def sent(act, *, went, gives="wren%3A%20harbour%2Flamp", trusted=True):
        queue(act, "ann@example.org")
        with mail_server(request.param, tmp_path, "portal%40anytown", gives) as mail:
            if trusted:
                monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "mail.pem"))
            assert send(act, mail) == went
        return mail

    return sent


def test_letters_go_over_tls_to_a_server_that_asks_for_a_name_and_a_password(act, secured):
    assert secured(act, went=1).to == ["ann@example.org"]


def test_nothing_goes_to_a_server_that_cannot_show_who_it_is(act, secured):
    assert (secured(act, went=0, trusted=False).taken, rows(act)[0].tries) == ([], 0)
    assert rows(act)[0].last_error == "SSLCertVerificationError"


def test_a_wrong_name_or_password_is_told_and_held_against_no_letter(manager, secured):
    assert (secured(manager, went=0, gives="wrong").taken, rows(manager)[0].tries) == ([], 0)
    assert "refused the portal's name or password" in waiting(manager)[0][0].state


@pytest.mark.parametrize("odd", ["=?us-ascii?q??=@example.org", "no address", "josé@example.org", "a@b@c"])
def test_an_odd_address_counts_against_its_own_letter_alone(act, mail, odd):
    queue(act, odd, "bob@example.org")
    assert send(act, mail) == 1
    assert mail.to == ["bob@example.org"]
    (bad,) = [row for row in rows(act) if row.sent_at is None]
    assert bad.tries == 1
    assert bad.last_error


def test_a_letter_whose_seal_is_damaged_counts_against_itself_alone(act, mail):
    damaged, _ = queue(act, "ann@example.org", "bob@example.org")
    with transaction(act.store.engine) as session:
        row = session.get_one(Message, damaged)
        row.body = row.body[:-1] + bytes([row.body[-1] ^ 1])
        session.add(row)
    assert send(act, mail) == 1
    assert mail.to == ["bob@example.org"]


def test_a_server_that_hangs_keeps_nobody_from_writing(act, mail):
    queue(act, "ann@example.org")
    mail.hangs = True
    sending = threading.Thread(target=send, args=(act, mail))
    sending.start()
    assert mail.reached.wait(5)
    queue(act, "bob@example.org")  # where the sender held the store, this would wait until it is refused
    assert sending.is_alive()
    mail.hangs = False
    sending.join()
    assert "ann@example.org" in mail.to


def test_a_server_that_is_away_is_held_against_no_letter(act, mail, monkeypatch):
    monkeypatch.setattr(delivery, "_TIMEOUT", 0.2)
    queue(act, "ann@example.org")
    mail.hangs = True
    for turn in range(100):
        assert send(act, mail, timedelta(minutes=2 * turn) if turn < 3 else timedelta(minutes=6)) == 0
    mail.hangs = False
    assert rows(act)[0].tries == 0
    assert "does not answer" in waiting(act.as_(a_person(act, "Priya Shah", Role.MANAGER)))[0][0].state
    assert mail.calls <= 4  # not a call every five seconds
    assert send(act, mail, timedelta(minutes=9)) == 1


def test_what_is_put_off_is_tried_again_and_arrives(act, mail):
    queue(act, "ann@example.org", "bob@example.org")
    mail.puts_off = {"ann@example.org"}
    assert send(act, mail) == 1
    assert send(act, mail, timedelta(seconds=30)) == 0
    assert send(act, mail, timedelta(minutes=2)) == 1


def test_whatever_is_only_put_off_is_never_given_up_before_it_is_too_old(act, mail):
    queue(act, "ann@example.org")
    after = timedelta(0)
    for _ in range(5):  # twice as often as an address that is refused for good
        mail.puts_off = {"ann@example.org"}
        assert send(act, mail, after) == 0
        after = rows(act)[0].next_try_at - act.at
    assert (rows(act)[0].tries, rows(act)[0].given_up_at) == (5, None)
    assert send(act, mail, after) == 1


def test_a_letter_whose_receipt_was_lost_goes_again_as_the_same(act, mail):
    queue(act, "ann@example.org", "bob@example.org")
    mail.loses = True
    assert send(act, mail) == 0
    mail.loses = False
    assert send(act, mail, timedelta(minutes=2)) == 2
    told = [(letter["To"], letter["Message-ID"]) for letter in mail.taken]
    assert len(told) == 4
    assert len(set(told)) == len({one for _, one in told}) == 2


def test_what_was_put_off_or_taken_under_a_wrong_clock_waits_for_no_such_day(act, mail):
    _, taken = queue(act, "ann@example.org", "bob@example.org")
    ahead = act.at + timedelta(days=400)
    with transaction(act.store.engine) as session:
        row = session.get_one(Message, taken)
        row.claimed_until = ahead + timedelta(minutes=3)
        session.add(row)
    mail.puts_off = {"ann@example.org"}
    assert deliver(act.store, MailRoute(smtp_url=mail.url, sender="portal@example.org"), ahead, give_up=False) == 0
    mail.puts_off = set()
    assert send(act, mail, timedelta(minutes=1)) == 2


def test_a_round_ends_in_its_time_and_the_next_one_goes_on(act, mail, monkeypatch):
    monkeypatch.setattr(delivery, "_ROUND", 0)
    queue(act, "ann@example.org", "bob@example.org")
    assert (send(act, mail), send(act, mail)) == (1, 1)
    assert sorted(mail.to) == ["ann@example.org", "bob@example.org"]


def test_waits_grow_to_days_and_an_address_refused_for_good_is_given_up(manager, mail):
    queue(manager, "gone@example.org")
    mail.refuses = {"gone@example.org"}
    waits, after = [], timedelta(0)
    while rows(manager)[0].given_up_at is None:
        send(manager, mail, after)
        waits.append(rows(manager)[0].next_try_at - manager.at - after)
        after += waits[-1] + timedelta(seconds=1)
    assert waits[0] < waits[1] < waits[2]
    assert len(waits) == rows(manager)[0].tries == 3
    assert rows(manager)[0].last_error == "SMTPRecipientsRefused"
    later = replace(manager, at=manager.at + after)
    assert given_up(later)[0] == 1
    assert tell_of_letters_given_up(later.as_(SYSTEM)) == 1
    assert tell_of_letters_given_up(later.as_(SYSTEM)) == 0
    assert send(manager, mail, after) == 1
    assert mail.to == [manager.person.email]
    assert "gone@example.org" not in mail.taken[0].get_content()


def test_the_manager_can_have_it_tried_again_at_once(manager, mail):
    queue(manager, "ann@example.org")
    mail.refuses = {"ann@example.org"}
    send(manager, mail)
    mail.refuses = set()
    assert send(manager, mail, timedelta(seconds=10)) == 0
    assert try_again(manager) == 1
    assert send(manager, mail, timedelta(seconds=10)) == 1
    assert try_again(manager) == 0


def test_what_is_too_old_to_be_of_use_is_not_tried_again(manager, mail):
    queue(manager, "ann@example.org", good_for=timedelta(hours=1))
    later = replace(manager, at=manager.at + timedelta(hours=2))
    assert try_again(later) == 0
    assert send(later, mail) == 0


def test_the_first_day_with_mail_does_not_send_the_backlog_of_years(act, mail):
    queue(act, "ann@example.org")
    later = Act(store=act.store, person=act.person, at=act.at + timedelta(days=400))
    queue(later, "bob@example.org")
    assert send(later, mail) == 1
    assert mail.to == ["bob@example.org"]


def test_a_letter_about_what_is_settled_stays_unsent(manager, mail):
    queue(manager, "ann@example.org", about="request:1")
    queue(manager, "bob@example.org", about="request:2")
    with transaction(manager.store.engine) as session:
        settle(session, manager, "request:1")
    assert send(manager, mail) == 1
    assert mail.to == ["bob@example.org"]
    assert waiting(manager) == ([], 0)


@pytest.mark.threat("DA2")
def test_two_senders_at_once_send_each_letter_once(both_stores, mail):
    act = Act(store=both_stores, person=SYSTEM, at=NOW)
    queue(act, *(f"p{n}@example.org" for n in range(8)))
    threads = [threading.Thread(target=send, args=(act, mail)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(mail.to) == sorted(f"p{n}@example.org" for n in range(8))


def test_a_secret_that_is_being_sent_is_not_shown_at_the_same_time(manager, mail):
    (message,) = queue(manager, "ann@example.org", body=SECRET_MARK, secret="493 177")
    with transaction(manager.store.engine) as session:
        row = session.get_one(Message, message)
        row.claimed_until = manager.at + timedelta(minutes=1)
        session.add(row)
    with pytest.raises(Exception, match="being sent"):
        show_secret(manager, message)

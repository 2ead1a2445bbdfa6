"""A clock that is set forward by mistake destroys nothing, and once it is put right it shuts nobody out and holds nothing up."""

import dataclasses
from datetime import timedelta

import pytest
from sqlmodel import select

from models.record import AuditEntry, Message
from portal.accounts.authentication.secret_links import LinkPurpose, live_link, make_link
from portal.accounts.authentication.sessions import person_of
from portal.accounts.authentication.sign_in import SignInRefusedError, sign_in
from portal.duties.asked import duties_of
from portal.duties.duty import DutyKind
from portal.duties.scheduled.digest import send_digests
from portal.duties.scheduled.due import do_what_is_due
from portal.ground import drafts
from portal.ground.act import PUBLIC, Role
from portal.ground.database import reading, transaction
from portal.ground.errors import NotAllowedError
from portal.ground.settings import load_settings
from portal.record.delivery import MailRoute, deliver
from portal.record.events import Event
from portal.record.outbox import Letter, post
from portal.retention.clock import clock_jump, confirm_clock
from tests.builders import a_partnership, a_person
from tests.mail_server import mail_server
from tests.request_builders import later, letters
from tests.unit.portal.accounts.conftest import PASSWORD, give_password

YEAR = 365


@pytest.fixture
def settings(tmp_path):
    return load_settings({"PORTAL_DATA_DIR": str(tmp_path)}, folder=tmp_path)


def deleted(done):
    return sum(ran.count for ran in done.deleted)


@pytest.fixture
def manager(act, settings):
    """An Information Manager of a portal that has run, with a draft that is past its time in a month."""
    a_partnership(act)
    found = give_password(act, a_person(act, "Priya Shah", Role.MANAGER))
    drafts.begin(act.as_(PUBLIC), "sign", {"name": "Ann Clerk"})
    do_what_is_due(act, settings)
    return found


@pytest.mark.threat("ES6")
@pytest.mark.threat("DA11")
def test_after_a_jump_nothing_is_deleted_until_the_manager_says_that_the_date_is_right(act, settings, manager):
    ahead = later(act, days=YEAR)
    with pytest.raises(SignInRefusedError):  # people are quicker than the hourly run, and write at the wrong date too
        sign_in(ahead, manager.email, "wrong", address="192.0.2.1")
    for _ in range(2):
        done = do_what_is_due(later(ahead, hours=1), settings)
        assert (deleted(done), done.failed) == (0, {})
        assert "Nothing is deleted until" in done.waits
    told = [one for one in duties_of(ahead.as_(manager)) if one.kind is DutyKind.RECORD]
    assert [one.button for one in told] == ["Look at the date"]
    with pytest.raises(NotAllowedError):
        confirm_clock(ahead.as_(PUBLIC))
    confirm_clock(later(ahead, hours=2).as_(manager))
    assert clock_jump(later(ahead, hours=2)) is None
    assert deleted(do_what_is_due(later(ahead, hours=3), settings)) == 1


@pytest.mark.threat("ES6")
def test_no_letter_is_too_old_while_nobody_knows_what_day_it_is(act, settings, manager):
    with transaction(act.store.engine) as writing:
        waits = post(writing, act, Letter(template="t", to="ann@example.org", subject="s", body="b"))
    with mail_server() as mail:
        away = dataclasses.replace(settings, smtp_url="smtp://127.0.0.1:1")
        do_what_is_due(later(act, days=YEAR), away)
        with reading(act.store.engine) as session:
            assert session.get(Message, waits).given_up_at is None
        do_what_is_due(later(act, hours=1), dataclasses.replace(settings, smtp_url=mail.url))
        assert "ann@example.org" in mail.to


def test_where_no_manager_comes_it_goes_on_after_fourteen_days_and_says_so(act, settings, manager):
    ahead = later(act, days=YEAR)
    waits = [bool(do_what_is_due(later(ahead, days=days), settings).waits) for days in range(16)]
    assert waits == [True] * 14 + [False] * 2
    assert counted(act, Event.CLOCK_CONFIRMED) == 1
    assert [to for to, _ in letters(act, "date-asked")] == [manager.email]


@pytest.mark.threat("ES6")
def test_a_clock_that_is_put_right_before_anybody_looked_goes_on_by_itself(act, settings, manager):
    assert do_what_is_due(later(act, days=YEAR), settings).waits
    assert not do_what_is_due(later(act, hours=5), settings).waits
    gone = [do_what_is_due(later(act, days=days), settings) for days in range(3, 40, 6)]
    assert [(done.waits, deleted(done)) for done in gone] == [("", 0)] * 5 + [("", 1)] + [("", 0)]


@pytest.mark.threat("ES6")
def test_what_was_begun_while_the_clock_was_wrong_shuts_nobody_out_and_lasts_no_year(act, settings, manager):
    ahead = later(act, days=YEAR)
    for n in range(6):
        with pytest.raises(SignInRefusedError):
            sign_in(later(ahead, hours=n), manager.email, "wrong", address="192.0.2.1")
    ann = give_password(act, a_person(act, "Ann Clerk", Role.CHAIR))
    session = sign_in(later(ahead, days=1), ann.email, PASSWORD, address="192.0.2.7").secret
    assert person_of(later(ahead, days=1), session).signed_in
    with transaction(act.store.engine) as writing:
        link = make_link(writing, ahead, LinkPurpose.INVITATION, "ann@example.org", timedelta(days=7))
        letter = post(writing, act, Letter(template="t", to="ann@example.org", subject="s", body="b"))
    with mail_server() as mail:
        away = MailRoute(smtp_url="smtp://127.0.0.1:1", sender="portal@example.org")
        deliver(act.store, away, ahead.at, give_up=False)
        send_digests(ahead, "https://portal.example")
        now = later(act, hours=1)
        assert not person_of(now, session).signed_in
        assert sign_in(now, manager.email, PASSWORD, address="192.0.2.1").secret
        with reading(act.store.engine) as session:
            assert live_link(session, now, LinkPurpose.INVITATION, link) is None
        assert deliver(act.store, MailRoute(smtp_url=mail.url, sender="portal@example.org"), now.at) >= 1
        with reading(act.store.engine) as session:
            assert session.get(Message, letter).sent_at is not None
    do_what_is_due(ahead, settings)
    before = counted(act, Event.RECORD_COMPARED)
    do_what_is_due(later(act, days=1), settings)
    assert counted(act, Event.RECORD_COMPARED) == before + 1, "each night, also after a night of a wrong date"


def counted(act, kind):
    with reading(act.store.engine) as session:
        return len(session.exec(select(AuditEntry).where(AuditEntry.event == kind.value)).all())

"""One letter a person and a morning about one thing, and reminders on working days alone."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlmodel import col, select

from models.record import Message
from portal.duties.scheduled import due
from portal.duties.scheduled.digest import DigestChoice, choose_digest
from portal.duties.scheduled.due import do_what_is_due
from portal.ground.act import Role
from portal.ground.database import reading, transaction
from portal.ground.settings import load_settings
from portal.record.letters import notify, reminding, told_today
from portal.requests.exchange.assigning import assign
from tests.builders import a_partnership, a_person, an_organisation
from tests.request_builders import a_district, a_request, an_urgent_request
from tests.signing_builders import a_manager, a_published_edition, a_signatory


def on(act, *day, hour=9):
    return replace(act, at=datetime(*day, hour, tzinfo=UTC))


@pytest.fixture
def settings(tmp_path):
    """A mail server is set, and does not answer: every letter waits where the tests can read it."""
    return load_settings({"PORTAL_DATA_DIR": str(tmp_path), "PORTAL_SMTP_URL": "smtp://127.0.0.1:1"}, folder=tmp_path)


def queued(act):
    """Each letter of the day that waits: its template, to whom, what it is about, and what it says."""
    opened = act.store.vault.open_text
    with reading(act.store.engine) as session:
        return [
            (
                row.template,
                opened(row.to, f"message.to:{row.id}"),
                row.about,
                opened(row.body, f"message.body:{row.id}"),
            )
            for row in session.exec(select(Message)).all()
            if row.queued_at.date() == act.at.date() and row.settled_at is None
        ]


def to(act, address):
    return sorted(template for template, whom, _, _ in queued(act) if whom == address)


def daily(act, *people):
    for person in people:
        choose_digest(act.as_(person), DigestChoice.DAILY)


def test_a_reminder_is_not_told_again_by_the_digest_of_its_morning(act, settings):
    district = a_district(act)
    a_request(act, district)
    daily(act, district.inspector)
    morning = on(act, 2026, 12, 2)
    for hour in range(3):
        do_what_is_due(replace(morning, at=morning.at.replace(hour=9 + hour)), settings)
    assert to(morning, district.inspector.email) == ["digest", "request-reminder"]
    (digest,) = (
        body for template, whom, _, body in queued(morning) if (template, whom) == ("digest", district.inspector.email)
    )
    assert "request" not in digest.partition("Sign in")[0]
    assert "- 2 returns to send" in digest
    do_what_is_due(on(act, 2026, 12, 3), settings)
    (digest,) = (body for _, whom, _, body in queued(on(act, 2026, 12, 3)) if whom == district.inspector.email)
    assert "- 1 request to answer" in digest


def test_who_heard_of_a_request_today_is_reminded_of_it_on_the_next_working_day(act, settings):
    district = a_district(act)
    request_id = a_request(act, district)
    friday = on(act, 2026, 12, 4, hour=7)  # seven working days on: nobody has run it before
    assign(friday.as_(district.inspector), request_id, district.officer.id)
    do_what_is_due(on(act, 2026, 12, 4), settings)
    assert to(friday, district.officer.email) == ["digest", "request-assigned"]
    do_what_is_due(on(act, 2026, 12, 5), settings)
    assert to(on(act, 2026, 12, 5), district.officer.email) == []
    do_what_is_due(on(act, 2026, 12, 7), settings)
    assert to(on(act, 2026, 12, 7), district.officer.email) == ["request-reminder"]


def test_of_two_reminders_of_one_record_the_graver_alone_is_sent(act, settings):
    district = a_district(act)
    request_id = an_urgent_request(act.as_(district.clerk), replace(district, clerk=district.parish_approver))
    monday = on(act, 2026, 11, 30)  # the portal stood still on the day when the record was due
    do_what_is_due(monday, settings)
    told = [
        template
        for template, whom, about, _ in queued(monday)
        if (whom, about) == (district.parish_approver.email, f"request:{request_id}")
    ]
    assert told == ["request-record-overdue"]
    do_what_is_due(on(act, 2026, 12, 1), settings)
    assert "request-record-due" not in to(on(act, 2026, 12, 1), district.parish_approver.email)


def test_a_morning_of_many_reminders_tells_nobody_twice_of_one_thing(act, settings):
    district = a_district(act)
    daily(act, district.inspector, district.officer, district.clerk, district.parish_approver)
    for make in (a_request, an_urgent_request):
        make(act, district)
    for day in ((2026, 11, 27), (2026, 11, 30), (2026, 12, 2)):
        do_what_is_due(on(act, *day), settings)
        told = Counter((whom, about) for _, whom, about, _ in queued(on(act, *day)))
        assert told
        assert max(told.values()) == 1, told


def test_a_reminder_that_was_never_sent_gives_way_to_what_is_newer(act, settings):
    district = a_district(act)
    a_request(act, district)
    daily(act, district.inspector)
    for day in (2, 9):
        do_what_is_due(on(act, 2026, 12, day), settings)
    with reading(act.store.engine) as session:
        waiting = session.exec(select(Message).where(col(Message.settled_at).is_(None))).all()
    left = Counter(
        row.template
        for row in waiting
        if act.store.vault.open_text(row.to, f"message.to:{row.id}") == district.inspector.email
    )
    assert (left["request-reminder"], left["digest"] + left["digest-late"]) == (1, 1)


def test_one_act_writes_nobody_twice_about_one_thing(act):
    a_partnership(act)
    manager = a_manager(act)
    a_signatory(act, manager, an_organisation(act, public_contact=manager.email), email="ann@thornby.example")
    assert to(act, manager.email).count("signed-manager") == 1
    assert "signed-organisation" not in to(act, manager.email)


@pytest.mark.clause("s13.agreement-review")
def test_nobody_is_asked_to_sign_again_on_a_bank_holiday_but_on_the_next_working_day(act, settings):
    a_partnership(act)
    manager = a_manager(act)
    a_signatory(act, manager, an_organisation(act))
    a_published_edition(act, begins="25 December 2026")
    for day, asked in ((25, 0), (26, 0), (28, 0), (29, 1)):
        do_what_is_due(on(act, 2026, 12, day), settings)
        assert sum(template == "sign-again" for template, *_ in queued(on(act, 2026, 12, day))) == asked, day


def test_whatever_reminds_waits_for_a_working_day(act, settings, monkeypatch):
    a_partnership(act)
    done = []
    monkeypatch.setattr(due, "REMINDERS", {"anything": lambda *_: done.append("reminded") or 1})
    for day in ((2026, 11, 28), (2026, 12, 25), (2026, 12, 28), (2027, 1, 1), (2027, 3, 26)):
        do_what_is_due(on(act, *day), settings)
        assert done == [], day
    do_what_is_due(on(act, 2026, 11, 27), settings)
    assert done == ["reminded"]
    # The record is no reminder; the 72 hours of the regulator run through weekends.
    assert set(due.ALWAYS) == {"rows of before", "the record", "the head of the record", "losses"}


def test_a_letter_of_a_damaged_address_keeps_nobody_from_being_told(act):
    manager = a_person(act, "Mina Manager", Role.MANAGER)
    with transaction(act.store.engine) as session:
        notify(session, act, "letters-given-up", manager.email, count=1, about="x")
    with transaction(act.store.engine) as session:
        session.exec(select(Message)).one().to = b"damaged"
    with transaction(act.store.engine) as session:
        assert told_today(session, act) == {("", "x")}
        assert notify(session, act, "letters-given-up", manager.email, count=1, about="x") == 1
    assert "letters-given-up" in reminding()


def test_told_today_is_whoever_got_a_letter_since_midnight_of_here_that_still_holds(act):
    """The nights of summer begin at 23:00 UTC; a letter that was settled or given up told nobody, nor one of a wrong clock."""
    at = {
        "yesterday": (2026, 6, 30, 22),
        "tonight": (2026, 6, 30, 23),
        "settled": (2026, 7, 1, 8),
        "given-up": (2026, 7, 1, 8),
        "next-year": (2027, 7, 1, 8),
    }
    with transaction(act.store.engine) as session:
        for word, (*day, hour) in at.items():
            notify(session, on(act, *day, hour=hour), "letters-given-up", f"{word}@example.org", count=1, about=word)
    with transaction(act.store.engine) as session:
        rows = {row.about: row for row in session.exec(select(Message)).all()}
        rows["settled"].settled_at = rows["given-up"].given_up_at = act.at
        session.add_all(rows.values())
    with reading(act.store.engine) as session:
        assert told_today(session, on(act, 2026, 7, 1)) == {("tonight@example.org", "tonight")}


def test_a_link_goes_to_whoever_was_told_and_lets_the_reminder_of_nobody_else_go(act):
    with transaction(act.store.engine) as session:
        notify(session, act, "letters-given-up", ["ann@example.org", "bo@example.org"], count=1, about="x")
        assert notify(session, act, "letters-given-up", "ann@example.org", secret="s", count=2, about="x") == 1
        assert notify(session, act, "letters-given-up", "ann@example.org", count=3, about="y") == 1
    assert sorted((whom, about, body.count("2")) for _, whom, about, body in queued(act)) == [
        ("ann@example.org", "x", 1),
        ("ann@example.org", "y", 0),
        ("bo@example.org", "x", 0),
    ]


def test_a_letter_gives_way_only_where_it_reminds_and_still_waits(act):
    with transaction(act.store.engine) as session:
        notify(session, act, "letters-given-up", "ann@example.org", count=1, about="x")
    with transaction(act.store.engine) as session:
        session.exec(select(Message)).one().sent_at = act.at
    for role in ("Officer", "Chair"):
        with transaction(act.store.engine) as session:
            notify(session, act, "role-given", "ann@example.org", role=role, about="x")
    with reading(act.store.engine) as session:
        kept = session.exec(select(Message)).all()
    assert sorted((row.template, row.settled_at) for row in kept) == [
        ("letters-given-up", None),
        ("role-given", None),
        ("role-given", None),
    ]


def test_what_goes_by_the_clock_reminds_and_nothing_else():
    assert reminding() == {
        "access-late",
        "access-soon",
        "access-view-late",
        "access-view-soon",
        "depersonalised-reminder",
        "digest",
        "digest-late",
        "letters-given-up",
        "passing-reminder",
        "request-draft-ends",
        "request-keeping-over",
        "request-keeping-overdue",
        "request-receipt-due",
        "request-record-due",
        "request-record-overdue",
        "request-reminder",
        "request-trouble-waits",
        "sign-again",
    }

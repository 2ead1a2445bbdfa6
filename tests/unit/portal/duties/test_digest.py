"""Reminders come as one message, as often as a person chose, on working days, and with no name in them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import col, select

from models.record import Message
from portal.duties.duty import DutyKind, called
from portal.duties.scheduled.digest import DigestChoice, choose_digest, digest_choice, send_digests
from portal.ground.act import PUBLIC, Role
from portal.ground.database import reading
from portal.ground.errors import AnswersNeededError, SignedOutError
from portal.record.audit import history
from tests.builders import a_partnership, a_person, an_organisation
from tests.request_builders import CANARY, a_district, a_request
from tests.return_builders import a_force

BASE = "https://portal.example"


def on(act, *day):
    return replace(act, at=datetime(*day, 9, 0, tzinfo=UTC))


def digests(act):
    with reading(act.store.engine) as session:
        rows = session.exec(
            select(Message).where(col(Message.template).startswith("digest")).order_by(Message.queued_at)
        ).all()
    opened = act.store.vault.open_text
    return [
        (opened(row.to, f"message.to:{row.id}"), row.subject, opened(row.body, f"message.body:{row.id}"))
        for row in rows
    ]


@pytest.mark.threat("PR7")
def test_a_digest_counts_what_is_asked_and_names_nobody(act):
    district = a_district(act)
    request_id = a_request(act, district)
    send_digests(on(act, 2026, 11, 26), BASE)
    told = {to: (subject, body) for to, subject, body in digests(act)}
    subject, body = told[district.inspector.email]
    assert "- 1 request to answer (the next by 1 December 2026)" in body
    assert subject == "Something is asked of you in the partnership's portal"
    for word in (CANARY, "Anytown", "Anyshire", "Ann Clerk", request_id):
        assert word not in subject + body
    assert f"{BASE}/to-do" in body


def test_every_kind_of_duty_has_words_of_its_own():
    assert all(len(called(kind)) == 2 for kind in DutyKind)


def test_nothing_asked_sends_nothing_and_a_second_run_sends_nothing_more(act):
    a_partnership(act)
    a_person(act, "Farah Khan", Role.CHAIR)
    assert send_digests(act, BASE) == 0
    a_person(act, "Ann Clerk", Role.APPROVER, organisation=an_organisation(act))
    assert (send_digests(act, BASE), send_digests(act, BASE)) == (1, 0)


@pytest.mark.clause("s11.quarterly")
def test_a_weekly_digest_comes_again_after_a_week_or_when_a_day_is_near_or_newly_past(act):
    _, person = a_force(act)
    times = {}
    for day in (
        (2026, 11, 25),
        (2026, 11, 26),
        (2026, 12, 2),
        (2026, 12, 8),
        (2026, 12, 24),
        (2026, 12, 29),
        (2027, 1, 4),
        (2027, 1, 5),
    ):
        times[day[1:]] = send_digests(on(act, *day), BASE)
    assert times == {
        (11, 25): 1,  # the first
        (11, 26): 0,  # the day after
        (12, 2): 1,  # a week later
        (12, 8): 0,
        (12, 24): 1,
        (12, 29): 1,  # no week later, but the day of the returns is near
        (1, 4): 1,  # they are late now
        (1, 5): 0,
    }
    assert digests(act)[-1][1] == "Something is late in the partnership's portal"
    assert person


@pytest.mark.parametrize(
    ("choice", "sent"),
    [
        (DigestChoice.DAILY, [1, 1]),
        (DigestChoice.WEEKLY, [1, 0]),
        (DigestChoice.LATE, [1, 0]),
        (DigestChoice.NEVER, [0, 0]),
    ],
)
def test_each_is_reminded_as_often_as_they_chose(act, choice, sent):
    _, person = a_force(act)
    mine = act.as_(person)
    choose_digest(mine, choice)
    choose_digest(mine, choice)
    assert digest_choice(mine) is choice
    changed = sum(one.event == "account:changed" for one in history(act.store, f"account:{person.id}"))
    assert changed == (choice is not DigestChoice.WEEKLY)
    assert [send_digests(replace(act, at=act.at + timedelta(days=days)), BASE) for days in (0, 1)] == sent


def test_only_late_is_only_late(act):
    district = a_district(act)
    a_request(act, district)
    for person in (district.inspector, district.officer, district.sergeant):
        choose_digest(act.as_(person), DigestChoice.LATE)
    send_digests(on(act, 2026, 11, 26), BASE)
    assert district.inspector.email not in [to for to, _, _ in digests(act)]
    send_digests(on(act, 2026, 12, 2), BASE)
    assert district.inspector.email in [to for to, _, _ in digests(act)]


def test_a_choice_is_asked_for_and_a_visitor_has_none(act):
    a_partnership(act)
    with pytest.raises(SignedOutError):
        digest_choice(act.as_(PUBLIC))
    with pytest.raises(SignedOutError):
        choose_digest(act.as_(PUBLIC), DigestChoice.DAILY)
    with pytest.raises(AnswersNeededError):
        choose_digest(act.as_(a_person(act, "Ann Clerk", Role.OFFICER)), None)


@pytest.mark.clause("s11.quarterly")
def test_a_letter_says_late_and_next_apart(act):
    a_force(act)
    send_digests(act, BASE)
    ((_, subject, body),) = digests(act)
    assert "late" in subject
    assert "late, the next by 31 December 2026)" in body

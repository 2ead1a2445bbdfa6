"""A loss of shared information: told at once, timed by today's law, followed to its closing (s9)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from models.breaches import Breach, BreachStep
from models.record import AuditEntry, Message
from portal.breaches.affected_records import things
from portal.breaches.follow_up import KEPT_YEARS, add_step, close_breach, purge_breaches, remind_of_breaches
from portal.breaches.reporting import NewBreach, report_breach
from portal.breaches.views import breach_history, breaches, open_breach
from portal.breaches.wording import ClosedError, NotContainedError
from portal.ground.act import PUBLIC, Role
from portal.ground.database import reading
from portal.ground.errors import AnswersNeededError, NotAllowedError, NotFoundError
from portal.ground.wording import new_id
from portal.statements.contacts import set_information_contact
from tests.builders import a_person, recorded
from tests.duty_helpers import asked as asked_of
from tests.meeting_builders import an_open_door
from tests.request_builders import CANARY, SECRET_FACT, a_district, a_request, later
from tests.return_builders import a_return
from tests.statement_builders import a_statement_in_force

pytestmark = pytest.mark.clause("s9.breach")
WHAT = f"An envelope about {CANARY} was left on a bus."
DONE = "The bus company looks for it."


@pytest.fixture
def district(act):
    return a_district(act)


@pytest.fixture
def chair(act):
    return a_person(act, "Cher Chair", Role.CHAIR)


@pytest.fixture
def manager(act):
    return a_person(act, "Max Manager", Role.MANAGER)


def new(about="other", **more):
    return NewBreach(**{"kind": "lost", "about": about, "what": WHAT, "done": DONE, **more})


def reported(act, person, about="other", **more):
    return report_breach(act.as_(person), new(about, **more), key=new_id())


def letters(act, template):
    with reading(act.store.engine) as session:
        rows = session.exec(select(Message).where(Message.template == template)).all()
    vault = act.store.vault
    return [
        (vault.open_text(m.to, f"message.to:{m.id}"), vault.open_text(m.body, f"message.body:{m.id}"), m) for m in rows
    ]


def step(act, person, breach_id, kind, words="Done."):
    add_step(act.as_(person), breach_id, kind, words, key=new_id())


def test_chair_manager_and_both_bodies_are_told_at_once_without_a_word_about_a_person(act, district, chair, manager):
    request_id = a_request(act, district)
    set_information_contact(act.as_(district.officer), "Data protection officer", "dpo@anyshire.police.uk")
    breach_id = reported(act, district.clerk, f"request:{request_id}")
    opened = open_breach(act.as_(manager), breach_id)
    assert (opened.originators, opened.concerned) == (("Anyshire Police",), (district.parish.name,))
    found = letters(act, "breach-reported")
    told = {to for to, _, _ in found}
    assert {person.email for person in (chair, manager, district.inspector, district.parish_approver)} <= told
    assert "dpo@anyshire.police.uk" in told
    assert district.outsider.email not in told
    step(act, district.clerk, breach_id, "contained")
    assert {to for to, _, _ in letters(act, "breach-step")} == told
    for _, body, row in found:
        assert opened.line.reference in body
        assert "28 November 2026 at 10:30am" in body
        for secret in (CANARY, "Mill Lane", "bus", "Anyshire"):
            assert secret not in body + row.subject


def test_the_regulators_clock_runs_for_72_hours_from_when_it_was_found(act, district, manager):
    breach_id = reported(act, district.clerk, found_now=False, found_on=date(2026, 11, 24), found_time="9:15")
    opened = open_breach(act.as_(manager), breach_id)
    assert opened.found_at == datetime(2026, 11, 24, 9, 15, tzinfo=UTC)
    assert opened.line.regulator_by == datetime(2026, 11, 27, 9, 15, tzinfo=UTC)
    assert opened.line.clock(act.at) == "46 hours left to tell the regulator"
    assert opened.line.clock(later(act, days=3).at) == "Past 72 hours"
    assert (opened.rule.period_hours, "UK GDPR Art 33" in opened.rule.source) == (72, True)


def test_the_summer_clock_is_read_as_people_read_it(act, district, manager):
    summer = replace(act, at=datetime(2026, 7, 3, 12, 0, tzinfo=UTC))
    breach_id = reported(summer, district.clerk, found_now=False, found_on=date(2026, 7, 3), found_time="12.30")
    assert open_breach(summer.as_(manager), breach_id).found_at == datetime(2026, 7, 3, 11, 30, tzinfo=UTC)


def test_a_loss_is_followed_to_its_closing_with_a_lesson(act, district, manager):
    breach_id = reported(act, district.clerk)
    mine = act.as_(manager)
    with pytest.raises(NotContainedError, match="how it was contained"):
        close_breach(mine, breach_id, "Lock the case.")
    step(act, district.clerk, breach_id, "contained", "The envelope came back unopened.")
    with pytest.raises(NotContainedError, match="Information Commissioner"):
        close_breach(mine, breach_id, "Lock the case.")
    step(act, district.parish_approver, breach_id, "regulator_not_needed", "Nobody had opened it.")
    with pytest.raises(AnswersNeededError):
        close_breach(mine, breach_id, " ")
    close_breach(mine, breach_id, "Post is carried in a locked case.")
    opened = open_breach(act.as_(district.clerk), breach_id)
    assert [one.kind for one in opened.steps] == ["contained", "regulator_not_needed"]
    assert (opened.lesson, opened.closed_by) == ("Post is carried in a locked case.", "Max Manager")
    with pytest.raises(ClosedError, match="Max Manager closed this"):
        step(act, district.clerk, breach_id, "note")
    with pytest.raises(ClosedError):
        close_breach(mine, breach_id, "Again.")
    assert [what for _, what, _ in breach_history(mine, breach_id)].count("closed a loss with its lesson") == 1
    everybody = {to for to, _, _ in letters(act, "breach-reported")}
    assert {manager.email, district.parish_approver.email} <= everybody
    assert {to for to, _, _ in letters(act, "breach-closed")} == everybody
    assert "breach:opened" in recorded(act, f"breach:{breach_id}")


def test_only_the_manager_closes_and_nobody_else_sees_what_does_not_concern_them(act, district, chair, manager):
    breach_id = reported(act, district.clerk, f"request:{a_request(act, district)}")
    for person in (district.outsider, a_person(act, "An Officer", Role.OFFICER)):
        for attempt in (
            lambda one: open_breach(one, breach_id),
            lambda one: breach_history(one, breach_id),
            lambda one: add_step(one, breach_id, "note", "x", key="k"),
        ):
            with pytest.raises(NotFoundError):
                attempt(act.as_(person))
        assert breaches(act.as_(person)) == []
    for person in (district.inspector, district.clerk, chair):
        assert open_breach(act.as_(person), breach_id).what == WHAT
        with pytest.raises(NotAllowedError):
            close_breach(act.as_(person), breach_id, "x")
    for attempt in (lambda: reported(act, PUBLIC), lambda: breaches(act.as_(PUBLIC))):
        with pytest.raises(NotAllowedError):
            attempt()


def test_what_a_person_may_not_see_cannot_be_named(act, district):
    request_id = a_request(act, district)
    codes = {one.code for one in things(act.as_(district.outsider))}
    assert f"request:{request_id}" not in codes
    for about in (f"request:{request_id}", "return:x", "", "meeting:' OR 1=1 --"):
        with pytest.raises(AnswersNeededError) as caught:
            reported(act, district.outsider, about)
        assert caught.value.problems == {"about": "Choose what was lost or got out."}


def test_whoever_chairs_names_a_meeting_that_was_held(act, chair):
    _, opened, _ = an_open_door(act, chair)
    after = later(act, days=1)
    assert [one.code for one in things(after.as_(chair))] == [f"meeting:{opened.id}"]
    assert reported(after, chair, f"meeting:{opened.id}")


def test_everybody_with_an_account_may_report(act):
    for role in Role:
        if role not in {Role.PARTNER, Role.APPROVER}:
            person = a_person(act, f"A {role.value}", role)
            assert open_breach(act.as_(person), reported(act, person)).reported_by == person.name


def test_a_request_a_return_and_a_statement_name_the_bodies_they_came_from_or_went_to(act, district, manager):
    request_id = a_request(act, district)
    found = open_breach(act.as_(manager), reported(act, district.officer, f"request:{request_id}"))
    assert (found.originators, found.concerned) == (("Anyshire Police",), (district.parish.name,))
    return_id = a_return(act.as_(district.officer), district.police)
    officer = a_person(act, "An Officer", Role.OFFICER)
    found = open_breach(act.as_(manager), reported(act, officer, f"return:{return_id}"))
    assert (found.originators, found.concerned) == (("Anyshire Police",), ())
    statement_id = a_statement_in_force(act, district)
    found = open_breach(act.as_(manager), reported(act, district.clerk, f"statement:{statement_id}"))
    assert (found.originators, found.concerned) == (("Anyshire Police",), (district.parish.name,))
    found = open_breach(act.as_(manager), reported(act, district.clerk, from_whom=district.council.id))
    assert found.originators == (district.council.name,)


def test_a_double_click_reports_and_records_once(act, district):
    mine = act.as_(district.clerk)
    first = report_breach(mine, new(), key="k1")
    assert report_breach(mine, new(), key="k1") == first
    with pytest.raises(NotFoundError):
        report_breach(act.as_(district.outsider), new(), key="k1")
    for _ in range(2):
        add_step(mine, first, "contained", "Found.", key="s1")
    with reading(act.store.engine) as session:
        assert len(session.exec(select(Breach)).all()) == 1
        assert len(session.exec(select(BreachStep)).all()) == 1
        events = session.exec(select(AuditEntry.event).where(AuditEntry.subject == f"breach:{first}")).all()
    assert sorted(events) == ["breach:reported", "breach:step-recorded"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "nonsense"}, "kind"),
        ({"what": "  "}, "what"),
        ({"done": ""}, "done"),
        ({"what": "x" * 4001}, "what"),
        ({"from_whom": "nobody"}, "from_whom"),
        ({"found_now": False}, "found_on"),
        ({"found_now": False, "found_on": date(2026, 11, 24), "found_time": "noon"}, "found_time"),
        ({"found_now": False, "found_on": date(2026, 11, 25), "found_time": "10:31"}, "found_on"),
        ({"found_now": False, "found_on": date(2024, 11, 25), "found_time": "10:31"}, "found_on"),
    ],
)
def test_what_is_missing_or_odd_is_asked_for_and_nothing_is_kept(act, district, wrong, field):
    with pytest.raises(AnswersNeededError) as caught:
        reported(act, district.clerk, **wrong)
    assert set(caught.value.problems) == {field}
    assert breaches(act.as_(district.clerk)) == []


def test_reminders_come_once_a_day_before_and_after_the_72_hours_unless_it_is_settled(act, district, manager):
    breach_id = reported(act, district.clerk)
    settled = reported(act, district.clerk)
    step(act, district.clerk, settled, "regulator_told", "Their reference is kept.")
    times = [timedelta(hours=47), timedelta(hours=49), timedelta(hours=50), timedelta(hours=73), timedelta(hours=99)]
    assert [remind_of_breaches(replace(act, at=act.at + one)) for one in times] == [0, 1, 0, 1, 0]
    assert all(letters(act, template) for template in ("breach-soon", "breach-late"))
    assert recorded(act, f"breach:{breach_id}").count("breach:reminded") == 2
    assert open_breach(act.as_(manager), breach_id).missing == "Record first how it was contained."
    assert asked_of(act, manager)["breach"] == 2


def test_what_was_written_is_sealed_and_deleted_when_its_time_is_over(act, district, manager):
    breach_id = reported(act, district.clerk)
    step(act, district.clerk, breach_id, "contained", SECRET_FACT)
    step(act, district.clerk, breach_id, "regulator_not_needed", "Nobody read it.")
    close_breach(act.as_(manager), breach_id, "Carry no paper.")
    with act.store.engine.connect() as connection:
        kept = b"".join(
            bytes(str(row), "utf8")
            for table in (Breach, BreachStep, AuditEntry)
            for row in connection.execute(select(table))
        )
    for secret in (CANARY, SECRET_FACT, "Carry no paper"):
        assert secret.encode() not in kept
    on = later(act, days=365 * KEPT_YEARS)
    assert purge_breaches(on) == 0
    after = later(act, days=366 * KEPT_YEARS + 1)
    assert [purge_breaches(after), purge_breaches(after)] == [1, 0]
    opened = open_breach(after.as_(manager), breach_id)
    assert (opened.what, opened.lesson, opened.steps[0].words) == ("", "", "")
    assert opened.purged_at == after.at

"""The one schedule of retention: it covers every column, each rule is run, and what it says happens."""

import json
import os
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Boolean, Date, Integer, event
from sqlmodel import Session, SQLModel, func, select

from models.accounts import Account
from models.agreements import PaperScan, Signature, SignedCopy
from models.record import AuditEntry, Message
from models.returns import Return, StoredDataReview
from models.statements import SharingStatement, StatementSignature
from portal.accounts.deletion import NOBODY
from portal.accounts.people import close
from portal.agreement.notices import notices
from portal.agreement.signing.copies import signed_copy
from portal.duties.scheduled.deletions import delete_what_is_past, deletions, what_would_go
from portal.ground import drafts
from portal.ground.act import PUBLIC, Role
from portal.ground.database import connect, transaction
from portal.ground.errors import AnswersNeededError, NotAllowedError, UnsafeStartError
from portal.ground.settings import load_settings
from portal.ground.vault import token
from portal.meetings.closed_session.urgent import ask
from portal.meetings.closed_session.wish import WishDetails
from portal.meetings.retention import KINDS
from portal.record.audit import verify
from portal.record.outbox import Letter, post
from portal.retention import runner
from portal.retention.purposes import PURPOSES
from portal.retention.schedule import Period, rule, schedule
from portal.returns.service.stored_data_review import review, stored, to_review
from portal.returns.service.views import open_records, view
from portal.returns.service.withdrawal import withdraw
from portal.statements.review import end_statement
from tests.builders import a_person, recorded
from tests.conftest import NOW
from tests.minutes_builders import a_hall
from tests.request_builders import a_district
from tests.return_builders import CANARIES, MESSY, a_force, a_return
from tests.signing_builders import REASONS, a_manager, a_signatory
from tests.statement_builders import a_statement_in_force
from tests.unit.portal.app.test_backup import a_value

NOT_WORDS = (Integer, Boolean, Date)


@pytest.fixture
def settings(tmp_path):
    return load_settings({"PORTAL_BACKUP_DIR": str(tmp_path / "backups")}, folder=tmp_path)


def later(act, **ago):
    return replace(act, at=act.at + timedelta(**ago))


def gone(act, settings):
    """How many things each rule deleted, of those that deleted any."""
    ran = delete_what_is_past(act, settings)
    assert not [one for one in ran if one.problem]
    return {one.rule.id: one.count for one in ran if one.count}


def rows(act, query):
    with Session(act.store.engine) as session:
        return session.exec(query).all()


def test_every_column_that_can_hold_words_or_bytes_stands_in_a_row_of_the_schedule():
    uncovered = [
        f"{table.name}.{column.name}"
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        if not (column.primary_key or column.foreign_keys or isinstance(column.type, NOT_WORDS))
        and "DateTime" not in type(column.type).__name__
        and not schedule().covers(table.name, column.name)
    ]
    assert uncovered == [], "say in portal/retention/schedule.toml how long these are kept, or why they stay"


# Texts in clear that are neither codes of 64 letters at most nor the name of who acted, and why each may be so.
IN_CLEAR = {
    "it is public: the register, the agreement, a meeting's door or a published table shows it": """
        agreement_edition.text agreement_edition.blanks agreement_edition.change edition_adoption.authorised
        edition_adoption.blanks edition_adoption.struck group_member.group_name information_contact.role meeting.name
        meeting.place organisation.name organisation.search_name organisation.slug organisation.public_contact
        organisation_former_name.name organisation_former_name.search_name partnership.name partnership.placeholders
        privacy_notice.choices privacy_notice.published_at publication.address published_table.content
        published_table.outlines published_table.sent_by published_table.not_sent_by published_table.notice
        signed_words.blanks withholding.exemption withholding.part""",
    "it is looked up by, in a store that its owner alone reads": "account.email link.email organisation.email_domain",
    "it names who acts in their post": "account.name accountability_signature.name edition_writer.name audit_entry.actor_name",
    "it is a code, an id, a hash or a choice that the portal wrote, never words": """
        account.password_hash accountability_answers.subject accountability_paper.subject agenda_item.source
        audit_entry.changes audit_entry.details audit_entry.subject breach.about_words confirmed_fact.fact
        meeting_minutes.grounds message.about message.last_error message.subject organisation_import.added
        organisation_import.invited withholding.marks""",
}


def test_every_text_that_is_not_under_seal_is_a_code_or_says_why_it_is_in_clear():
    more = "hash previous_hash rules rules_sha256 returns_hash based_on actor organisation_id event logo_type accent"
    codes = schedule().codes | set(f"{more} rows_field columns_field about about_id field subject".split())
    named = schedule().acted
    in_clear = {
        f"{table.name}.{column.name}"
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        if type(column.type).__name__ in {"AutoString", "String", "Text"}
        and not (column.primary_key or column.foreign_keys)
        if not (column.name in codes and 0 < (column.type.length or 0) <= 64)
        if not ((column.name in named or column.name.endswith("_by")) and 0 < (column.type.length or 0) <= 200)
    }
    assert in_clear == {column for columns in IN_CLEAR.values() for column in columns.split()}


def test_every_table_stands_in_a_row_and_every_row_names_what_exists():
    named = [*(one.holds for one in schedule().rules), *(one.tables for one in schedule().stays)]
    assert {table for row in named for table in row} == {one.name for one in SQLModel.metadata.sorted_tables}
    for row in named:
        for table, columns in row.items():
            assert set(columns) <= {"*"} | set(SQLModel.metadata.tables[table].columns.keys()), table


@pytest.mark.clause("s12.annual-review")
@pytest.mark.clause("s12.personal-retention")
def test_each_thing_is_kept_as_long_as_the_agreement_and_the_law_say_and_no_change_of_it_goes_unseen():
    kept = {one.id: (one.keep.number, one.keep.unit, one.changed_by) for one in schedule().rules}
    by = dict.fromkeys(kept, "nobody") | {
        "returns-reviewed": "officer",
        "requests": "organisation",
        "backups": "manager",
    }
    by |= {one: "manager" for one in kept if one.startswith("meetings-")}
    assert {one: said for one, (_, _, said) in kept.items()} == by
    assert " ".join(f"{one}:{number}{unit[0]}" for one, (number, unit, _) in kept.items()) == (
        "drafts:28d links:30d sessions:30d known-browsers:400d attempts:2d messages-sent:30d messages-unsent:6m absences:30d "
        "closed-accounts:12m returns-replaced:28d returns-reviewed:1y column-matching:2y wordings:2y return-questions:3y "
        "requests:6y requests-without-names:6y access-requests:3y losses:6y complaints:3y accountability:6y "
        "meetings-appendix:12m meetings-wishes:24m meetings-not_signed:3m meetings-attendance:24m "
        "meetings-undertakings:36m meetings-members:12m statements-ended:6y signers:6y agreement-reviews:6y backups:90d"
    )


@pytest.mark.threat("DA11")
def test_a_column_that_nobody_thought_of_is_noticed():
    assert not schedule().covers("quarterly_return", "caller_name")
    assert not schedule().covers("a_new_table", "words")


def test_every_rule_is_run(settings):
    run = [rule_id for rule_id, _ in deletions(settings, really=True)]
    assert len(set(run)) == len(run)
    assert set(run) == {one.id for one in schedule().rules}


def test_what_a_rule_deletes_is_held_for_a_purpose_that_the_privacy_page_names():
    assert {one for purpose in PURPOSES for one in purpose.rules} == {one.id for one in schedule().rules}


def test_times_that_stand_elsewhere_too_are_the_schedules():
    assert timedelta(days=rule("drafts").keep.days) == drafts.KEPT
    assert {one.id for one in schedule().rules if one.id.startswith("meetings-")} == {
        f"meetings-{kind}" for kind in KINDS
    }


@pytest.mark.parametrize(
    ("number", "unit", "on", "before"),
    [
        (28, "day", date(2026, 3, 1), date(2026, 2, 1)),
        (1, "month", date(2026, 3, 31), date(2026, 2, 28)),
        (6, "year", date(2024, 2, 29), date(2018, 2, 28)),
        (12, "month", date(2026, 1, 15), date(2025, 1, 15)),
    ],
)
def test_a_period_counts_back_by_the_calendar(number, unit, on, before):
    assert Period(number=number, unit=unit).before(on) == before


def _refers_to_nothing(raw, _record):
    raw.execute("PRAGMA foreign_keys=OFF")
    raw.execute("PRAGMA ignore_check_constraints=ON")


@pytest.mark.parametrize(
    ("rule_id", "moment", "more"),
    [
        ("links", "link.expires_at", []),
        ("sessions", "web_session.started_at", []),
        ("known-browsers", "known_browser.seen_at", []),
        ("attempts", "attempt.at", []),
        ("column-matching", "column_memory.confirmed_at", []),
        ("wordings", "wording_memory.used_at", []),
        ("return-questions", "return_query.closed_at", ["return_query_word.query_id"]),
        ("absences", "absence.last", []),
        ("agreement-reviews", "agreement_review.next_on", []),
        ("accountability", "accountability_paper.ended_at", ["accountability_signature.paper_id"]),
    ],
)
def test_a_row_goes_on_the_day_that_its_rule_says_and_not_before(act, settings, rule_id, moment, more):
    name, _, at = moment.partition(".")
    table = SQLModel.metadata.tables[name]
    event.listen(act.store.engine, "connect", _refers_to_nothing)
    act.store.engine.dispose()
    over = rule(rule_id).past(act.at)
    kept, past = over + timedelta(days=1), over - timedelta(days=2)

    def rows_of(name, **told):
        return {
            one.name: a_value(SQLModel.metadata.tables[name], one) for one in SQLModel.metadata.tables[name].columns
        } | told

    (key,) = [one.name for one in table.primary_key]
    with connect(act.store.engine) as connection:
        for number, when in enumerate((kept, past)):
            value = when.date() if isinstance(table.c[at].type, Date) else when
            unique = {one.name: f"{number}" for one in table.columns if isinstance(a_value(table, one), str)}
            unique |= {
                one.name: NOW.date() - timedelta(days=number) for one in table.columns if isinstance(one.type, Date)
            }
            connection.execute(table.insert().values(rows_of(table.name, **unique | {at: value})))
            for hangs, column in (one.split(".") for one in more):
                on = SQLModel.metadata.tables[hangs]
                own = {one.name: f"{number}" for one in on.primary_key} | {column: f"{number}"}
                connection.execute(on.insert().values(rows_of(hangs, **own)))
    assert gone(act, settings) == {rule_id: 1}
    with act.store.engine.connect() as connection:
        assert connection.execute(table.select()).mappings().one()[key] == "0"
        for hangs, column in (one.split(".") for one in more):
            assert connection.execute(SQLModel.metadata.tables[hangs].select()).mappings().one()[column] == "0"


def test_one_rule_that_fails_stops_no_other_and_says_so_without_what_it_touched(act, settings, caplog):
    drafts.begin(act.as_(PUBLIC), "sign", {"name": "Ann Clerk"})

    def fails(_act, _rule):
        raise ValueError("Ann Clerk")

    every = [("links", fails), *((one, do) for one, do in deletions(settings, really=True) if one == "drafts")]
    first, second = runner.run(later(act, days=40), every)
    assert (first.count, bool(first.problem), second.count, second.problem) == (0, True, 1, "")
    assert "Ann Clerk" not in caplog.text


def test_a_rehearsal_says_what_would_go_and_leaves_everything_as_it_is(act, settings):
    drafts.begin(act.as_(PUBLIC), "sign", {"name": "Ann Clerk"})
    after = later(act, days=40)
    before = len(rows(act, select(AuditEntry)))
    assert {one.rule.id: one.count for one in what_would_go(after, settings) if one.count} == {"drafts": 1}
    assert {one.rule.id: one.count for one in what_would_go(after, settings) if one.count} == {"drafts": 1}
    assert len(rows(act, select(AuditEntry))) == before
    assert gone(after, settings) == {"drafts": 1}
    assert gone(after, settings) == {}


def test_a_rehearsal_sees_what_the_rules_before_it_would_have_deleted(act, settings):
    hall = a_hall(act)
    wish = WishDetails(what="A van", to="The school", why="Soon")
    ask(act, hall.secrets["Ann Clerk"], token(), hall.meeting.id, wish)  # it hangs on a line of the list
    after = later(act, days=3 * 366)
    would = what_would_go(after, settings)
    assert not [one for one in would if one.problem]
    counted = {one.rule.id: one.count for one in would if one.count}
    assert counted["meetings-wishes"] == 1
    assert counted["meetings-attendance"] > 0
    assert gone(after, settings) == counted


def test_sent_messages_go_after_30_days_and_unsent_ones_after_six_months(act, settings):
    with transaction(act.store.engine) as session:
        for number in range(2):
            post(session, act, Letter(template="t", to=f"ann{number}@example.org", subject="s", body="b"))
    with transaction(act.store.engine) as session:
        session.exec(select(Message)).first().sent_at = act.at
    assert gone(later(act, days=29), settings) == {}
    assert gone(later(act, days=31), settings) == {"messages-sent": 1}
    assert gone(later(act, days=200), settings) == {"messages-unsent": 1}
    assert rows(act, select(Message)) == []
    assert json.loads(rows(act, select(AuditEntry))[-1].details)["count"] == 1


@pytest.mark.clause("s12.annual-review")
def test_a_replaced_return_loses_its_records_and_keeps_its_line_and_certificate(act, settings):
    force, person = a_force(act)
    mine = act.as_(person)
    first = a_return(mine, force, key="one")
    second = a_return(mine, force, MESSY.replace(b"Begging", b"Noise"), key="two")
    assert "returns-replaced" not in gone(later(act, days=27), settings)
    assert open_records(mine, first)[2] == 3
    assert gone(later(act, days=30), settings)["returns-replaced"] == 1
    assert open_records(mine, first) == ([], [], 0)
    assert view(mine, first).rows_kept == 3
    assert open_records(mine, second)[2] == 3
    (row,) = rows(act, select(Return).where(Return.id == first))
    assert act.store.vault.open(row.content, f"quarterly_return.content:{first}") == b""
    assert (row.report, bool(row.certificate), row.emptied_at is not None) == (None, True, True)
    assert verify(act.store).whole


def test_the_review_is_due_when_the_schedule_says_and_at_no_time_of_its_own(act, monkeypatch):
    force, person = a_force(act)
    a_return(act.as_(person), force)
    two_years = replace(rule("returns-reviewed"), keep=Period(number=2, unit="year"))
    monkeypatch.setattr("portal.returns.service.stored_data_review.rule", lambda _id: two_years)
    officer = later(act.as_(a_person(act, "Owen Pugh", Role.OFFICER)), days=366)
    assert to_review(officer) == []
    monkeypatch.undo()
    assert len(to_review(officer)) == 1


@pytest.mark.clause("s12.annual-review")
@pytest.mark.clause("s9.datasets-secured")
def test_once_a_year_the_officer_keeps_with_a_reason_or_deletes_for_good(act, settings):
    force, person = a_force(act)
    sent = a_return(act.as_(person), force)
    officer = act.as_(a_person(act, "Owen Pugh", Role.OFFICER))
    assert (len(stored(officer)), to_review(officer)) == (1, [])
    due = later(officer, days=365)
    (one,) = to_review(due)
    assert (one.organisation, one.records) == ("Anyshire Police", 3)
    with pytest.raises(AnswersNeededError) as missing:
        review(due, [], "key", keep=None, reason="")
    assert set(missing.value.problems) == {"which", "keep", "reason"}
    for nobody in (person, a_manager(act)):
        with pytest.raises(NotAllowedError):
            review(due.as_(nobody), [sent], "key", keep=True, reason="No")
        with pytest.raises(NotAllowedError):
            stored(due.as_(nobody))
    assert review(due, [sent], "key", keep=True, reason="The trend is still used.") == 1
    assert review(due, [sent], "key", keep=False, reason="The same click again.") == 0
    assert to_review(due) == []
    assert stored(due)[0].kept_why == "The trend is still used."
    again = later(officer, days=731)
    assert review(again, [one.return_id for one in to_review(again)], "next", keep=False, reason="Out of date.") == 1
    assert stored(again) == []
    assert open_records(again, sent) == ([], [], 0)
    assert view(again, sent).rows_kept == 3
    (row,) = rows(act, select(Return))
    assert not any(word in row.content for word in CANARIES)
    assert gone(again, settings).get("returns-replaced", 0) == 0
    reviewed = [one for one in recorded(act, f"return:{sent}") if one.endswith("-at-review")]
    assert reviewed == ["return:kept-at-review", "return:deleted-at-review"]


def test_a_withdrawn_return_is_emptied_at_once_and_its_reason_goes_too(act, settings):
    force, person = a_force(act)
    mine = act.as_(person)
    sent = a_return(mine, force)
    withdraw(mine, sent, "The wrong month was exported.")
    assert open_records(mine, sent) == ([], [], 0)
    assert view(mine, sent).report is None
    assert "returns-replaced" not in gone(later(act, days=27), settings)
    assert view(mine, sent).ended_reason == "The wrong month was exported."
    assert gone(later(act, days=30), settings)["returns-replaced"] == 1
    assert view(mine, sent).ended_reason == ""
    assert "returns-replaced" not in gone(later(act, days=31), settings)


def test_why_a_review_kept_or_deleted_records_goes_a_year_later_but_stays_with_stored_records(act, settings):
    force, person = a_force(act)
    sent = a_return(act.as_(person), force)
    officer = act.as_(a_person(act, "Owen Pugh", Role.OFFICER))
    review(later(officer, days=365), [sent], "one", keep=True, reason="The trend is still used.")
    assert "returns-reviewed" not in gone(later(act, days=800), settings)
    review(later(officer, days=801), [sent], "two", keep=True, reason="It is compared.")
    assert gone(later(act, days=802), settings)["returns-reviewed"] == 1
    assert [one.kept_why for one in stored(later(officer, days=1200))] == ["It is compared."]
    review(later(officer, days=1201), [sent], "three", keep=False, reason="Out of date.")
    assert gone(later(act, days=1202), settings)["returns-reviewed"] == 1
    assert "returns-reviewed" not in gone(later(act, days=1500), settings)
    assert gone(later(act, days=1570), settings)["returns-reviewed"] == 1
    assert set(rows(act, select(StoredDataReview.reason))) == {b""}
    assert verify(act.store).whole


@pytest.mark.clause("s12.personal-retention")
@pytest.mark.threat("DA11")
@pytest.mark.threat("PR11")
def test_who_signed_is_erased_six_years_after_the_organisation_left(act, settings):
    district, manager = a_district(act), a_manager(act)
    made = a_signatory(act, manager, email="jo@thornby.example")
    signed_copy(act.as_(manager), made.id, "https://portal.example")
    approver = a_person(act, "Jo Bell", Role.MANAGER)
    notices.give_notice(
        later(act, days=1).as_(approver), _body(act, made.id), notices.NoticeEffect.WITHDRAWAL, REASONS, key="x"
    )
    assert "signers" not in gone(later(act, days=5 * 366), settings)
    assert gone(later(act, days=7 * 366), settings)["signers"] == 2
    (row,) = rows(act, select(Signature).where(Signature.id == made.id))
    assert set(json.loads(act.store.vault.open_text(row.signer, f"signature.signer:{row.id}")).values()) == {""}
    assert rows(act, select(SignedCopy)) == rows(act, select(PaperScan)) == []
    assert len(rows(act, select(Signature).where(Signature.email_hash != ""))) == 3, "who has not left keeps its signer"
    assert gone(later(act, days=8 * 366), settings).get("signers") is None
    assert district


@pytest.mark.threat("DA11")
def test_a_closed_account_names_nobody_after_a_year(act, settings):
    a_district(act)
    boss = a_person(act, "Priya Shah", Role.MANAGER)
    clerk = a_person(act, "Nell Gone", Role.OFFICER)
    close(act.as_(boss), clerk.id)
    assert "closed-accounts" not in gone(later(act, days=300), settings)
    assert gone(later(act, days=400), settings)["closed-accounts"] == 1
    (row,) = rows(act, select(Account).where(Account.id == clerk.id))
    assert (row.name, row.position) == (NOBODY, "")
    assert "Nell" not in row.email


@pytest.mark.clause("s12.personal-retention")
def test_a_statement_goes_six_years_after_it_ended_and_one_in_force_stays(act, settings):
    district = a_district(act)
    ended = a_statement_in_force(act, district)
    end_statement(act.as_(district.parish_approver), ended, "It is no longer needed.")
    assert "statements-ended" not in gone(later(act, days=5 * 366), settings)
    assert gone(later(act, days=7 * 366), settings)["statements-ended"] == 1
    assert rows(act, select(func.count()).select_from(SharingStatement)) == [0]
    assert rows(act, select(func.count()).select_from(StatementSignature)) == [0]


def test_old_backups_go_and_nothing_else_in_their_folder_does(act, settings, tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()
    old, new, other = folder / "old.backup", folder / "new.backup", folder / "minutes.pdf"
    for path in (old, new):
        path.write_bytes(b"COMMUNITY-SAFETY-PORTAL-BACKUP-1\n...")
    other.write_bytes(b"%PDF")
    long_ago = (act.at - timedelta(days=91)).timestamp()
    for path in (old, other):
        os.utime(path, (long_ago, long_ago))
    os.utime(new, (act.at.timestamp(), act.at.timestamp()))
    assert {one.rule.id: one.count for one in what_would_go(act, settings) if one.count} == {"backups": 1}
    assert old.exists()
    assert gone(act, settings) == {"backups": 1}
    assert sorted(folder.iterdir()) == [other, new]


def _body(act, signature_id):
    (row,) = rows(act, select(Signature).where(Signature.id == signature_id))
    return row.organisation_id


@pytest.mark.parametrize(
    ("number", "unit", "on", "after"),
    [
        (1, "year", date(2028, 2, 29), date(2029, 3, 1)),
        (6, "month", date(2026, 8, 31), date(2027, 3, 1)),
        (1, "month", date(2026, 12, 31), date(2027, 1, 31)),
        (1, "month", date(2026, 11, 30), date(2026, 12, 30)),
        (28, "day", date(2026, 12, 31), date(2027, 1, 28)),
    ],
)
def test_a_period_ends_where_its_last_day_is_never_too_early(number, unit, on, after):
    assert Period(number=number, unit=unit).after(on) == after


def test_a_period_in_another_unit_is_refused_and_never_read_as_if_it_were_this_one():
    assert Period(number=2, unit="year").months == 24
    with pytest.raises(UnsafeStartError, match="72 months"):
        _ = Period(number=72, unit="month").years

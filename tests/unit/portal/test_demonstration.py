"""The demonstration is made through the portal's own services: what a visitor finds, and that it is loaded only once."""

import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import CheckConstraint
from sqlmodel import SQLModel, select
from starlette.applications import Starlette
from starlette.testclient import TestClient

from models.accountability import AccountabilityPaper, Complaint
from models.accounts import Absence, Account
from models.after_disclosure import LongerKeeping
from models.agreements import Notice, Signature, Standing
from models.breaches import Breach
from models.depersonalised_requests import DepersonalisedRequest
from models.drafts import Draft
from models.meetings import Attendance, Meeting, MeetingScan
from models.minutes import MeetingAction, MeetingMinutes, MeetingSaid, UrgentWish
from models.organisations import FormerName, Organisation
from models.record import AuditEntry, Message
from models.requests import Decision, InformationRequest, UrgentRecord
from models.return_queries import NotProvided, ReturnQuery
from models.returns import Return
from models.statements import AccessRequest, PrivacyNotice, SharingStatement, StatementSignature
from portal import demonstration
from portal.accounts.authentication.passwords import problem_with
from portal.accounts.authentication.sign_in import sign_in
from portal.app.backup import backup, restore
from portal.demonstration.files import file_of
from portal.demonstration.stage import read
from portal.duties.asked import duties_of
from portal.duties.duty import DutyKind
from portal.ground.act import PUBLIC, SYSTEM, Act, Person, Role, RolePost, Store, act_now
from portal.ground.database import engine_for, reading
from portal.ground.partnership import facts
from portal.ground.process.runtime import running
from portal.ground.vault import open_vault
from portal.meetings.minutes.actions import carried
from portal.meetings.minutes.stages import MinutesStage, stage_of
from portal.meetings.minutes.writing import minutes
from portal.record.audit import head, verify
from portal.record.row_digests import reconcile
from portal.rules.datasets.quarters import Quarter
from portal.rules.edition.editions import edition
from portal.web.routes import routes
from tests.attacks.test_routes import CLOSED
from tests.builders import a_person, a_session, an_organisation
from tests.conftest import NOW
from tests.duty_helpers import agrees, everyone
from tests.request_builders import a_signatory
from tests.unit.portal.app.test_key_rotation import opened

# What is done in two years, by the clauses of those who do it, and the letters that tell of it.
ACTS = set(
    """
    edition:authorised edition:adopted agreement:signed signature:confirmed signature:declined signature:queried
    agreement:suspended agreement:suspension-lifted agreement:left withholding:proposed
    request:sent request:sent-urgently request:opened request:assigned request:question-asked request:question-answered
    request:consultation-recorded request:consent-recorded request:consent-withdrawn request:decided request:withdrawn
    answer:opened answer:receipt-confirmed answer:trouble-reported answer:passing-on-asked answer:copy-destroyed
    answer:kept-longer data-request:sent data-request:answered data-request:declined
    return:sent return:nothing-to-report return:replaced return:withdrawn return:opened return:queried return:query-closed
    data-set:not-asked-of figures:proposed figures:published figures:withdrawn
    meeting:planned meeting:opened meeting:changed meeting:closed undertaking:signed attendance:signed
    attendance:signed-on-paper attendance:refused attendance:struck-out agenda:changed action:agreed action:done
    appendix:said-recorded urgent-wish:asked urgent-wish:decided minutes:saved minutes:circulated minutes:made-final
    minutes:published statement:begun statement:changed statement:signed statement:came-into-force
    access-request:logged access-request:originator-asked breach:reported complaint:received
    """.split()  # noqa: SIM905 - a list to read
)
LETTERS = set(
    """
    signed-signer signed-organisation signed-manager signature-asked signature-confirmed signature-declined standing-notice
    withholding edition-told request-sent request-waiting request-urgent request-assigned request-question request-reply
    request-decided request-withdrawn request-received request-trouble request-gone request-kept-longer
    request-consent-withdrawn passing-waiting depersonalised-waiting depersonalised-sent depersonalised-answered
    depersonalised-declined return-received return-question return-question-changed urgent-wish minutes-ready minutes-final
    meeting-copy statement-begun statement-your-turn statement-in-force statement-copy access-view-wanted breach-reported
    complaint-came
    """.split()  # noqa: SIM905 - a list to read
)
MOST_TRIED = 4  # rows of one kind
SIGN_NOTHING = {"minister", "tagging_provider", "housing_regulator", "prosecutor", "partnership", "health_board"}


@pytest.fixture(scope="module")
def loaded(tmp_path_factory, _template):
    """A store with the whole demonstration in it, loaded once for this module, and what the terminal was told."""
    folder, told = tmp_path_factory.mktemp("demonstration"), []
    store = _store(folder, _template)
    assert demonstration.load(store, told.append, now=NOW)
    yield store, told
    store.engine.dispose()


@pytest.fixture
def shown(loaded):
    return loaded[0]


def _store(folder, template):
    shutil.copy(template, folder / "portal.sqlite")
    engine = engine_for(f"sqlite:///{folder / 'portal.sqlite'}")
    return Store(engine=engine, vault=open_vault(folder / "keys" / "portal.json", may_make=True))


def all_of(store, table):
    with reading(store.engine) as session:
        return list(session.exec(select(table)).all())


def test_it_loads_into_an_empty_store_once_and_says_how_far_it_is(loaded):
    store, told = loaded
    before = head(store)
    assert not demonstration.load(store, told.append, now=NOW)
    assert head(store) == before
    assert told[0].startswith("Loading")
    assert facts(store).demonstration


def test_signatures_stand_in_every_status_and_both_editions_in_a_record_that_is_whole_and_in_order(shown):
    organisations = all_of(shown, Organisation)
    assert len(organisations) == 42  # two of them came of a split
    assert {row.kind for row in organisations} == {
        kind.id for kind in edition("2026").organisation_types
    } - SIGN_NOTHING
    signatures = all_of(shown, Signature)
    assert {row.status for row in signatures} == {"waiting", "asked", "confirmed", "declined"}
    assert {row.edition for row in signatures} == {"2009", "2026"}
    now = [row for row in all_of(shown, Standing) if row.ends_at is None]
    assert {row.status for row in now} == {"signed", "suspended", "left"}
    twice = [row.organisation_id for row in signatures if row.status == "confirmed"]
    assert max(twice.count(one) for one in twice) == 2
    moments = [row.at for row in sorted(all_of(shown, AuditEntry), key=lambda row: row.number)]
    assert moments == sorted(moments)
    assert moments[0] < NOW - timedelta(days=700)
    assert moments[-1] <= NOW
    assert verify(shown).whole
    assert reconcile(shown) == []  # every service that wrote a row of the register said so in its entry


def test_everybody_signs_in_with_the_one_password_that_the_terminal_tells(shown):
    first, *rest = demonstration.people()
    password = first.partition(": ")[2]
    assert problem_with(password, [line.partition(": ")[2] for line in rest]) == ""
    act = Act(store=shown, person=PUBLIC, at=NOW)
    for address in [one for line in rest for one in line.partition(": ")[2].split(", ")]:
        assert sign_in(act, address, password, address=f"10.0.0.{len(address)}").secret


def test_no_message_has_left_and_every_address_is_one_that_nobody_has(shown):
    messages = all_of(shown, Message)
    assert messages
    for one in messages:
        assert one.sent_at is None
        assert shown.vault.open_text(one.to, f"message.to:{one.id}").endswith("@example.org")


def test_a_year_of_meetings_is_closed_one_is_open_and_more_are_planned(shown):
    meetings = all_of(shown, Meeting)
    past = [row for row in meetings if row.closed_at is not None]
    assert len(past) >= 13
    assert len([row for row in meetings if row.opened_at and not row.closed_at]) == 1
    assert any(row.starts_at > NOW + timedelta(days=300) for row in meetings)
    lines = all_of(shown, Attendance)
    assert {"phone", "paper"} <= {row.how for row in lines}
    assert len([row for row in lines if row.struck_at]) == 1


def test_minutes_stand_at_every_stage_one_is_held_up_and_an_action_goes_from_meeting_to_meeting(shown):
    stages = {stage_of(row) for row in all_of(shown, MeetingMinutes)}
    assert stages == {MinutesStage.WRITTEN, MinutesStage.CIRCULATED, MinutesStage.FINAL, MinutesStage.PUBLISHED}
    draft = next(row for row in all_of(shown, MeetingMinutes) if stage_of(row) is MinutesStage.WRITTEN)
    chair = next(row.chair_id for row in all_of(shown, Meeting) if row.id == draft.meeting_id)
    led = Act(store=shown, person=a_chair(chair), at=NOW)
    assert [(one.place, one.kind) for one in minutes(led, draft.meeting_id).findings] == [
        ("Minutes, paragraph 2, word 7", "a phone number")
    ]
    restricted = next(row for row in all_of(shown, MeetingMinutes) if row.final_at and not row.published_at)
    assert restricted.marking
    assert restricted.meeting_id in {row.meeting_id for row in all_of(shown, MeetingSaid)}
    assert {row.done_at is None for row in all_of(shown, MeetingAction)} == {True, False}
    assert len(carried(led, draft.meeting_id)) >= 2
    assert [one.allowed for one in all_of(shown, UrgentWish) if one.decided_at is None] == [None]


def a_chair(account_id):
    return Person(id=account_id, name="The Chair", posts=frozenset({RolePost(role=Role.CHAIR, organisation_id=None)}))


def test_it_loads_on_a_bank_holiday_and_just_after_midnight(store):
    midnight = datetime(2026, 12, 25, 0, 5, tzinfo=UTC)
    assert demonstration.load(store, lambda _line: None, now=midnight, parts=frozenset({"meetings"}))
    assert verify(store).whole


# What no screen of the demonstration shows, and why. Each stands in a test of its own.
NOT_SHOWN = {
    ("agreement_edition", "state"): "an edition in work would ask every visitor to authorise or to sign it",
    ("edition_decision", "decision"): "as for the edition that it is about",
    ("agreement_review", "outcome"): {"new edition"},  # it asks for one, as above
    ("published_table", "status"): {
        "replaced"
    },  # a correction counts and attacks a whole table again: seconds of loading
    ("sharing_statement", "status"): {"replaced"},  # its new version would hide the one whose review is due
    ("complaint", "result"): {"upheld", "not_upheld"},  # the same screen as 'partly', with another sentence
    ("return_query", "closed_why"): {"explained", "withdrawn", "dropped"},  # the same line, with another word
    ("stored_data_review", "decision"): "returns are stored for less than the year after which they are reviewed",
}
_STATES = ("status", "state", "outcome", "result", "decision", "ended_why", "closed_why")


def test_every_state_that_a_screen_can_have_stands_there_or_it_is_said_why_not(shown):
    missing = {}
    for table in SQLModel.metadata.sorted_tables:
        for check in (one for one in table.constraints if isinstance(one, CheckConstraint)):
            for column, values in re.findall(r"^(\w+) IN \(([^)]*)\)$", str(check.sqltext)):
                if column in _STATES:
                    with shown.engine.connect() as connection:
                        found = set(connection.scalars(select(table.c[column]).distinct()))
                    left = set(re.findall(r"'([^']*)'", values)) - found - {""}
                    missing |= {(table.name, column): left} if left else {}
    assert {where: NOT_SHOWN.get(where) for where in missing} == {
        where: left if isinstance(NOT_SHOWN.get(where), set) else NOT_SHOWN.get(where)
        for where, left in missing.items()
    }
    assert set(NOT_SHOWN) == set(missing), "an exception that is none any more"


def test_people_and_meetings_stand_in_every_state_of_a_partnership_s_life(shown):
    organisations, meetings = all_of(shown, Organisation), all_of(shown, Meeting)
    assert {row.closed_at is None for row in organisations} == {True, False}
    assert any(row.merged_into_id for row in organisations)
    assert all_of(shown, FormerName)
    assert len([row for row in all_of(shown, Account) if row.closed_at]) == 2, "a manager and a Chair who left"
    assert {row.stand_in_id is None for row in all_of(shown, Absence)} == {True, False}
    assert any(row.changed_at for row in meetings)
    assert any(row.called_off_at for row in meetings)
    assert any(row.stopped_on for row in all_of(shown, AccessRequest))
    assert {row.closed_at is None for row in all_of(shown, Breach)} == {True, False}
    assert {row.told_at is None for row in all_of(shown, Complaint)} == {True, False}


def test_answers_are_kept_longer_and_an_urgent_record_is_not_there_yet(shown):
    assert all_of(shown, LongerKeeping)
    assert [one.completed_at for one in all_of(shown, UrgentRecord)] == [None]


def test_requests_stand_in_every_state(shown):
    requests = all_of(shown, InformationRequest)
    assert {row.status for row in requests} == {"waiting", "question", "decided", "withdrawn"}
    assert {row.outcome for row in all_of(shown, Decision)} == {"disclose", "in_part", "refuse"}
    assert {"seek_consent", "consult_first", "proceed", "proceed_conditions"} <= {row.outcome for row in requests}
    assert {row.edition for row in requests} == {"2009", "2026"}
    assert any(row.urgent for row in requests)
    assert len([row for row in all_of(shown, Draft) if row.journey == "request" and row.finished_at is None]) == 2


def test_eight_quarters_of_returns_are_sent_late_nil_replaced_and_withdrawn(shown):
    returns = all_of(shown, Return)
    assert len({row.quarter for row in returns}) == 8
    assert {row.ended_why for row in returns if row.ended_at} == {"replaced", "withdrawn"}
    assert any(row.nothing_to_report for row in returns)
    assert any(row.sent_at.date() > Quarter.parse(row.quarter).due for row in returns)
    assert all(row.rows_kept > 0 for row in returns if not row.nothing_to_report)
    assert {row.closed_why for row in all_of(shown, ReturnQuery)} == {"corrected", None}
    assert {row.data_set for row in all_of(shown, NotProvided)} == {"la-asb", "la-racial-incidents"}


def test_the_files_hold_what_must_be_taken_out_and_are_the_same_each_time():
    told = read("returns")
    entry = next(one for one in told["return"] if one["data_set"] == "police-incidents")
    content, name = file_of(entry, told, Quarter.parse("2026-Q3"))
    assert (content, name) == file_of(entry, told, Quarter.parse("2026-Q3"))
    assert any(last in content.decode("cp1252") for last in told["last_names"])


@pytest.mark.clause("app5.statement")
def test_statements_are_in_every_state_that_a_visitor_may_want_to_see(shown):
    with reading(shown.engine) as session:
        rows = session.exec(select(SharingStatement)).all()
        signed = dict.fromkeys((row.id for row in rows), 0)
        for one in session.exec(select(StatementSignature)).all():
            signed[one.statement_id] += 1
    found = sorted((row.status, signed[row.id], bool(row.review_on and row.review_on <= NOW.date())) for row in rows)
    assert found == [
        ("draft", 0, False),
        ("draft", 1, False),
        ("ended", 2, True),
        ("in_force", 2, False),
        ("in_force", 2, True),
    ]


@pytest.mark.clause("s16.public-list")
@pytest.mark.clause("s11.quarterly")
@pytest.mark.parametrize("days", [0, 180])
def test_what_is_asked_of_anybody_never_disagrees_with_the_register_and_the_lists(shown, days):
    agrees(Act(store=shown, person=SYSTEM, at=NOW + timedelta(days=days)))


@pytest.mark.clause("cover.versions")
@pytest.mark.clause("s4.ongoing-investigation")
@pytest.mark.clause("s6.prefer-depersonalised")
@pytest.mark.clause("s6.earliest-opportunity")
@pytest.mark.clause("s6.request.consent")
@pytest.mark.clause("s6.disclosure-in-writing")
@pytest.mark.clause("s7.matching-quality")
@pytest.mark.clause("s8.use-by-protocol")
@pytest.mark.clause("s10.confidentiality")
@pytest.mark.clause("s11.quarterly")
@pytest.mark.clause("s12.personal-retention")
@pytest.mark.clause("s16.declaration")
@pytest.mark.clause("s16.copy-to-information-manager")
@pytest.mark.clause("app6.frequency")
def test_each_act_stands_in_the_record_by_its_name_and_whom_it_concerns_had_a_letter(shown):
    assert sorted(ACTS - {row.event for row in all_of(shown, AuditEntry)}) == []
    assert sorted(LETTERS - {row.template for row in all_of(shown, Message)}) == []


def test_the_demonstration_shows_every_kind_of_thing_that_can_be_asked(shown):
    found = set()
    for days in (0, 180):
        act = Act(store=shown, person=SYSTEM, at=NOW + timedelta(days=days))
        found |= {duty.kind for person in everyone(shown) for duty in duties_of(act.as_(person))}
    # An edition in work is no part of the story: test_asked.py asks for it.
    assert set(DutyKind) - found == {DutyKind.EDITION}


def test_a_backup_of_it_restores_on_both_databases_with_its_record_whole(shown, both_stores, tmp_path):
    target = Store(engine=both_stores.engine, vault=shown.vault)
    assert backup(shown, tmp_path / "portal.backup") == restore(target, tmp_path / "portal.backup")
    assert verify(target) == verify(shown)
    assert reconcile(target) == []
    for table in SQLModel.metadata.sorted_tables:
        with shown.engine.connect() as before, target.engine.connect() as after:
            key = [column.name for column in table.primary_key]
            rows = [
                sorted(each.execute(select(table)).mappings().all(), key=lambda row: [str(row[name]) for name in key])
                for each in (before, after)
            ]
            assert rows[0] == rows[1], table.name


def test_everything_that_it_seals_is_sealed_for_the_place_of_its_row(shown):
    found, _ = opened(shown)
    assert len({place.partition(":")[0] for place in found}) > 40, "tables and columns"


# What each closed address is asked about: a new one stands here, so that others try it too.
ABOUT = {
    "/files/request/{id}.pdf": InformationRequest,
    "/files/audit-pack/{id}.pdf": InformationRequest,
    "/files/answer/{id}.pdf": InformationRequest,
    "/files/answer/{id}/{number:small}": InformationRequest,
    "/files/certificate/{id}.pdf": InformationRequest,
    "/files/data-request/{id}/{number:small}": DepersonalisedRequest,
    "/files/statement/{id}.pdf": SharingStatement,
    "/files/access-request/{id}.pdf": AccessRequest,
    "/files/privacy-notice/{id}.{form}": PrivacyNotice,
    "/files/complaint/{id}.pdf": Complaint,
    "/files/accountability/{id}.{form}": AccountabilityPaper,
    "/signature/copy/{id}": Signature,
    "/signature/scan/{id}": Signature,
    "/notice/copy/{id}": Notice,
    "/meeting/list": Meeting,
    "/meeting/sheet": Meeting,
    "/meeting/agenda": Meeting,
    "/meeting/minutes": Meeting,
    "/meeting/about": Meeting,
    "/meeting/scan": MeetingScan,
    "/meeting/appendix": MeetingAction,
    "/return/certificate": Return,
    "/return/certificate.json": Return,
    "/return/problems.csv": Return,
}
# What is one's own, or of the whole partnership and asked for without an id; its own tests hold who opens it.
OF_ONESELF = set(
    """
    /sign/copy /meeting/diary /meeting/feed/{key}.ics /files/my-data.zip /files/organisation.zip /files/record.csv
    /files/partnership.zip /calendar.ics /calendar/{key}.ics
    """.split()  # noqa: SIM905 - a list to read
)


@pytest.fixture
def world_of_two(shown, tmp_path, monkeypatch):
    """A copy of the demonstration, as a portal: one more organisation that signed, and made what the story lacks."""
    folder = tmp_path / "copy"
    shutil.copytree(Path(shown.engine.url.database).parent, folder)
    monkeypatch.setenv("PORTAL_DATA_DIR", str(folder))
    monkeypatch.delenv("PORTAL_DATABASE_URL", raising=False)
    running.cache_clear()
    act = act_now(running().store, SYSTEM)
    others = an_organisation(act, "Quorn Parish Council")
    a_signatory(act, others)
    yield act, a_person(act, "Otto Other", Role.PARTNER, Role.APPROVER, organisation=others)
    running().store.engine.dispose()
    running.cache_clear()


@pytest.mark.threat("AZ1")
def test_no_address_of_what_belongs_to_one_organisation_opens_for_another(world_of_two):
    act, stranger = world_of_two
    assert {route.path for route in CLOSED} == ABOUT.keys() | OF_ONESELF
    ids = {table: [row.id for row in all_of(act.store, table)] for table in set(ABOUT.values())}
    asked = next(one for one in all_of(act.store, InformationRequest) if one.paper is not None)
    ids[InformationRequest].insert(0, asked.id)
    insider = next(one for one in everyone(act.store) if one.organisation_id == asked.asking_organisation_id)
    opened_by = {stranger.id: set(), insider.id: set()}
    for who in (stranger, insider):
        client = TestClient(Starlette(routes=routes()), base_url="http://127.0.0.1:8501", follow_redirects=False)
        client.cookies.set("portal_session", a_session(act, who))
        for path, table in ABOUT.items():
            for key in ids[table][: MOST_TRIED if who is stranger else 1]:
                at = path.replace("{id}", key).replace("{number:small}", "1").replace("{form}", "pdf")
                answer = client.get(at, params={} if "{id}" in path else {"id": key, "return": key})
                assert answer.status_code in {200, 303, 404, 409}, at
                opened_by[who.id] |= {path} if answer.status_code == 200 else set()
    assert opened_by[stranger.id] == set()
    assert opened_by[insider.id] >= {"/files/request/{id}.pdf", "/files/audit-pack/{id}.pdf"}, "its own opens"

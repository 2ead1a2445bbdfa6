"""Data without names: a short form of its own, no check, answered by whoever acts for the holder; nobody is named in any part."""

import json

import pytest
from sqlmodel import select

from models.depersonalised_requests import DepersonalisedFile, DepersonalisedRequest
from models.record import AuditEntry
from models.requests import InformationRequest
from portal.ground.act import Role
from portal.ground.database import reading, transaction
from portal.ground.errors import AnswersNeededError, NotAllowedError, NotFoundError
from portal.partnership.places.list_reading import read_names
from portal.partnership.places.place_lists import load_list
from portal.partnership.places.secret_places import add_secret
from portal.record.audit import record
from portal.record.events import Event
from portal.requests.depersonalised import figure_files
from portal.requests.depersonalised.answers import answer_without_names, decline_without_names, remind_of_data
from portal.requests.depersonalised.deletion import delete_without_names
from portal.requests.depersonalised.depersonalised_request import (
    ask_without_names,
    kinder_start,
    withdraw_without_names,
)
from portal.requests.depersonalised.figure_files import read_figures
from portal.requests.depersonalised.views import data_file, data_request, data_requests
from portal.requests.entitlement import Side
from portal.requests.errors import AlreadyDecidedError, FileRefusedError, NotYourTurnError, OwnRequestError
from portal.requests.exchange.deciding import decide
from portal.requests.exchange.decisions import RequestDecision
from portal.retention.schedule import rule
from tests.attacks.hostile_files import stray_corner
from tests.builders import a_person
from tests.duty_helpers import asked as asked_of
from tests.request_builders import (
    CANARY,
    a_data_request,
    a_district,
    a_request,
    a_shared_request,
    holders,
    later,
    letters,
    wanted,
    written_to,
)
from tests.spreadsheets import text, xlsx

pytestmark = pytest.mark.clause("s6.prefer-depersonalised")

FIGURES = b"Month,Calls\nMarch 2026,11\nApril 2026,4\n"


@pytest.fixture
def district(act):
    return a_district(act)


def a_book(*sheets):
    return xlsx(dict(sheets))


def kept_of(name, content, year=2026):
    (kept,) = read_figures([(name, content)], year)
    return kept.name, kept.content.decode("utf-8-sig").split()


def test_it_goes_to_the_holder_and_needs_no_check_and_no_draft(act, district):
    request_id = a_data_request(act, district)
    seen = data_request(act.as_(district.officer), request_id)
    assert (seen.side, seen.asking, seen.status) == (Side.HOLDING, "Anytown Parish Council", "waiting")
    assert seen.what.startswith("Calls about noise")
    assert asked_of(act, district.officer)["figures"] == 1
    assert {to for to, _ in letters(act, "depersonalised-waiting")} == {
        district.officer.email,
        district.inspector.email,
        district.sergeant.email,
    }
    assert [to for to, _ in letters(act, "depersonalised-sent")] == [district.clerk.email]
    with reading(act.store.engine) as session:
        assert session.exec(select(InformationRequest)).all() == []


def test_pressing_twice_sends_one(act, district):
    first, second = (ask_without_names(act.as_(district.clerk), "key", wanted(district)) for _ in range(2))
    assert first == second
    assert len(data_requests(act.as_(district.clerk))) == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("what", f"How often {CANARY} was stopped"),
        ("what", "Calls to 14 Mill Lane"),
        ("purpose", "To ring 07700 900123"),
        ("what", " "),
        ("purpose", ""),
        ("what", "x" * 2001),
        ("detail", "names"),
        ("holder", ""),
        ("holder", "own"),
        ("wanted_by", ("", "", "")),
        ("wanted_by", ("31", "2", "2027")),
        ("wanted_by", ("25", "11", "2026")),
    ],
)
def test_a_form_that_names_somebody_or_leaves_something_out_is_not_sent(act, district, field, value):
    value = district.parish.id if value == "own" else value
    with pytest.raises(AnswersNeededError) as refused:
        ask_without_names(act.as_(district.clerk), "key", wanted(district, **{field: value}))
    assert set(refused.value.problems) == {field}
    assert CANARY not in str(refused.value.problems)


def test_an_answer_in_words_and_a_file_reaches_everybody_of_the_asking_side(act, district):
    request_id = a_data_request(act, district)
    answer_without_names(
        act.as_(district.officer), request_id, "Most were on Saturdays.", [("Calls by month.csv", FIGURES)]
    )
    seen = data_request(act.as_(district.parish_approver), request_id)
    assert (seen.answer, seen.answered_by, seen.files[0].name) == (
        "Most were on Saturdays.",
        "Olu Desk",
        "Calls by month.csv",
    )
    _, content = data_file(act.as_(district.colleague), request_id, 1)
    assert "March 2026,11" in content.decode("utf-8-sig")
    assert [to for to, _ in letters(act, "depersonalised-answered")] == [district.clerk.email]
    with reading(act.store.engine) as session:
        row, file = session.exec(select(DepersonalisedRequest)).one(), session.exec(select(DepersonalisedFile)).one()
        entry = session.exec(select(AuditEntry).where(AuditEntry.event == "data-request:answered")).one()
    assert b"Saturdays" not in row.answer
    assert b"March" not in file.content
    assert json.loads(entry.details)["files"] == 1


@pytest.mark.clause("s6.no-identifiers")
@pytest.mark.parametrize(
    "rows",
    [
        [["Name", "Calls"], [CANARY, 3]],
        [["Where", "Calls"], ["14 Mill Lane", 3]],
        [["Where", "Calls"], ["LE1 4AB", 3]],
        [["First", "Last"], ["Zebulon", "Quillfeather"]],
        [["Note"], ["ring 07700 900123"]],
        [["Born"], ["born 4 May 1990"]],
    ],
)
def test_a_file_that_points_to_a_person_is_refused_and_nothing_is_kept(act, district, rows):
    request_id = a_data_request(act, district)
    with pytest.raises(FileRefusedError) as refused:
        answer_without_names(act.as_(district.officer), request_id, "Here.", [("a.xlsx", a_book(("Data", rows)))])
    assert "Row 2" in refused.value.message
    assert "Zebulon" not in refused.value.message
    assert data_request(act.as_(district.officer), request_id).waits


def test_what_lies_hidden_in_a_workbook_stays_behind():
    book = xlsx(
        {"Figures": [["Month", "Who", "Calls"], ["March", CANARY, 11]], "Names": [[CANARY]]},
        hidden_columns=[("Figures", "B")],
        hidden_sheets=["Names"],
        comments=[("Figures", "A1", f"Ask {CANARY}")],
        title=CANARY,
    )
    assert kept_of("Calls.xlsx", book) == ("Calls.csv", ["Month,Calls", "March,11"])


def test_a_cell_in_the_last_corner_costs_nothing():
    book = stray_corner([["Month", "Calls"], ["March", "11"]])
    assert len(book) < 6_000
    assert kept_of("a.xlsx", book)[1] == ["Month,Calls", "March,11"]


def test_a_file_is_read_in_a_limited_child_and_only_for_whoever_may_answer(act, district, monkeypatch):
    request_id = a_data_request(act, district)
    read = []
    monkeypatch.setattr(figure_files, "read_limited", lambda source, _job: read.append(source))
    for stranger in (district.colleague, district.outsider):
        with pytest.raises((NotFoundError, NotAllowedError)):
            answer_without_names(act.as_(stranger), request_id, "Three.", [("a.csv", FIGURES)])
    assert read == []


def test_a_file_on_which_the_reader_dies_is_refused_in_words(monkeypatch):
    monkeypatch.setattr("portal.spreadsheets.limits.TEXT_MEMORY_BYTES", 1)
    with pytest.raises(FileRefusedError) as refused:
        # Large, since a child that is ready may read a small file in the memory that it has already.
        read_figures([("a.csv", FIGURES + b"\n" * 1_900_000)], 2026)
    assert "memory" in refused.value.message


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"%PDF-1.7"),
        ("a.csv", b""),
        ("a.csv", b"\x00\x00\x00"),
        ("a.csv", b"x" * (2 * 1024 * 1024 + 1)),
        ("a.xlsx", b"PK\x03\x04 not a workbook"),
        ("a.xlsx", a_book(("One", [["a"]]), ("Two", [["b"]]))),
        ("a.xlsx", a_book(("One", []))),
        ("a.csv", text([["1"] * 200] * 501)),
        (f"{CANARY}.csv", FIGURES),
    ],
)
def test_a_file_that_cannot_be_read_whole_is_refused(name, content):
    with pytest.raises(FileRefusedError):
        read_figures([(name, content)], 2026)


def test_a_formula_comes_back_as_words():
    assert kept_of("a.csv", b"Month,Calls\nMarch,=1+1\n")[1] == ["Month,Calls", "March,'=1+1"]


def test_a_listed_place_names_nobody_and_a_secret_one_is_not_told(act, district):
    request_id, holder = a_data_request(act, district), act.as_(district.officer)
    table = text([["Ward", "Calls"], ["Ellis", "14"]])
    with pytest.raises(FileRefusedError, match="a person's name"):
        answer_without_names(holder, request_id, "", [("a.csv", table)])
    steward = act.as_(a_person(act, "Owen Pugh", Role.OFFICER))
    load_list(steward, "wards", read_names(b"Ellis\n", "wards"))
    add_secret(steward, "Wren House, 7 Mill Lane")
    with pytest.raises(FileRefusedError, match="must not be told") as refusal:
        answer_without_names(holder, request_id, "", [("a.csv", table + b"7 Mill Lane,5\n")])
    assert "Mill" not in str(refusal.value)
    answer_without_names(holder, request_id, "", [("a.csv", table)])


def test_an_answer_in_words_points_to_nobody_either(act, district):
    request_id = a_data_request(act, district)
    for words in (f"Three, all by {CANARY}.", " ", "x" * 10_001):
        with pytest.raises(AnswersNeededError):
            answer_without_names(act.as_(district.officer), request_id, words)
    with pytest.raises(FileRefusedError):
        answer_without_names(act.as_(district.officer), request_id, "Four files.", [("a.csv", FIGURES)] * 4)


def test_declining_needs_a_reason_and_closes_it(act, district):
    request_id = a_data_request(act, district)
    with pytest.raises(AnswersNeededError):
        decline_without_names(act.as_(district.officer), request_id, " ")
    decline_without_names(act.as_(district.officer), request_id, "We do not record it by street.")
    seen = data_request(act.as_(district.clerk), request_id)
    assert (seen.status, seen.answer) == ("declined", "We do not record it by street.")
    assert [to for to, _ in letters(act, "depersonalised-declined")] == [district.clerk.email]
    for again in (answer_without_names, decline_without_names):
        with pytest.raises(AlreadyDecidedError):
            again(act.as_(district.inspector), request_id, "Three.")


def test_nobody_answers_their_own_and_the_asking_side_answers_nothing(act, district):
    request_id = a_data_request(act, district)
    with pytest.raises(NotFoundError):
        answer_without_names(act.as_(district.colleague), request_id, "Three.")
    both = a_person(act, "Bo Both", Role.PARTNER, organisation=district.police)
    both = type(both)(**{**vars(both), "posts": both.posts | district.clerk.posts})
    with pytest.raises(OwnRequestError):
        answer_without_names(act.as_(both), request_id, "Three.")


def test_a_colleague_withdraws_it_while_it_waits(act, district):
    first, second = a_data_request(act, district), a_data_request(act, district)
    for _ in range(2):
        withdraw_without_names(act.as_(district.colleague), first)
    assert written_to(act, "depersonalised-withdrawn") == holders(district)
    with pytest.raises(NotYourTurnError):
        answer_without_names(act.as_(district.officer), first, "Three.")
    answer_without_names(act.as_(district.officer), second, "Three.")
    with pytest.raises(NotYourTurnError):
        withdraw_without_names(act.as_(district.clerk), second)
    with pytest.raises(NotFoundError):
        withdraw_without_names(act.as_(district.officer), first)


def test_the_holder_is_reminded_after_five_working_days_and_every_five_after(act, district):
    a_data_request(act, district)
    assert [remind_of_data(later(act, days=days)) for days in (6, 7, 8, 14)] == [0, 1, 0, 1]


@pytest.mark.clause("s12.personal-retention")
def test_all_of_it_goes_six_years_after_the_answer_the_withdrawal_or_the_asking_where_nobody_answered(act, district):
    answered, withdrawn, _ = (a_data_request(act, district) for _ in range(3))
    figures = [("calls.csv", FIGURES)]
    answer_without_names(later(act, days=30).as_(district.officer), answered, "Three.", figures)
    withdraw_without_names(later(act, days=60).as_(district.clerk), withdrawn)
    left = []
    for days in (6 * 365, 6 * 366, 6 * 366 + 30, 6 * 366 + 60):
        at = later(act, days=days)
        with transaction(act.store.engine) as session:
            delete_without_names(session, at, rule("requests-without-names"))
            record(session, at, Event.SETTINGS_CHANGED, "partnership:1")
        with reading(act.store.engine) as session:
            statuses = {one.status for one in session.exec(select(DepersonalisedRequest))}
            left.append((statuses, len(session.exec(select(DepersonalisedFile)).all())))
    assert left == [
        ({"waiting", "answered", "withdrawn"}, 1),
        ({"answered", "withdrawn"}, 1),
        ({"withdrawn"}, 0),
        (set(), 0),
    ]


def test_a_refusal_that_offers_figures_leads_into_the_form_with_whom_to_ask_and_no_word_about_a_person(act, district):
    request_id = a_request(act, district)
    with pytest.raises(NotFoundError):
        kinder_start(act.as_(district.clerk), request_id)
    verdict = RequestDecision(outcome="refuse", reason="Figures would do.", alternative="depersonalised")
    decide(act.as_(district.inspector), request_id, verdict)
    start = kinder_start(act.as_(district.clerk), request_id)
    assert (start.holder, start.after, start.what, start.purpose) == (district.police.id, request_id, "", "")
    data_id = a_data_request(act, district, after=request_id)
    assert data_request(act.as_(district.clerk), data_id).after == request_id
    for stranger in (district.inspector, district.outsider):
        with pytest.raises(NotFoundError):
            kinder_start(act.as_(stranger), request_id)
    with pytest.raises(NotFoundError):
        kinder_start(act.as_(district.clerk), a_shared_request(act, district))

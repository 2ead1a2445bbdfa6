"""Data without names: a short form of its own, no check, answered by whoever acts for the holder; nobody is named in any part."""

import io
import json

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from sqlmodel import select

from models.depersonalised_requests import NamelessFile, NamelessRequest
from models.record import AuditEntry
from models.requests import InformationRequest
from portal.ground.act import Role
from portal.ground.database import reading
from portal.ground.errors import AnswersNeededError, NotFoundError
from portal.requests.depersonalised.answers import answer_without_names, decline_without_names, remind_of_data
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
from tests.builders import a_person
from tests.duty_helpers import asked as asked_of
from tests.request_builders import (
    CANARY,
    a_data_request,
    a_district,
    a_request,
    a_shared_request,
    later,
    letters,
    wanted,
)

FIGURES = b"Month,Calls\nMarch 2026,11\nApril 2026,4\n"


@pytest.fixture
def district(act):
    return a_district(act)


def a_book(*sheets):
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.clause("s6.prefer-depersonalised")
def test_it_goes_to_the_holder_and_needs_no_check_and_no_draft(act, district):
    request_id = a_data_request(act, district)
    seen = data_request(act.as_(district.officer), request_id)
    assert (seen.side, seen.asking, seen.status) == (Side.HOLDING, "Anytown Parish Council", "waiting")
    assert seen.what.startswith("Calls about noise")
    assert asked_of(act, district.officer)["figures"] == 1
    assert {to for to, _ in letters(act, "nameless-waiting")} == {
        district.officer.email,
        district.inspector.email,
        district.sergeant.email,
    }
    with reading(act.store.engine) as session:
        assert session.exec(select(InformationRequest)).all() == []


def test_pressing_twice_sends_one(act, district):
    first, second = (ask_without_names(act.as_(district.clerk), "key", wanted(district)) for _ in range(2))
    assert first == second
    assert len(data_requests(act.as_(district.clerk))) == 1


@pytest.mark.clause("s6.prefer-depersonalised")
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
    assert [to for to, _ in letters(act, "nameless-answered")] == [district.clerk.email]
    with reading(act.store.engine) as session:
        row, file = session.exec(select(NamelessRequest)).one(), session.exec(select(NamelessFile)).one()
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


def test_what_lies_hidden_in_a_workbook_stays_behind(act):
    book = Workbook()
    book.active.append(["Month", "Calls"])
    book.active.append(["March", 11])
    book.active["A1"].comment = Comment(f"Ask {CANARY}", "A Clerk")
    book.properties.creator = CANARY
    out = io.BytesIO()
    book.save(out)
    kept = read_figures("Calls.xlsx", out.getvalue(), act.at.year)
    assert (kept.name, kept.content.decode("utf-8-sig").split()) == ("Calls.csv", ["Month,Calls", "March,11"])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"%PDF-1.7"),
        ("a.csv", b""),
        ("a.csv", b"\xff\xfe\x00"),
        ("a.csv", b"x" * (2 * 1024 * 1024 + 1)),
        ("a.xlsx", b"PK not a workbook"),
        ("a.xlsx", a_book(("One", [["a"]]), ("Two", [["b"]]))),
        ("a.xlsx", a_book(("One", []))),
        (f"{CANARY}.csv", FIGURES),
    ],
)
def test_a_file_that_cannot_be_read_whole_is_refused(act, name, content):
    with pytest.raises(FileRefusedError):
        read_figures(name, content, act.at.year)


def test_a_formula_comes_back_as_words(act):
    kept = read_figures("a.csv", b"Month,Calls\nMarch,=1+1\n", act.at.year)
    assert "'=1+1" in kept.content.decode("utf-8-sig")


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
    assert len(letters(act, "nameless-withdrawn")) == 3
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


@pytest.mark.clause("s6.prefer-depersonalised")
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

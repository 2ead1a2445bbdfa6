"""A spreadsheet of organisations: read in the limited child, checked row by row, added as one and taken back as one."""

import io
from dataclasses import replace

import openpyxl
import pytest
from sqlmodel import select

from models.accounts import Link, Post
from models.organisations import Organisation
from models.record import Message
from portal.accounts.invitations import invitations
from portal.agreement.register.list_import import check_rows, import_rows, imported, keep_rows, kept_rows, undo
from portal.agreement.register.list_reading import ListedRow, read_list
from portal.ground.act import Role
from portal.ground.database import reading
from portal.ground.errors import AlreadyDoneError, AnswersNeededError, NotAllowedError
from portal.record.audit import history
from portal.spreadsheets.errors import RefusedFileError
from tests.builders import a_partnership, a_person, an_organisation
from tests.request_builders import a_signatory

BASE = "https://portal.example"
CSV = (
    b"Our partners in 2026;;;\r\n"
    b"Organisation;Type of body;Approver's e-mail;Notes\r\n"
    b"St Mary's Parish Council;Parish or town council;clerk@stmarys.example;old friends\r\n"
    b";;;\r\n"
    b"Avershire Constabulary;police force;;\r\n"
    b"Anytown Parish Council;parish;not an address;\r\n"
    b"The Guild;guild;;\r\n"
    b"st mary's parish council;Parish or town council;;\r\n"
)


@pytest.fixture
def mine(act):
    a_partnership(act)
    return act.as_(a_person(act, "Mina Manager", Role.MANAGER))


def count(act, table):
    with reading(act.store.engine) as session:
        return len(session.exec(select(table)).all())


def kept(mine, *rows):
    return keep_rows(mine, rows or read_list(CSV))


def test_a_file_is_read_by_its_headings_with_the_rows_it_numbers():
    rows = read_list(CSV)
    assert rows[0] == ListedRow(
        line=3, name="St Mary's Parish Council", kind="Parish or town council", email="clerk@stmarys.example"
    )
    assert [row.line for row in rows] == [3, 5, 6, 7, 8]
    book = openpyxl.Workbook()
    for row in (["Kind", "Name", "Contact"], ["Police force", "Anyshire Police", "Desk"]):
        book.active.append(row)
    kept_file = io.BytesIO()
    book.save(kept_file)
    assert read_list(kept_file.getvalue()) == [
        ListedRow(line=2, name="Anyshire Police", kind="Police force", contact="Desk")
    ]


@pytest.mark.parametrize("content", [b"just;some\r\nwords;here\r\n", b"", b"Organisation,Kind\n" + b"x,y\n" * 1001])
def test_a_file_without_headings_or_with_too_much_is_refused_with_what_to_do(content):
    with pytest.raises(RefusedFileError):
        read_list(content)


def test_each_row_says_what_is_wrong_with_it(mine):
    rows, outcome = kept_rows(mine, kept(mine))
    assert outcome == ""
    problems = [one.problem for one in rows]
    assert problems[:2] == ["", ""]
    assert [one.kind for one in rows[:2]] == ["parish_council", "police"]
    assert "address" in problems[2]
    assert problems[3] == "Kind must be one that the agreement names."
    assert problems[4] == "Row 3 names the same organisation."


def test_what_holds_is_added_as_one_and_once_and_approvers_are_invited(mine):
    draft = kept(mine)
    first = import_rows(mine, draft, base_url=BASE)
    assert (first.added, first.invited, first.undone) == (2, 1, False)
    assert import_rows(mine, draft, base_url=BASE) == first
    assert count(mine, Organisation) == 2
    (offered,) = invitations(mine)
    assert (offered.email, offered.role, offered.organisation) == (
        "clerk@stmarys.example",
        Role.APPROVER,
        "St Mary's Parish Council",
    )
    assert count(mine, Message) == 1
    assert [one.event for one in history(mine.store, f"import:{first.id}")] == ["organisation:imported"]


def test_it_is_undone_as_one_and_nothing_is_left(mine):
    made = import_rows(mine, kept(mine), base_url=BASE)
    back = undo(mine, made.id)
    assert (back.undone, back.kept) == (True, 0)
    assert (count(mine, Organisation), count(mine, Link)) == (0, 0)
    assert imported(mine, made.id).undone
    with pytest.raises(AlreadyDoneError):
        undo(mine, made.id)


def test_what_has_signed_or_has_people_by_now_stays_and_is_counted(mine):
    made = import_rows(mine, kept(mine), base_url=BASE)
    with reading(mine.store.engine) as session:
        police = session.exec(select(Organisation).where(Organisation.kind == "police")).one()
    a_signatory(mine, police)
    assert undo(mine, made.id).kept == 1
    assert count(mine, Organisation) == 1


def test_one_that_is_there_already_is_not_doubled_and_its_approver_is_invited_only_if_it_has_none(mine):
    there = an_organisation(mine, "Anyshire Police", "police")
    row = ListedRow(line=2, name="ANYSHIRE police", kind="police", email="sol@example.org")
    assert check_rows(mine, [row])[0].there
    assert import_rows(mine, kept(mine, replace(row, kind="Police force")), base_url=BASE).invited == 1
    a_person(mine, "Sol Reyes", Role.APPROVER, organisation=there, email="sol2@example.org")
    again = import_rows(mine, kept(mine, replace(row, kind="Police force")), base_url=BASE)
    assert (again.added, again.invited) == (0, 0)
    assert count(mine, Organisation) == 1
    assert count(mine, Post) == 2


def test_nothing_to_add_is_said_and_nobody_else_may(mine):
    with pytest.raises(AnswersNeededError):
        import_rows(mine, kept(mine, ListedRow(line=2, name="", kind="")), base_url=BASE)
    with pytest.raises(NotAllowedError):
        check_rows(mine.as_(a_person(mine, "Owen Pugh", Role.OFFICER)), [])

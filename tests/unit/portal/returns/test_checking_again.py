"""Mending on the page, and another file: nothing already answered is asked again."""

import csv
import io
from dataclasses import replace

import pytest

from portal.ground.errors import AnswersNeededError, NotFoundError
from portal.returns.matching.remembered_wordings import answer_about
from portal.returns.report.file_report import CellProblem
from portal.returns.report.problem_groups import groups_of
from portal.returns.report.problem_list import forget_list, keep_list, problem_list
from portal.returns.service.submission import send
from portal.returns.service.upload_check import check_again, check_anew, correct
from tests.return_builders import a_checked, a_force

FILE = (
    b"Date,Time,Street,Category\n"
    b"03/07/2026,21:15,High Street,Noise\n"
    b"31/13/2026,21:15,Stanley Road,Wrong sort of leaves\n"
    b"04/07/2026,21:15,Park Lane,Wrong sort of leaves\n"
)


@pytest.fixture
def force(act):
    return a_force(act)


@pytest.fixture
def mine(act, force):
    return act.as_(force[1])


def replies(checked, **by_field):
    return {(one.field, one.where): by_field[one.field] for one in checked.groups if one.field in by_field}


def test_what_was_mended_and_chosen_is_not_asked_of_the_next_file(mine, force):
    checked = a_checked(mine, force[0], FILE)
    assert [(one.field, one.where) for one in checked.groups] == [("date", "A3")]
    (unknown,) = checked.outcome.wordings
    assert (unknown.column, unknown.rows, unknown.where, unknown.shown) == ("Category", 2, "D3", "")
    file = (FILE, "x.csv")
    once = check_again(mine, checked, file, answers={answer_about("category", unknown.digest): "ASB-N"})
    twice = correct(mine, once, file, replies(once, date="05/07/2026"))
    assert twice.groups == []
    assert twice.outcome.table["date"].null_count == 0
    moved = FILE.replace(b"03/07/2026,21:15,High Street,Noise\n", b"", 1) + b"06/07/2026,20:00,Mill Lane,Noise\n"
    again = check_anew(mine, twice, (moved, "y.csv"))
    assert (again.groups, again.outcome.wordings) == ([], ())
    assert again.outcome.table["date"].to_pylist() == ["2026-07-05", "2026-07-04", "2026-07-06"]


def test_pressing_the_button_without_an_answer_says_so(mine, force):
    checked = a_checked(mine, force[0], FILE)
    with pytest.raises(AnswersNeededError):
        correct(mine, checked, (FILE, "x.csv"), replies(checked, date="", category="  "))


def a_problem(**more):
    problem = CellProblem(
        kind="unreadable", data_set="la-asb", field="date", sheet="", sheet_number=1, row=2,
        cell="A2", column="Date", what="This is no date.", mend="Write it.",
    )  # fmt: skip
    return replace(problem, **more)


def test_cells_that_are_not_shown_are_asked_about_one_by_one():
    told = [
        a_problem(),
        a_problem(cell="A3", row=3),
        a_problem(cell="A4", shown="32 May"),
        a_problem(cell="A5", shown="32 May"),
    ]
    assert [one.where for one in groups_of(told, "2026")] == ["A2", "A3", "A4, A5"]


def test_what_was_taken_out_is_mended_only_where_the_file_was_refused_for_it():
    told = [a_problem(kind="identifier", field="location", cell="B2")]
    assert groups_of(told, "2026") == []
    assert [one.field for one in groups_of(told, "2026", refused=True)] == ["location"]


@pytest.mark.threat("UP15")
def test_the_list_is_a_spreadsheet_that_runs_nothing_and_goes_when_the_return_is_sent(mine):
    keep_list(mine, [a_problem(column="=1+1", shown="-@x"), a_problem(sheet="+July")])
    rows = list(csv.reader(io.StringIO(problem_list(mine).decode("utf-8-sig"))))
    assert rows[0][:4] == ["Sheet", "Row", "Cell", "Column"]
    assert (rows[1][3], rows[1][7], rows[2][0]) == ("'=1+1", "'-@x", "'+July")
    keep_list(mine, [a_problem()])
    assert len(problem_list(mine).splitlines()) == 2
    forget_list(mine)
    with pytest.raises(NotFoundError):
        problem_list(mine)


def test_nobody_else_gets_the_list(act, mine):
    keep_list(mine, [a_problem()])
    with pytest.raises(NotFoundError):
        problem_list(act)


def test_an_answer_about_a_column_counts_and_is_remembered(mine, force):
    content = b"When,Where about,Kind\n03/07/2026,High Street,Sudden death\n04/07/2026,Stanley Road,Alarm\n"
    answers = {"map:When": "date", "map:Where about": "location", "map:Kind": "category"}
    checked = a_checked(mine, force[0], content, answers=answers)
    assert checked.outcome.status == "accepted"
    send(mine, checked, "one")
    assert a_checked(mine, force[0], content).outcome.status == "accepted"

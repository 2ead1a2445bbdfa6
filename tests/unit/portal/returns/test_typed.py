"""Numbers typed in a grid go the same way as a file, and what is typed is kept."""

import pytest

from portal.ground.act import Role
from portal.ground.errors import AnswersNeededError, NotAllowedError
from portal.returns.pipeline.options import ReturnOptions
from portal.returns.pipeline.stages import work
from portal.returns.service.count_grids import grid_of
from portal.returns.service.submission import send
from portal.returns.service.typed_counts import (
    TypedTable,
    as_file,
    check_typed,
    columns_of,
    done,
    keep,
    new_table,
    totals,
    typed,
)
from portal.returns.service.upload_check import NotOursError
from portal.returns.service.views import open_records
from portal.rules.datasets.catalogue import data_sets
from portal.rules.datasets.quarters import Quarter
from tests.builders import a_partnership, a_person, an_organisation
from tests.request_builders import a_signatory

QUARTER = Quarter(2026, 3)
CHOSEN = ("probation-offenders", "2026-Q3")
COUNTED = [entry.id for entry in data_sets() if entry.level == "aggregate"]


@pytest.fixture
def office(act):
    a_partnership(act)
    office = an_organisation(act, "Anyshire Probation", "probation")
    a_signatory(act, office)
    return office


@pytest.fixture
def mine(act, office):
    return act.as_(a_person(act, "Pat Sims", Role.PARTNER, organisation=office))


def outcome_of(data_set, tables):
    grid = grid_of(data_set, "2026")
    return work(as_file(grid, tables), ReturnOptions(data_set, QUARTER, "2026", mapping=columns_of(grid)))


def added_up(grid, table):
    names = {cell.count for cell in grid.cells} & set(table.column_names)
    return sum(number or 0 for name in names for number in table[name].to_pylist())


@pytest.mark.clause("app1.whatever-is-recorded")
@pytest.mark.parametrize("data_set", COUNTED)
def test_every_number_that_is_typed_is_kept_in_its_row(data_set):
    grid = grid_of(data_set, "2026")
    tables = [
        TypedTable(
            area, {"area": area}, {cell.key: (place * 3 + 7 * number) % 11 for number, cell in enumerate(grid.cells)}
        )
        for place, area in enumerate(("Castle ward", "Abbey ward"))
    ]
    outcome = outcome_of(data_set, tables)
    assert outcome.status == "accepted"
    assert outcome.table.num_rows == 2 * len({(cell.row, cell.column) for cell in grid.cells})
    assert added_up(grid, outcome.table) == sum(sum(table.cells.values()) for table in tables)
    assert set(outcome.table["area"].to_pylist()) == {"Castle ward", "Abbey ward"}


@pytest.mark.parametrize("data_set", COUNTED)
def test_one_number_alone_is_a_return_and_nought_is_not_an_empty_field(data_set):
    grid = grid_of(data_set, "2026")
    for cell in (grid.cells[0], grid.cells[-1]):
        (row,) = outcome_of(data_set, [TypedTable("a", {}, {cell.key: 0})]).table.to_pylist()
        assert row[cell.count] == 0
        others = {one.count for one in grid.cells} - {cell.count}
        assert all(row.get(name) is None for name in others)


@pytest.mark.clause("s6.no-identifiers")
def test_what_is_typed_as_an_area_is_treated_as_in_any_file():
    grid = grid_of("probation-offenders", "2026")
    table = TypedTable("a", {"area": "Castle ward, ask Mrs Zelda Quxley on 07700 900123"}, {grid.cells[0].key: 4})
    kept = str(outcome_of("probation-offenders", [table]).table.to_pylist())
    assert "Castle ward" in kept
    assert not any(word in kept for word in ("Zelda", "Quxley", "900123"))


def test_an_area_is_not_carried_down_to_a_number_of_all():
    grid = grid_of("probation-offenders", "2026")
    tables = [
        TypedTable(a, {"area": a, "gender": g}, {cell.key: 1 for cell in grid.cells})
        for a, g in (("North", "Male"), ("South", "Female"))
    ]
    rows = outcome_of("probation-offenders", tables).table.to_pylist()
    assert [(row["area"], row["gender"], row["need"]) for row in rows if row["offenders"] is not None] == [
        ("North", "Male", None),
        ("South", "Female", None),
    ]


def test_what_is_typed_is_found_again_kept_as_typed_and_deleted_once_sent(mine, office):
    found = typed(mine, office.id, CHOSEN)
    first = found.grid.cells[0]
    tables = (TypedTable(found.tables[0].id, {"area": "North"}, {first.key: 120}),)
    keep(mine, found.draft_id, tables)
    assert typed(mine, office.id, CHOSEN).tables == tables
    keep(mine, found.draft_id, new_table(tables))
    again = typed(mine, office.id, CHOSEN)
    assert len(again.tables) == 2
    checked, _ = check_typed(mine, office.id, CHOSEN, again)
    sent = send(mine, checked, "key")
    done(mine, checked)
    assert open_records(mine, sent)[2] == 1
    assert typed(mine, office.id, CHOSEN).tables[0].cells == {}


@pytest.mark.clause("app1.aggregates")
def test_totals_add_up_and_an_empty_field_is_not_nought():
    grid = grid_of("yos-yisp-waiting", "2026")
    cells = {cell.key: 5 for cell in grid.cells if cell.count == "allocated"}
    assert totals(grid, [TypedTable("a", {}, cells)]) == [
        ("Number allocated", 20),
        ("Number on the waiting list", None),
    ]


@pytest.mark.parametrize(
    ("tables", "field"),
    [
        ([({}, {})], ""),
        ([({"area": "North"}, {"x": 1}), ({}, {"x": 1})], "1-area"),
        ([({"area": "North"}, {"x": 1}), ({"area": " north"}, {"x": 2})], "0-area"),
    ],
)
def test_it_is_asked_what_each_table_is_for(mine, office, tables, field):
    found = typed(mine, office.id, CHOSEN)
    key = found.grid.cells[0].key
    given = tuple(TypedTable(str(n), about, {key: 1} if cells else {}) for n, (about, cells) in enumerate(tables))
    with pytest.raises(AnswersNeededError) as refused:
        check_typed(mine, office.id, CHOSEN, type(found)(**{**found.__dict__, "tables": given}))
    assert list(refused.value.problems) == [field]


def test_only_ones_own_sets_of_counts_are_typed(act, mine, office):
    with pytest.raises(NotOursError):
        typed(mine, office.id, ("fire-casualties", "2026-Q3"))
    other = an_organisation(act, "Otherham Police", "police")
    a_signatory(act, other)
    theirs = act.as_(a_person(act, "Eve Other", Role.PARTNER, organisation=other))
    with pytest.raises(NotOursError, match="one of records"):
        typed(theirs, other.id, ("police-incidents", "2026-Q3"))
    with pytest.raises(NotAllowedError):
        typed(theirs, office.id, CHOSEN)

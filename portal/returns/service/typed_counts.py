"""Numbers typed in a grid: kept as a draft while they are typed, and then checked as the file they would be."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from portal.ground import drafts
from portal.ground.access import Permission, allow
from portal.ground.act import Act
from portal.ground.errors import AnswersNeededError
from portal.ground.wording import new_id, one_line, today
from portal.returns.report.problem_list import forget_list
from portal.returns.service.count_grids import AREA, CountGrid, grid_of, has_grid
from portal.returns.service.upload_check import Checked, NotOursError, check, chosen_by
from portal.rules.edition.editions import edition_in_force

NAME = "typed.csv"
_JOURNEY = "return-grid"
MOST_TABLES = 60


@dataclass(frozen=True)
class TypedTable:
    """One table of numbers: what it is for, and its numbers by cell. A cell that is not in it is not held."""

    id: str
    about: Mapping[str, str] = field(default_factory=dict)
    cells: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class TypedReturn:
    """What was typed so far for one return."""

    draft_id: str
    grid: CountGrid
    tables: tuple[TypedTable, ...]
    saved_at: datetime


def typed(act: Act, organisation_id: str, chosen: tuple[str, str]) -> TypedReturn:
    """Find what the person has typed for a return, or begin. Raises NotOursError for a set that is not of counts."""
    allow(act, Permission.SEND_RETURN, organisation_id)
    entry, quarter = chosen_by(act, organisation_id, *chosen)
    if not has_grid(entry):
        raise NotOursError("This data set is one of records. Send it as a file.")
    grid = grid_of(entry.id, edition_in_force(today(act.at)).id)
    mark = _mark(organisation_id, entry.id, quarter.label)
    draft = next((one for one in drafts.held(act, _JOURNEY) if one.answers.get("for") == mark), None)
    if draft is None:
        draft, _ = drafts.begin(act, _JOURNEY, {"for": mark, "tables": [_written(TypedTable(new_id()))]})
    tables = tuple(_read(one) for one in draft.answers["tables"])
    return TypedReturn(draft_id=draft.id, grid=grid, tables=tables, saved_at=draft.saved_at)


def keep(act: Act, draft_id: str, tables: Sequence[TypedTable]) -> datetime:
    """Keep what was typed so far; gives when."""
    kept = [_written(one) for one in tables[:MOST_TABLES]]
    return drafts.save(act, _JOURNEY, {"tables": kept}, draft_id=draft_id).saved_at


def new_table(tables: Sequence[TypedTable]) -> tuple[TypedTable, ...]:
    """Add an empty table. Raises AnswersNeededError where there are as many as a grid can have."""
    if len(tables) >= MOST_TABLES:
        raise AnswersNeededError({"": f"A grid has at most {MOST_TABLES} tables. Send a file instead"})
    return (*tables, TypedTable(new_id()))


def check_typed(act: Act, organisation_id: str, chosen: tuple[str, str], found: TypedReturn) -> tuple[Checked, bytes]:
    """Check what was typed by the same rules as any file; gives what came of it, and the file that it would be.

    Raises AnswersNeededError where no number was typed, or where it is not clear what a table is for.
    """
    problems = _unclear(found)
    if problems:
        raise AnswersNeededError(problems)
    content = as_file(found.grid, found.tables)
    checked = check(act, organisation_id, chosen, (content, NAME), mapping=columns_of(found.grid))
    return replace(checked, remembers=False), content


def columns_of(grid: CountGrid) -> dict[str, str]:
    """Say what each column of the file holds, so that nothing need be guessed or asked."""
    fields = [*(grid.data_set.field(cell.count) for cell in grid.cells), grid.row_field]
    fields += [grid.column_field] if grid.column_field is not None else []
    return {one.label: one.name for one in fields} | {one.label: one.name for one in grid.abouts}


def as_file(grid: CountGrid, tables: Sequence[TypedTable]) -> bytes:
    """Write what was typed as the CSV that an office might send: numbers first, one line for each number of a row.

    Lines that count all come first, and numbers stand left, so that no blank cell can be taken for the label above it.
    """
    counts = list(dict.fromkeys(cell.count for cell in grid.cells))
    abouts = [one for one in grid.abouts if any(table.about.get(one.name) for table in tables)]
    columns = [grid.row_field, *([grid.column_field] if grid.column_field is not None else [])]
    sink = io.StringIO()
    writer = csv.writer(sink)
    labels = [grid.data_set.field(name).label for name in counts]
    writer.writerow([*labels, *(one.label for one in abouts), *(one.label for one in columns)])
    for cells in (grid.all_of_them, *(line.cells for line in grid.lines)):
        for table in tables:
            for row, column in dict.fromkeys((cell.row, cell.column) for cell in cells):
                held = {
                    cell.count: table.cells.get(cell.key) for cell in cells if (cell.row, cell.column) == (row, column)
                }
                if any(number is not None for number in held.values()):
                    numbers = ["" if held.get(name) is None else str(held[name]) for name in counts]
                    said = [one_line(table.about.get(one.name, "")) for one in abouts]
                    writer.writerow([*numbers, *said, row, *([column] if grid.column_field is not None else [])])
    return sink.getvalue().encode()


def totals(grid: CountGrid, tables: Sequence[TypedTable]) -> list[tuple[str, int | None]]:
    """Add the rows of each count up, over the tables given; None where no number of it was typed."""
    found: list[tuple[str, int | None]] = []
    for name in dict.fromkeys(cell.count for cell in grid.cells):
        numbers = [
            table.cells[cell.key]
            for table in tables
            for cell in grid.cells
            if cell.count == name and cell.key in table.cells
        ]
        found.append((grid.data_set.field(name).label, sum(numbers) if numbers else None))
    return found


def done(act: Act, checked: Checked) -> None:
    """Delete what was kept while a return was made, once it is sent: the list of problems, and what was typed."""
    forget_list(act)
    mark = _mark(checked.organisation_id, checked.data_set, checked.quarter)
    for one in drafts.held(act, _JOURNEY):
        if one.answers.get("for") == mark:
            drafts.discard(act, _JOURNEY, draft_id=one.id)


def _unclear(found: TypedReturn) -> dict[str, str]:
    filled = [one for one in found.tables if one.cells]
    if not filled:
        return {"": "Enter at least one number. If there was nothing, go back and say that there is nothing to report"}
    used = {name for one in filled for name, said in one.about.items() if said}
    for about in found.grid.abouts:
        lacking = next((one for one in filled if about.name in used and not one.about.get(about.name)), None)
        if lacking is not None:
            return {f"{lacking.id}-{about.name}": f"Say the {about.label.lower()} of each table, or of none"}
    said = [tuple(sorted((name, one_line(text).lower()) for name, text in one.about.items() if text)) for one in filled]
    twice = next((one for one, words in zip(filled, said, strict=True) if said.count(words) > 1), None)
    if twice is not None:
        first = found.grid.abouts[0].name if found.grid.abouts else AREA
        return {f"{twice.id}-{first}": "Two tables are for the same. Change one, or put their numbers together"}
    return {}


def _mark(organisation_id: str, data_set_id: str, quarter: str) -> str:
    return f"{organisation_id}:{data_set_id}:{quarter}"


def _written(table: TypedTable) -> dict[str, Any]:
    return {"id": table.id, "about": dict(table.about), "cells": dict(table.cells)}


def _read(kept: Mapping[str, Any]) -> TypedTable:
    return TypedTable(str(kept["id"]), dict(kept["about"]), dict(kept["cells"]))

"""The grid in which numbers are typed: plain labelled fields, which work by keyboard, aloud, and on a phone.

The framework's own editor of tables is a canvas: what stands in it is no text, and on a phone its cells open at a double
tap. So each number has a field and a name of its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from portal.ground.wording import listed
from portal.returns.service.count_grids import Cell, CountGrid, TableSubject
from portal.returns.service.typed_counts import TypedReturn, TypedTable, totals
from portal.ui.blocks import facts
from portal.ui.problems import at_field
from portal.ui.words import escaped, plain

_IN_A_ROW = 3
_MOST = 9_999_999
_NOT_BROKEN_DOWN = "All together"


def tables_typed(found: TypedReturn, problems: Mapping[str, str]) -> tuple[TypedTable, ...]:
    """Draw a table for each area or group, and give what stands in them now."""
    several = len(found.tables) > 1
    typed = []
    for number, table in enumerate(found.tables, 1):
        with st.container(border=several):
            if several:
                st.header(f"Table {number}: {plain(_title(table)) or 'say what it is for'}")
            about = _abouts(found.grid, table, problems)
            table = replace(table, about=about, cells=_cells(found.grid, table))  # noqa: PLW2901 - as typed now
            _sums(found.grid, [table], "Total of this table" if several else "Total")
        typed.append(table)
    if several:
        _sums(found.grid, typed, "Total of all tables")
    return tuple(typed)


def _title(table: TypedTable) -> str:
    return listed([text for text in table.about.values() if text])


def _abouts(grid: CountGrid, table: TypedTable, problems: Mapping[str, str]) -> dict[str, str]:
    said = {}
    for place in range(0, len(grid.abouts), 2):
        columns = st.columns(2)
        for about, column in zip(grid.abouts[place : place + 2], columns, strict=False):
            with column:
                at_field(problems, f"{table.id}-{about.name}")
                said[about.name] = _about(about, table)
    return said


def _about(about: TableSubject, table: TypedTable) -> str:
    key, before = f"grid.{table.id}-{about.name}", table.about.get(about.name, "")
    if not about.choices:
        words = f"{plain(about.label)}, such as a ward or district (leave empty for all)"
        return str(
            st.text_input(words, value=before, key=key, max_chars=80, autocomplete="off", on_change="ignore") or ""
        )
    choices = [_NOT_BROKEN_DOWN, *about.choices]
    picked = st.selectbox(plain(about.label), choices, index=choices.index(before) if before in choices else 0, key=key)
    return "" if picked == _NOT_BROKEN_DOWN else str(picked)


def _cells(grid: CountGrid, table: TypedTable) -> dict[str, int]:
    """Draw the numbers of a table; a field left empty is not in what comes back."""
    lines = [list(grid.all_of_them)] if grid.all_of_them else []
    first = len(lines)
    single = [line.cells[0] for line in grid.lines if len(line.cells) == 1]
    lines += [single[place : place + _IN_A_ROW] for place in range(0, len(single), _IN_A_ROW)]
    lines += [list(line.cells) for line in grid.lines if len(line.cells) > 1]
    typed: dict[str, int] = {}
    for place, line in enumerate(lines):
        if place == first:
            st.html(f'<p class="portal-labelled"><span class="portal-label">{escaped(grid.count_in_rows)}</span></p>')
        for cell, column in zip(line, st.columns(max(len(line), 2 if len(line) == 1 else _IN_A_ROW)), strict=False):
            with column:
                number = _number(cell, table)
                if number is not None:
                    typed[cell.key] = number
    return typed


def _number(cell: Cell, table: TypedTable) -> int | None:
    return st.number_input(
        plain(cell.label),
        min_value=0,
        max_value=_MOST,
        step=1,
        value=table.cells.get(cell.key),
        key=f"grid.{table.id}.{cell.key}",
        placeholder="Not held",
    )


def _sums(grid: CountGrid, tables: Sequence[TypedTable], title: str) -> None:
    """Show that the numbers add up: the total of each count, and that an empty field is not held."""
    facts(
        {
            f"{title}: {label.lower()}": "Not held" if number is None else f"{number:,}"
            for label, number in totals(grid, tables)
        }
    )

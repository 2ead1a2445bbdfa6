"""How a checked file and a return are shown: what we understood, what we took out, who could be picked out."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

import streamlit as st

from portal.ground.errors import NotFoundError
from portal.ground.wording import counted, day, new_id, today
from portal.returns.report.certificate import risk_in_words
from portal.returns.report.file_report import ColumnReport, FileReport
from portal.returns.service.calendar import Due
from portal.returns.service.count_grids import has_grid
from portal.returns.service.upload_check import Checked
from portal.rules.datasets.catalogue import DataSet, data_set
from portal.rules.datasets.quarters import Quarter
from portal.rules.datasets.treatment_words import TREATMENT_WORDS
from portal.rules.errors import RulesError
from portal.ui.blocks import Cell, LinkTo, Tag, facts, table
from portal.ui.fields import narrowed
from portal.ui.words import escaped

_UPLOAD, _CHECKED, _ROUND, _KEY = "return.upload", "return.checked", "return.round", "return.key"


@dataclass(frozen=True)
class Upload:
    """A chosen file, in this session's memory only."""

    content: bytes
    name: str
    typed: bool = False  # in the portal's own grid


def quarter_asked() -> tuple[DataSet, Quarter]:
    """Give the data set and the quarter that the address names. Raises NotFoundError."""
    try:
        return data_set(st.query_params.get("dataset", "")), Quarter.parse(st.query_params.get("quarter", ""))
    except RulesError as error:
        raise NotFoundError from error


def uploader_key() -> str:
    """Give the uploader's key of this round; a new round drops the earlier file from memory."""
    return f"return.file.{st.session_state.setdefault(_ROUND, 0)}"


def hold(upload: Upload, checked: Checked) -> None:
    """Hold a file and what came of it while its sender answers; in memory, in this session only."""
    st.session_state[_UPLOAD], st.session_state[_CHECKED] = upload, checked


def held() -> tuple[Upload, Checked] | None:
    """Give what this session holds; None after a refresh or sending."""
    checked = st.session_state.get(_CHECKED)
    return None if checked is None else (st.session_state[_UPLOAD], checked)


def held_for(data_set_id: str, quarter: str) -> Checked | None:
    """Give what came of an earlier file for the same return in this session, with what was answered about it."""
    checked: Checked | None = st.session_state.get(_CHECKED)
    return checked if checked is not None and (checked.data_set, checked.quarter) == (data_set_id, quarter) else None


def key_of_sending() -> str:
    """Give the key of what is about to be sent: a double click sends once."""
    return str(st.session_state.setdefault(_KEY, new_id()))


def when_due(quarter: Quarter, now: datetime) -> str:
    """Say by when a return is wanted, or for how long it has been late."""
    late = (today(now) - quarter.due).days
    if late <= 0:
        return f"Send this by {day(quarter.due)}."
    return f"It was due on {day(quarter.due)}, {counted(late, 'day')} ago. You can still send it."


def forget() -> None:
    """Drop the file and what came of it."""
    for name in (_UPLOAD, _CHECKED, _KEY):
        st.session_state.pop(name, None)
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1


class Progress:
    """A bar that says which stage of checking a file has reached, and how far."""

    _STAGES: ClassVar[dict[str, str]] = {
        "reading": "Reading the file",
        "understanding": "Finding the columns",
        "treating": "Taking out what points to people",
        "checking": "Checking what is left",
    }

    def __init__(self) -> None:
        """Draw the bar."""
        self._bar = st.progress(0.0, "Opening the file")

    def __call__(self, stage: str, done: int, of: int) -> None:
        """Move the bar."""
        self._bar.progress(min(done / of, 1.0) if of else 0.0, self._STAGES.get(stage, "Checking the file"))

    def over(self) -> None:
        """Take the bar away."""
        self._bar.empty()


_OPEN_FIRST = ("stopped", "waiting", "done", "ended")


def returns_found(items: Sequence[tuple[str, Due]]) -> list[tuple[str, Due]]:
    """Draw what narrows a long list of returns, each beside its organisation; gives what is left, the late first."""
    found = narrowed(
        items,
        "returns",
        "Find in this list: an organisation or a data set",
        lambda one: f"{one[0]} {one[1].data_set.title}",
        {
            "Late": lambda one: one[1].standing == "stopped",
            "Still to come": lambda one: one[1].standing == "waiting",
            "Sent": lambda one: one[1].standing == "done",
        },
    )
    return sorted(found, key=lambda one: _OPEN_FIRST.index(one[1].standing))


def due_rows(items: Sequence[Due]) -> list[list[Cell]]:
    """Give the rows of 'what is due': a set of counts may be typed in, any set may be sent as a file."""
    return [[item.data_set.title, Tag(item.status, item.standing), *_ways(item)] for item in items]


def _ways(item: Due) -> tuple[Cell, Cell]:
    if item.return_id:
        return LinkTo("Look at it", f"/return-view?return={item.return_id}"), ""
    if item.standing == "ended":
        return "", ""
    asked = f"dataset={item.data_set.id}&quarter={item.quarter.label}"
    typed = LinkTo("Type it in", f"/return-grid?{asked}") if has_grid(item.data_set) else ""
    return LinkTo("Send a file" if typed else "Send it", f"/return-upload?{asked}"), typed


def wanted(entry: DataSet) -> None:
    """Say which columns a data set wants."""
    table(
        "Columns that this data set asks for",
        ["What", "How we keep it"],
        [[f.label, TREATMENT_WORDS.get(f.treatment, "Kept as it is")] for f in entry.fields],
    )


def understood(report: FileReport) -> None:
    """Show each column's fate."""
    rows: list[list[Cell]] = []
    for heading, fate in report.columns.items():
        field = fate.field
        rows.append(
            [
                str(heading),
                str(field).replace("_", " ") if field else Tag("Left out", "ended"),
                _sure(fate) if field else "",
            ]
        )
    table("How we matched your columns", ["Your column", "What it is", "How sure we are"], rows)


def _sure(fate: ColumnReport) -> Tag:
    return Tag("Sure", "done") if fate.confidence >= SURE else Tag("Check this", "waiting")


def removed(report: FileReport) -> None:
    """Show what was taken out, by kind and column, counted and never quoted."""
    found = Counter((each.kind, each.column, each.action) for each in report.findings)
    if found:
        table(
            "What we took out",
            ["What", "Column", "How many", "What we did"],
            [[k.replace("_", " "), c, n, a.replace("_", " ")] for (k, c, a), n in sorted(found.items())],
        )
    else:
        st.write("We found no names or details that point to a person in the columns we keep.")


def risks(report: FileReport) -> None:
    """Say in words who could be picked out."""
    lines = risk_in_words(report.risk)
    if lines:
        facts({lines[0][0]: " ".join(words for _, words in lines)})
    beside = report.beside
    if beside is not None and beside.words and beside.on is not None:
        facts({f"Beside other returns held on {day(beside.on)}": " ".join(beside.words)})


def warnings(report: FileReport) -> None:
    """Show what was decided on the way."""
    if report.warnings:
        st.header("What we noticed")
        sentences(report.warnings)


def sentences(said: Sequence[str]) -> None:
    """Show sentences as a list."""
    st.html('<ul class="portal-links">' + "".join(f"<li>{escaped(one)}</li>" for one in said) + "</ul>")


SURE = 0.8

"""The report of a file as it is written, stored and read: typed here, JSON only at the edges (`depersonalise`, the store)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Literal

from pydantic import TypeAdapter

from portal.privacy.risk.k_anonymity import THRESHOLD, Join, Risk

Status = Literal["accepted", "refused", "question"]


@dataclass(frozen=True)
class ColumnReport:
    """What became of a column: its field (None: left out), its treatment, and how sure the match is (0 to 1)."""

    field: str | None
    treatment: str
    confidence: float


@dataclass(frozen=True)
class IdentifierReport:
    """An identifier that was found in a kept column: its kind, the spreadsheet's row, the heading, and what was done."""

    kind: str
    row: int
    column: str
    action: str


@dataclass(frozen=True)
class FileQuestion:
    """What only the sender can answer: `id` is what an answer names, `choices` what it may be."""

    id: str
    ask: str
    choices: tuple[str, ...]


@dataclass(frozen=True)
class CoarserOption:
    """What a step of coarsening would leave: `answer` asks for it, `unique` and `below` count records after it."""

    answer: str
    change: str
    unique: int
    below: int


@dataclass(frozen=True)
class RiskReport(Risk):
    """The figures of the risk, and the sentences that say them."""

    rural: int = 0
    below_threshold: bool = False
    words: tuple[str, ...] = ()
    coarser: tuple[CoarserOption, ...] = ()


@dataclass(frozen=True)
class JoinsReport:
    """What joining with other returns would tell, as held on a day: counts only."""

    joins: tuple[Join, ...] = ()
    words: tuple[str, ...] = ()
    on: date | None = None


@dataclass(frozen=True, kw_only=True)
class CellProblem:
    """One cell with something wrong: where it stands, what it is, and how to mend it. It quotes nobody."""

    kind: str
    data_set: str
    field: str
    sheet: str
    sheet_number: int
    row: int
    cell: str
    column: str
    what: str
    mend: str
    shown: str = ""
    alike: str = ""  # the same for cells with the same words, where these are not shown


@dataclass(frozen=True, kw_only=True)
class UnknownWording:
    """Words for a category that give no code: asked about once for all their rows. `shown` is what of them is harmless."""

    data_set: str
    field: str
    column: str
    digest: str
    rows: int
    where: str
    shown: str = ""


@dataclass(frozen=True)
class FileReport:
    """What was understood, removed and kept of a file, in words that identify nobody.

    `columns` is by heading as it may be shown. `beside` is only stored: another agency's return changes it, so that it is
    no part of the certificate.
    """

    status: Status
    message: str
    warnings: tuple[str, ...] = ()
    rows_read: int = 0
    rows_kept: int = 0
    columns: Mapping[str, ColumnReport] = field(default_factory=dict)
    findings: tuple[IdentifierReport, ...] = ()
    questions: tuple[FileQuestion, ...] = ()
    risk: RiskReport | None = None
    beside: JoinsReport | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the report as plain data, its keys in the order in which programs are promised them; no risk is `{}`."""
        told = {
            **vars(self),
            "columns": {heading: vars(one) for heading, one in self.columns.items()},
            "findings": [vars(one) for one in self.findings],  # thousands: copying each would take half a second
            "questions": [vars(one) for one in self.questions],
            "risk": asdict(self.risk) if self.risk is not None else {},
        }
        del told["beside"]
        if self.beside is None:
            return told
        day = self.beside.on
        return told | {"beside": asdict(self.beside) | {"on": day.isoformat() if day is not None else None}}


_ADAPTER = TypeAdapter(FileReport)


def report_from_json(told: bytes | str) -> FileReport:
    """Read a report that was written as JSON, by this version or an earlier one.

    Raises:
        pydantic.ValidationError: it is no report.
    """
    found = _PLAIN.validate_json(told)
    risk = found.get("risk")
    whole = {"risk": _UNWEIGHED | risk if risk else None, "beside": found.get("beside") or None}
    return _ADAPTER.validate_python(found | whole)


_PLAIN = TypeAdapter(dict[str, Any])
_UNWEIGHED: dict[str, Any] = {  # what an earlier version did not work out
    "fields": (),
    "rows": 0,
    "groups": 0,
    "smallest": 0,
    "unique": 0,
    "unique_percent": 0.0,
    "below": 0,
    "below_percent": 0.0,
    "threshold": THRESHOLD,
    "contributions": {},
}

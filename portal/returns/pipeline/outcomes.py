"""Hold what came of a file: accepted, refused, or a question; and what is known of every row and column."""

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import pyarrow as pa
from pyarrow import parquet

Status = Literal["accepted", "refused", "question"]
Json = Mapping[str, object]


@dataclass(frozen=True)
class FileOutcome:
    """What came of a file.

    `report` is the dictionary that `depersonalise` writes; `parquet` the kept records as bytes, only where accepted. Neither
    holds an identifier. `preview` has the first records as sent and as kept, `problems` each cell that its sender may
    want to mend (problems.py): both stay in memory, for the sender alone.
    """

    status: Status
    message: str
    report: Json
    parquet: bytes | None = field(default=None, repr=False)
    preview: tuple[dict[str, object], ...] = field(default=(), repr=False)
    problems: tuple[dict[str, object], ...] = field(default=(), repr=False)

    @property
    def table(self) -> pa.Table | None:
        """Return the kept records as a table."""
        return parquet.read_table(io.BytesIO(self.parquet)) if self.parquet is not None else None

    def report_bytes(self) -> bytes:
        """Return the report as JSON, the same bytes for the same report."""
        return (json.dumps(self.report, ensure_ascii=False, indent=1) + "\n").encode()


def to_parquet(table: pa.Table) -> bytes:
    """Return a table as Parquet, the same bytes for the same table."""
    sink = io.BytesIO()
    parquet.write_table(table, sink, compression="snappy", store_schema=False)
    return sink.getvalue()


def refused(message: str, **rest: object) -> FileOutcome:
    """Return a refusal."""
    return FileOutcome("refused", message, empty_report("refused", message) | rest)


def empty_report(status: Status, message: str) -> dict[str, object]:
    """Return a report with every key, in the order of the design."""
    return {
        "status": status,
        "message": message,
        "warnings": [],
        "rows_read": 0,
        "rows_kept": 0,
        "columns": {},
        "findings": [],
        "questions": [],
        "risk": {},
    }

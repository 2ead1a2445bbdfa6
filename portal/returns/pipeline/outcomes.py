"""Hold what came of a file: accepted, refused, or a question; and what is known of every row and column."""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pyarrow as pa
from pyarrow import parquet
from pydantic import TypeAdapter

from portal.returns.report.file_report import CellProblem, ColumnReport, FileReport, Status, UnknownWording


@dataclass(frozen=True)
class PreviewRow:
    """A kept record: the spreadsheet's row, heading -> text as sent, field -> text as kept."""

    row: int
    before: Mapping[str, str]
    after: Mapping[str, str]


@dataclass(frozen=True)
class FileOutcome:
    """What came of a file.

    `report` is what `depersonalise` writes; `parquet` the kept records as bytes, only where accepted. Neither
    holds an identifier. `preview` has the first records as sent and as kept, `problems` each cell that its sender may
    want to mend (problems.py), `wordings` the words whose code only the sender knows: all stay in memory, for the sender alone.
    """

    report: FileReport
    parquet: bytes | None = field(default=None, repr=False)
    preview: tuple[PreviewRow, ...] = field(default=(), repr=False)
    problems: tuple[CellProblem, ...] = field(default=(), repr=False)
    wordings: tuple[UnknownWording, ...] = field(default=(), repr=False)

    @property
    def status(self) -> Status:
        """Return whether the file was accepted, refused, or needs an answer."""
        return self.report.status

    @property
    def message(self) -> str:
        """Return the sentence that says so."""
        return self.report.message

    @property
    def table(self) -> pa.Table | None:
        """Return the kept records as a table."""
        return parquet.read_table(io.BytesIO(self.parquet)) if self.parquet is not None else None

    def as_parts(self) -> tuple[bytes, bytes]:
        """Return all of it as bytes, for the parent of the child that reads files: the kept records apart."""
        return _TOLD.dump_json((self.report, self.preview, self.problems, self.wordings)), self.parquet or b""

    def report_bytes(self) -> bytes:
        """Return the report as JSON, the same bytes for the same report."""
        return (json.dumps(self.report.as_json(), ensure_ascii=False, indent=1) + "\n").encode()


_TOLD = TypeAdapter(tuple[FileReport, tuple[PreviewRow, ...], tuple[CellProblem, ...], tuple[UnknownWording, ...]])


def outcome_of(parts: Sequence[bytes]) -> FileOutcome:
    """Return what came of a file from its parts as bytes."""
    told, records = parts
    report, preview, problems, wordings = _TOLD.validate_json(told)
    return FileOutcome(report, records or None, preview, problems, wordings)


def to_parquet(table: pa.Table) -> bytes:
    """Return a table as Parquet, the same bytes for the same table."""
    sink = io.BytesIO()
    parquet.write_table(table, sink, compression="snappy", store_schema=False)
    return sink.getvalue()


def refused(message: str, columns: Mapping[str, ColumnReport] | None = None, rows_read: int = 0) -> FileOutcome:
    """Return a refusal, with what was understood of the columns before it."""
    return FileOutcome(FileReport("refused", message, columns=columns or {}, rows_read=rows_read))

"""Timings, as ratios measured in one run: `python3 -m tests bench`. Absolute seconds move by half; ratios less."""

import io
import random
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Self

import psutil
import pyarrow as pa
from openpyxl import Workbook
from pyarrow import csv, parquet
from sqlalchemy import insert

from portal.act import Store
from portal.agreement.asking import Asked
from portal.agreement.register import everybody, register
from portal.database import connect, engine_for, migrate, models
from portal.returns.depersonalising import depersonalise
from portal.rules.assessing import assess_document
from portal.rules.quarters import Quarter
from portal.vault import open_vault

ROWS = 200_000
SIGNATORIES = 100_000
QUARTER = Quarter(2026, 3)
STREETS = [
    "High Street",
    "Stanley Road",
    "Victoria Hall",
    "Abbey Lane / Beaumont Road",
    "Outside the bus station",
    "Market Place",
    "May Street",
    "Castle Park",
    "St John's Church",
]
KINDS = ["Noise", "Rowdy behaviour", "Fly-tipping", "Graffiti", "Street drinking", "Begging", "Vehicle nuisance"]
NAMES = ["Jane Smith", "Mr A Patel", "KHAN, Imran", "Wiktoria Wróblewska", "O'Neil, Siân"]


def main() -> int:
    """Measure everything and print one table."""
    lines = [*returns(), *workbook(), *check(), *the_register(), *pages()]
    width = max(len(what) for what, _ in lines)
    for what, figure in lines:
        sys.stdout.write(f"{what:<{width}}  {figure}\n")
    return 0


def timed(work: Callable[[], object], times: int = 1) -> float:
    """Give the median seconds of some runs."""
    seconds = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begun)
    return statistics.median(seconds)


def a_return(rows: int) -> bytes:
    """A messy return: 9 columns, one of remarks with names, numbers and addresses in it."""
    chance = random.Random(7)  # noqa: S311 - the same file in each run
    lines = ["Log no,Date,Time,Street,Postcode,Type,Caller,Phone,Remarks"]
    begins = date(2026, 7, 1)
    for number in range(rows):
        day = begins + timedelta(days=chance.randrange(92))
        street = (
            f"{chance.randrange(1, 200)} {chance.choice(STREETS)}" if chance.random() < 0.3 else chance.choice(STREETS)
        )
        remark = f'"{chance.choice(NAMES)} rang 07700 900{chance.randrange(1000):03d} about no {chance.randrange(90)}"'
        lines.append(
            f"{number},{day:%d/%m/%Y},{chance.randrange(24):02d}:{chance.randrange(60):02d},{street},LE{chance.randrange(1, 19)} {chance.randrange(1, 9)}AB,{chance.choice(KINDS)},"
            f'"{chance.choice(NAMES)}",07700 900{chance.randrange(1000):03d},{remark}'
        )
    return "\n".join(lines).encode()


def returns() -> list[tuple[str, str]]:
    """Depersonalise 200,000 rows, beside what Arrow needs to read the file and write the result."""
    source = a_return(ROWS)
    as_text = csv.ConvertOptions(column_types=dict.fromkeys(source.split(b"\n", 1)[0].decode().split(","), pa.string()))

    def floor() -> None:
        parquet.write_table(csv.read_csv(io.BytesIO(source), convert_options=as_text), io.BytesIO())

    floor_seconds = timed(floor, 3)
    with Watched() as watched:
        seconds = timed(lambda: accepted(source, "la-asb"))
    return [
        (f"returns: {ROWS:,} rows of 9 columns, depersonalised", f"{seconds:.2f} s, {ROWS / seconds:,.0f} rows/s"),
        (
            "returns: as a ratio to reading and writing them with Arrow",
            f"{seconds / floor_seconds:.1f} ({floor_seconds:.2f} s)",
        ),
        ("returns: most memory of the child", f"{watched.most / 2**20:.0f} MB"),
    ]


def workbook() -> list[tuple[str, str]]:
    """Depersonalise 50,000 rows of XLSX."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Return")
    for line in a_return(50_000).decode().split("\n"):
        sheet.append(line.split(",")[:9])
    sink = io.BytesIO()
    book.save(sink)
    return [("returns: 50,000 rows of XLSX", f"{timed(lambda: accepted(sink.getvalue(), 'la-asb')):.2f} s")]


def accepted(source: bytes, data_set: str) -> None:
    """Depersonalise a file that must be accepted."""
    outcome = depersonalise(source, "return.csv", data_set, QUARTER, "2026")
    if outcome.status != "accepted":
        raise SystemExit(f"the bench's own file was not accepted: {outcome.message}")


class Watched:
    """The most memory that the children of this process used meanwhile."""

    def __enter__(self) -> Self:
        self.most, self._over = 0, threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()
        return self

    def _watch(self) -> None:
        while not self._over.wait(0.02):
            for child in psutil.Process().children(recursive=True):
                try:
                    self.most = max(self.most, child.memory_info().rss)
                except psutil.Error:
                    continue

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        self._thread.join()


def check() -> list[tuple[str, str]]:
    """Answer ten thousand cases of the Section 4 check."""
    case = {
        "edition": "2026",
        "answers": {"data_type": "personal", "consent": "withheld", "gateway": "listed", "hra_risk": "high"},
    }
    return [("section 4: 10,000 cases", f"{timed(lambda: assess_document([case] * 10_000)):.2f} s")]


def the_register() -> list[tuple[str, str]]:
    """Look things up among 100,000 signatories."""
    with tempfile.TemporaryDirectory() as folder:
        store = _filled(Path(folder), SIGNATORIES)
        small = _filled(Path(folder) / "small", 50)
        today = date(2026, 11, 25)
        first = timed(lambda: register(store, Asked(on=today)), 5)
        little = timed(lambda: register(small, Asked(on=today)), 5)
        search = timed(lambda: register(store, Asked(on=today, words="council 4711")), 5)
        last = timed(lambda: register(store, Asked(on=today, page=10**6)), 5)
        whole = timed(lambda: sum(1 for _ in everybody(store, today)))
        for each in (store, small):
            each.engine.dispose()
    return [
        (f"register: first page of {SIGNATORIES:,}", f"{first * 1000:.0f} ms ({first / little:.1f} times that of 50)"),
        ("register: a search", f"{search * 1000:.0f} ms"),
        ("register: the last page", f"{last * 1000:.0f} ms"),
        ("register: the whole of it", f"{whole:.1f} s"),
    ]


def _filled(folder: Path, number: int) -> Store:
    folder.mkdir(exist_ok=True)
    engine = engine_for(f"sqlite:///{folder / 'portal.sqlite'}")
    migrate(engine)
    at = datetime(2026, 1, 5, tzinfo=UTC)
    tables = models.base.SQLModel.metadata.tables
    ids = range(number)
    organisations = [
        {
            "id": f"o{n}",
            "slug": f"council-{n}",
            "name": f"Council {n}",
            "search_name": f"council {n}",
            "kind": "parish_council",
            "public_contact": "",
            "email_domain": "",
            "added_at": at,
            "added_by": "bench",
        }
        for n in ids
    ]
    signatures = [
        {
            "id": f"s{n}", "reference": f"R{n}", "draft_id": f"d{n}", "organisation_id": f"o{n}", "edition": "2026", "text_sha256": "0" * 64, "words_sha256": "0" * 64, "signer": b"x", "email_hash": "",
            "method": "typed", "email_checked_how": "manager", "email_checked_at": at, "signed_at": at, "signed_by": "public", "audit_head": "0" * 64, "status": "confirmed", "decided_at": at, "decided_by": "m",
            "decided_by_name": "m", "decision_words": b"x",
        }
        for n in ids
    ]  # fmt: skip
    standings = [
        {
            "id": f"t{n}",
            "organisation_id": f"o{n}",
            "signature_id": f"s{n}",
            "edition": "2026",
            "status": "signed",
            "since": at,
            "begins_at": at,
        }
        for n in ids
    ]
    with connect(engine) as connection:
        connection.execute(
            insert(tables["signed_words"]),
            [{"sha256": "0" * 64, "edition": "2026", "edition_sha256": "0" * 64, "blanks": "{}"}],
        )
        connection.execute(insert(tables["organisation"]), organisations)
        connection.execute(insert(tables["signature"]), signatures)
        connection.execute(insert(tables["standing"]), standings)
    return Store(engine=engine, vault=open_vault(folder / "keys" / "portal.json", may_make=True))


def pages() -> list[tuple[str, str]]:
    """Rerun a page of the portal beside a trivial page of the framework, each click to its end."""
    from tests.bench_pages import reruns  # noqa: PLC0415 - starts servers

    trivial, ours = reruns()
    return [
        (f"page: a rerun of {name}", f"{seconds * 1000:.0f} ms ({seconds / trivial:.1f} times a trivial page)")
        for name, seconds in ours.items()
    ]


if __name__ == "__main__":
    sys.exit(main())

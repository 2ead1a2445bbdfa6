"""Timings, as ratios measured in one run: `python3 -m tests bench`. Absolute seconds move by half; ratios less."""

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import insert, update

from models.record import AuditEntry, AuditHead
from portal.agreement.register.public_register import everybody, register
from portal.agreement.register.search import RegisterSearch
from portal.ground.act import Store
from portal.ground.database import connect, engine_for, migrate, models, reading
from portal.ground.vault import open_vault
from portal.record.audit import GENESIS, ReadEntry, entry_hash, verify
from portal.record.row_digests import WATCHED, note_all, reconcile, taken
from portal.rules.section4.assessing import assess_document
from tests import bench_load
from tests.bench_returns import ROWS, returns
from tests.bench_suppression import suppression
from tests.bench_uploads import uploads

SIGNATORIES = 100_000
ENTRIES = 1_000_000


def main() -> int:
    """Measure everything and print one table."""
    lines = [
        *returns(),
        *uploads(),
        *meanwhile_and_peers(),
        *suppression(),
        *check(),
        *the_register(),
        *the_record(),
        *pages(),
    ]
    width = max(len(what) for what, _ in lines)
    for what, figure in lines:
        sys.stdout.write(f"{what:<{width}}  {figure}\n")
    sys.stdout.flush()
    return bench_load.main()


def timed(work: Callable[[], object], times: int = 1) -> float:
    """Give the median seconds of some runs."""
    seconds = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begun)
    return statistics.median(seconds)


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
        first = timed(lambda: register(store, RegisterSearch(on=today)), 5)
        little = timed(lambda: register(small, RegisterSearch(on=today)), 5)
        search = timed(lambda: register(store, RegisterSearch(on=today, words="council 4711")), 5)
        last = timed(lambda: register(store, RegisterSearch(on=today, page=10**6)), 5)
        whole = timed(lambda: sum(1 for _ in everybody(store, today)))
        for each in (store, small):
            each.engine.dispose()
    return [
        (f"register: first page of {SIGNATORIES:,}", f"{first * 1000:.0f} ms ({first / little:.1f} times that of 50)"),
        ("register: a search", f"{search * 1000:.0f} ms"),
        ("register: the last page", f"{last * 1000:.0f} ms"),
        ("register: the whole of it", f"{whole:.1f} s"),
    ]


def the_record() -> list[tuple[str, str]]:
    """Verify a million entries of the record, and the rows of a hundred thousand organisations that they speak of."""
    with tempfile.TemporaryDirectory() as folder:
        store = _filled(Path(folder), SIGNATORIES)
        with reading(store.engine) as session:
            note_all(session, [model.__table__.name for model in WATCHED])  # type: ignore[attr-defined]  # each has one
            rows = json.loads(taken(session))
        _write_entries(store, rows)
        seconds = timed(lambda: verify(store))
        compared = timed(lambda: reconcile(store))
        store.engine.dispose()
    return [
        (f"record: {ENTRIES:,} entries verified", f"{seconds:.0f} s"),
        (f"record: compared with {len(rows):,} rows", f"{compared:.0f} s"),
    ]


def _write_entries(store: Store, rows: dict[str, str]) -> None:
    """Write entries past the portal: each tenth of a row that stands, as many of one that comes and one that goes."""
    standing, each = list(rows.items()), -(-len(rows) // (ENTRIES // 10))
    previous, at = GENESIS, datetime(2026, 1, 5, tzinfo=UTC)
    with connect(store.engine) as connection:
        for first in range(1, ENTRIES + 1, 5000):
            entries = []
            for number in range(first, first + 5000):
                part = number // 10 * each
                told = (
                    dict(standing[part : part + each]),
                    {f"request:{number}": "a" * 64},
                    {f"request:{number - 1}": ""},
                )
                changes = json.dumps(told[number % 10]) if number % 10 < len(told) else ""
                read = ReadEntry(
                    number,
                    at,
                    "person:1",
                    "Priya Shah",
                    None,
                    "request:read",
                    f"request:{number}",
                    "{}",
                    changes,
                    previous,
                    "",
                )
                entries.append(read._replace(hash=entry_hash(read))._asdict())
                previous = entries[-1]["hash"]
            connection.execute(insert(AuditEntry), entries)
        connection.execute(update(AuditHead).values(number=ENTRIES, hash=previous))


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


def meanwhile_and_peers() -> list[tuple[str, str]]:
    """Take a return in a portal that serves somebody else, and give the peers' times beside its own."""
    from tests.bench_pages import meanwhile  # noqa: PLC0415 - starts a server
    from tests.bench_peers import peers  # noqa: PLC0415

    quiet, worst, seconds = meanwhile()
    told = f"{worst * 1000:.0f} ms at worst, {quiet * 1000:.0f} ms when quiet"
    return [(f"returns: another person's page during {ROWS:,} rows", told), *peers(seconds)]


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

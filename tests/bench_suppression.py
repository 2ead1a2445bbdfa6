"""What suppression withholds and how long it takes, beside a reference, the optimum of small tables, and tau-argus.

All are judged by the same attack. tau-argus runs where PORTAL_BENCH_PEERS names a Python that has it (tests/bench_peers.py).
"""

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pandas as pd

from portal.privacy.suppression.protecting import NotPublishableError, protect, prove
from portal.privacy.suppression.tables import Counted, Key, SuppressedTable
from portal.publication.tabulation.outlines import LineGrouping
from portal.publication.tabulation.tabulating import TableWish, tabulate
from portal.rules.datasets.catalogue import data_set
from tests.table_builders import a_drawn_table

SCRIPT = Path(__file__).with_name("bench_peers_tables.py")
THRESHOLD = 5
TABLES, SMALL = 30, 20


def suppression() -> list[tuple[str, str]]:
    """Measure withheld cells and seconds."""
    tables = [_flat(random.Random(seed)) for seed in range(TABLES)]  # noqa: S311 - the same tables in each run
    begun = time.perf_counter()
    ours = [protect(one, threshold=THRESHOLD).published for one in tables]
    each = (time.perf_counter() - begun) / TABLES
    hidden = sum(len(one.withheld()) for one in ours)
    reference = sum(len(_reference(one).withheld()) for one in tables)
    lines = [
        (
            f"suppression: cells withheld of {TABLES} flat tables",
            f"{hidden} ({hidden / reference:.2f} of the reference)",
        ),
        ("suppression: seconds a flat table", f"{each:.2f}"),
        *_beside_the_optimum(),
        *_beside_tau_argus(tables, [len(one.withheld()) for one in ours]),
    ]
    sizes = (("30 x 12", 30, 12, 0), ("40 x 30, three levels", 40, 30, 8))
    lines += [
        (f"suppression: {name}, {records:,} records", _timed(rows, columns, groups, records))
        for name, rows, columns, groups in sizes
        for records in (1000, 20_000)
    ]
    return [
        *lines,
        ("suppression: 30 x 12 of a year, beside its public quarter", _year_beside_its_quarter()),
        ("suppression: the third table of a ring: 30 areas, 12 kinds, 3 months", _third_of_a_ring()),
    ]


def _year_beside_its_quarter() -> str:
    quarters = [_records(30, 12, 1000, seed).assign(date=f"2026-{3 * seed + 1:02d}-02") for seed in range(4)]
    entry, wish = data_set("la-asb"), TableWish("area", "category")
    quarter = tabulate(entry, quarters[2:3], wish).published
    begun = time.process_time()
    made = tabulate(entry, quarters, wish, [quarter])
    return f"{time.process_time() - begun:.1f} s of a processor, {len(made.published.withheld())} of {len(made.published.shown)} withheld"


def _third_of_a_ring() -> str:
    days = random.Random(1)  # noqa: S311 - the same tables in each run
    records = _records(30, 12, 1000, 2)
    records = records.assign(date=[f"2026-{days.choice((7, 8, 9)):02d}-02" for _ in range(len(records))])
    entry, public = data_set("la-asb"), list[SuppressedTable]()
    for wish in (TableWish("area", "category"), TableWish("area", "month"), TableWish("category", "month")):
        begun = time.process_time()
        public.append(tabulate(entry, [records], wish, public).published)
    return f"{time.process_time() - begun:.1f} s of a processor, {len(public[-1].withheld())} of {len(public[-1].shown)} withheld"


def _flat(chance: random.Random) -> Counted:
    return a_drawn_table(chance, chance.randint(4, 14), chance.randint(4, 8), chance.randint(40, 700))


def _shown(table: Counted, hidden: frozenset[Key], *, noughts_hidden: bool) -> SuppressedTable:
    return SuppressedTable(
        table.shape, {key: None if key in hidden else count for key, count in table.counts.items()}, noughts_hidden
    )


def _starts(table: Counted) -> Iterator[tuple[bool, frozenset[Key]]]:
    small = frozenset(key for key, count in table.counts.items() if 1 <= count < THRESHOLD)
    yield False, small
    yield True, small | {key for key, count in table.counts.items() if count == 0}


def _reference(table: Counted) -> SuppressedTable:
    """Withhold by hand, as an office would with the attack beside it: the cheapest cell of a line that was broken, then give back."""
    for noughts_hidden, first in _starts(table):
        hidden = first
        while True:
            broken = prove(table, _shown(table, hidden, noughts_hidden=noughts_hidden), threshold=THRESHOLD).broken
            if not broken:
                for key in sorted(hidden - first, key=lambda one: (-len(one), table.counts[one]), reverse=True):
                    less = _shown(table, hidden - {key}, noughts_hidden=noughts_hidden)
                    if prove(table, less, threshold=THRESHOLD).passed:
                        hidden -= {key}
                return _shown(table, hidden, noughts_hidden=noughts_hidden)
            lines = [{whole, *parts} for whole, parts in table.shape.sums() if broken[0].key in {whole, *parts}]
            free = [key for key, count in table.counts.items() if count and key not in hidden]
            open_ = [key for key in free if any(key in line for line in lines)] or free
            if not open_:
                break
            hidden |= {min(open_, key=lambda one: (table.shape.weight(one), table.counts[one]))}
    return _shown(table, frozenset(table.counts), noughts_hidden=True)


def _beside_the_optimum() -> list[tuple[str, str]]:
    """Try every set of further cells, the smallest first, on tables small enough for it."""
    found, best = 0, 0
    for seed in range(SMALL):
        chance = random.Random(1000 + seed)  # noqa: S311 - the same tables in each run
        table = a_drawn_table(chance, 3, 3, chance.randint(12, 90))
        try:
            ours = len(protect(table, threshold=THRESHOLD).published.withheld())
        except NotPublishableError:
            continue
        found, best = found + ours, best + _fewest(table)
    return [(f"suppression: withheld beside the fewest possible, {SMALL} small tables", f"{found} to {best}")]


def _fewest(table: Counted) -> int:
    for noughts_hidden, first in _starts(table):
        others = [key for key, count in table.counts.items() if key not in first and count]
        for more in range(len(others) + 1):
            for extra in combinations(others, more):
                tried = _shown(table, first | set(extra), noughts_hidden=noughts_hidden)
                if prove(table, tried, threshold=THRESHOLD).passed:
                    return len(first) + more
    return len(table.counts)


def _beside_tau_argus(tables: list[Counted], ours: list[int]) -> list[tuple[str, str]]:
    """Give tau-argus the same records, each table in a process of its own since it may fall over, and attack what it leaves."""
    interpreter = os.environ.get("PORTAL_BENCH_PEERS", sys.executable)
    broken = withheld = beside = fell = 0
    for table, own in zip(tables, ours, strict=True):
        cells = [[*dict(key).values(), count] for key, count in table.counts.items() if table.shape.is_inner(key)]
        done = subprocess.run(
            [interpreter, str(SCRIPT)], input=json.dumps(cells).encode(), capture_output=True, check=False
        )
        if b"pytauargus is not installed" in done.stdout:
            return [("peers: tau-argus", "pytauargus is not installed; in November 2026 it left 41 of 60 tables open")]
        if done.returncode:
            fell += 1
            continue
        keys = frozenset(table.shape.key(*line) for line in json.loads(done.stdout.splitlines()[-1]))
        withheld, beside = withheld + len(keys), beside + own
        broken += not prove(table, _shown(table, keys, noughts_hidden=False), threshold=THRESHOLD).passed
    told = f"{withheld} withheld to our {beside}; {broken} of {TABLES} tables left open, {fell} not done"
    return [("peers: tau-argus (modular, FREQ(5,100))", told)]


def _records(rows: int, columns: int, records: int, seed: int = 5) -> pd.DataFrame:
    """Draw records, few in most cells; areas and kinds keep their sizes whatever the seed."""
    sizes, chance = random.Random(5), random.Random(seed)  # noqa: S311 - the same tables in each run
    tall = [sizes.paretovariate(0.8) for _ in range(rows)]
    wide = [sizes.paretovariate(0.8) for _ in range(columns)]
    return pd.DataFrame(
        {
            "area": [f"Ward {one:02d}" for one in chance.choices(range(rows), tall, k=records)],
            "category_code": [f"kind-{one:02d}" for one in chance.choices(range(columns), wide, k=records)],
        }
    )


def _timed(rows: int, columns: int, size: int, records: int) -> str:
    frame = _records(rows, columns, records)
    districts = {f"Ward {one:02d}": f"District {one // size}" for one in range(rows)} if size else {}
    grouping = LineGrouping(levels=(("district", districts),)) if size else LineGrouping()
    begun = time.process_time()  # of the processor: a busy machine tells nothing of the work
    made = tabulate(data_set("la-asb"), [frame], TableWish("area", "category", outlines={"area": grouping}))
    seconds = time.process_time() - begun
    return f"{seconds:.1f} s of a processor, {len(made.published.withheld())} of {len(made.published.shown)} withheld"


if __name__ == "__main__":
    for what, figure in suppression():
        sys.stdout.write(f"{what}  {figure}\n")

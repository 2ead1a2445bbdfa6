"""How long a return takes, beside what Arrow alone needs to read the file and write the result: ratios of one run first."""

import csv as plain_csv
import gc
import io
import random
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Self

import psutil
import pyarrow as pa
from openpyxl import Workbook
from pyarrow import csv, parquet

from portal.returns.pipeline.depersonalise import READY_FOR, depersonalise
from portal.returns.pipeline.options import ReturnOptions
from portal.returns.pipeline.stages import work
from portal.rules.datasets.quarters import Quarter
from portal.spreadsheets.worker.limited import ENDING
from portal.spreadsheets.worker.worker_pool import environment, waiting

ROWS = 200_000
MANY = 1_000_000
QUARTER = Quarter(2026, 3)
TIMES = 3
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
# What Arrow's read and write need in a child of their own, started and fed as ours is.
FLOOR_CHILD = """
import io, sys
import pyarrow as pa
from pyarrow import csv, parquet
source = sys.stdin.buffer.read()
names = source.split(b"\\n", 1)[0].decode().split(",")
as_text = csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()))
sink = io.BytesIO()
parquet.write_table(csv.read_csv(io.BytesIO(source), convert_options=as_text), sink)
sys.stdout.buffer.write(sink.getvalue())
"""


def streets_of_a_county(number: int = 900) -> list[str]:
    """Make up as many streets as a county has: with the numbers of 30 houses in front, some 25,000 places."""
    firsts = ["Abbey", "Birch", "Castle", "Dean", "Elm", "Forge", "Glebe", "Hill", "Iron", "Kings", "Lime", "Mill"]
    seconds = ["field", "ford", "gate", "ham", "land", "ley", "mere", "moor", "side", "stone", "ton", "well", "wick"]
    kinds = ["Road", "Street", "Lane", "Close", "Avenue", "Drive", "Way", "Crescent", "Gardens", "Court", "Place"]
    every = [f"{a}{b}{c} {kind}" for a in firsts for b in seconds for c in ("", "er") for kind in kinds]
    return random.Random(7).sample(every, number)  # noqa: S311 - the same streets in each run


def a_return(rows: int, streets: list[str] = STREETS, houses: int = 200) -> bytes:
    """A messy return: 9 columns, one of remarks with names, numbers and addresses in it."""
    chance = random.Random(7)  # noqa: S311 - the same file in each run
    lines = ["Log no,Date,Time,Street,Postcode,Type,Caller,Phone,Remarks"]
    begins = date(2026, 7, 1)
    for number in range(rows):
        day = begins + timedelta(days=chance.randrange(92))
        street = (
            f"{chance.randrange(1, houses)} {chance.choice(streets)}"
            if chance.random() < 0.3
            else chance.choice(streets)
        )
        remark = f'"{chance.choice(NAMES)} rang 07700 900{chance.randrange(1000):03d} about no {chance.randrange(90)}"'
        lines.append(
            f"{number},{day:%d/%m/%Y},{chance.randrange(24):02d}:{chance.randrange(60):02d},{street},LE{chance.randrange(1, 19)} {chance.randrange(1, 9)}AB,{chance.choice(KINDS)},"
            f'"{chance.choice(NAMES)}",07700 900{chance.randrange(1000):03d},{remark}'
        )
    return "\n".join(lines).encode()


def accepted(source: bytes) -> None:
    """Depersonalise a file that must be accepted."""
    outcome = depersonalise(source, "la-asb", QUARTER, "2026")
    if outcome.status != "accepted":
        raise SystemExit(f"the bench's own file was not accepted: {outcome.message}")


def floor(source: bytes) -> None:
    """Read a file and write the result with Arrow alone, every column as text."""
    names = source.split(b"\n", 1)[0].decode().split(",")
    as_text = csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()))
    parquet.write_table(csv.read_csv(io.BytesIO(source), convert_options=as_text), io.BytesIO())


def floor_child(source: bytes) -> None:
    """Do the same in a child process of the kind that a file is taken in."""
    subprocess.run(
        [sys.executable, "-E", "-s", "-c", FLOOR_CHILD],
        input=source,
        stdout=subprocess.DEVNULL,
        env=environment(),
        check=True,
    )


class Used:
    """What some work used: seconds, processor seconds of this process and its children, the most memory of a child.

    Who watches the memory takes turns on a processor that the work has need of: `memory` is 0 where nobody does.
    """

    def __init__(self, *, watched: bool = True) -> None:
        self._watched = watched

    def __enter__(self) -> Self:
        self.memory, self._over = 0, threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._begun, self._processor = time.perf_counter(), _processor()
        self._thread.start()
        return self

    def _watch(self) -> None:
        while self._watched and not self._over.wait(0.01):
            for child in psutil.Process().children(recursive=True):
                try:
                    self.memory = max(self.memory, child.memory_info().rss)
                except psutil.Error:
                    continue

    def __exit__(self, *_error: object) -> None:
        self.seconds = time.perf_counter() - self._begun
        self._over.set()
        for each in threading.enumerate():
            if each is self._thread or each.name == ENDING:
                each.join()  # a child's processor time is known once it has ended
        self.processor = _processor() - self._processor


def _processor() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def least(
    work: Callable[[], object],
    times: int = TIMES,
    before: Callable[[], object] = lambda: None,
    *,
    watched: bool = False,
) -> Used:
    """Give the quickest of some runs: what others do on the machine only ever adds."""
    runs = []
    for _ in range(times):
        before()
        with Used(watched=watched) as used:
            work()
        runs.append(used)
    return min(runs, key=lambda each: each.seconds)


def by_processor(files: dict[str, bytes], times: int = 5) -> list[tuple[str, str]]:
    """Compare processor time alone, in one process that has loaded everything: it holds on a machine that others use too."""

    def cost(work_: Callable[[], object]) -> float:
        begun = time.process_time()
        work_()
        return time.process_time() - begun

    wanted = ReturnOptions("la-asb", QUARTER, "2026")
    gc.set_threshold(100_000, 50, 50)  # as the child has it
    told = []
    for name, source in files.items():
        work(source, wanted)
        bare, ours = (
            min(cost(partial(each, source)) for _ in range(times)) for each in (floor, partial(work, wanted=wanted))
        )
        told.append(
            (f"returns: processor time in one process, {name}", f"{ours / bare:.1f} times (Arrow {bare:.2f} s)")
        )
    return told


def loaded() -> None:
    """Have a child ready, as a server has by the time that a person has chosen a file."""
    waiting.prepare()
    time.sleep(2)


def returns() -> list[tuple[str, str]]:
    """Depersonalise 200,000 rows and a million, beside what Arrow needs to read the file and write the result."""
    source, many, varied = a_return(ROWS), a_return(MANY), a_return(ROWS, streets_of_a_county(), 31)
    floor(source)
    bare = least(lambda: floor(source), 5)
    beside = least(lambda: floor_child(source), watched=True)
    alone = least(lambda: accepted(source), watched=True)
    waiting.serve(READY_FOR)
    ready = least(lambda: accepted(source), 5, before=loaded)
    county = least(lambda: accepted(varied), 5, before=loaded)
    waiting.close()
    with Used() as million:
        accepted(many)
    more = (alone.memory - beside.memory) / 2**20
    return [
        (
            f"returns: {ROWS:,} rows of 9 columns, as a ratio to reading and writing them with Arrow",
            f"{ready.seconds / bare.seconds:.1f} times ({ready.seconds:.2f} s, {ROWS / ready.seconds:,.0f} rows/s; Arrow {bare.seconds:.2f} s)",
        ),
        (
            f"returns: the same with the {_places(varied):,} places of a county",
            f"{county.seconds / bare.seconds:.1f} times ({county.seconds:.2f} s, {ROWS / county.seconds:,.0f} rows/s)",
        ),
        (
            "returns: the same with no child kept ready, as the command does it",
            f"{alone.seconds / bare.seconds:.1f} times ({alone.seconds:.2f} s, {ROWS / alone.seconds:,.0f} rows/s)",
        ),
        (
            "returns: processor time of the same, as a ratio to Arrow's",
            f"{alone.processor / bare.processor:.1f} times ({alone.processor:.2f} s; Arrow {bare.processor:.2f} s)",
        ),
        (
            "returns: most memory of the child beside a child of Arrow's read and write",
            f"{more:+.0f} MB ({alone.memory / 2**20:.0f} MB; Arrow {beside.memory / 2**20:.0f} MB)",
        ),
        (
            f"returns: {MANY:,} rows",
            f"{million.seconds:.1f} s, {MANY / million.seconds:,.0f} rows/s, at most {million.memory / 2**20:.0f} MB",
        ),
        *_workbook(),
        *by_processor({"1,800 distinct places": source, f"{_places(varied):,} distinct places": varied}),
    ]


def _places(source: bytes) -> int:
    return len(csv.read_csv(io.BytesIO(source))["Street"].unique())


def _workbook() -> list[tuple[str, str]]:
    """Depersonalise 200,000 rows of XLSX."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Return")
    for row in plain_csv.reader(io.StringIO(a_return(ROWS).decode())):
        sheet.append(row)
    sink = io.BytesIO()
    book.save(sink)
    used = least(lambda: accepted(sink.getvalue()), 1, watched=True)
    return [(f"returns: {ROWS:,} rows of XLSX", f"{used.seconds:.2f} s, at most {used.memory / 2**20:.0f} MB")]

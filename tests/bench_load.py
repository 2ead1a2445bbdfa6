"""People at once over real websockets, the clients on the same processors: `python3 -m tests.bench_load [PEOPLE MINUTES]`.

200 people for two minutes where nothing else is asked; `20 60` says whether memory stays flat over an hour.
"""

import asyncio
import os
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import psutil
from sqlmodel import col, select
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from models.accounts import Account, Post
from portal.accounts.authentication.sessions import COOKIE, begin_session
from portal.demonstration.loading import load
from portal.ground.act import SYSTEM, Act, Role, Store
from portal.ground.database import engine_for, migrate, reading
from portal.ground.vault import open_vault
from tests.bench_pages import served

PEOPLE, MINUTES = (int(told) for told in sys.argv[1:3] or ("200", "2"))  # the minutes begin when everybody has come
EVERY = 15.0  # seconds between two pages of one person
COMES_WITHIN = 30.0
WEIGHED = 300.0  # seconds between two looks at the server's memory
PUBLIC_PAGES = ("", "register", "agreement", "who-may-tell", "statistics", "guides")
PAGES = {
    Role.PARTNER: ("", "to-do", "calendar", "request", "return", "statements", "register"),
    Role.APPROVER: ("", "to-do", "request", "colleagues", "statements", "access-requests"),
    Role.CHAIR: ("", "to-do", "meetings", "calendar"),
    Role.OFFICER: ("", "to-do", "returns-received", "figures", "figures-publish"),
    Role.MANAGER: ("", "to-do", "people", "organisations", "audit", "register"),
}


@dataclass
class Measured:
    """What everybody saw: seconds of each answer, by page, and what went wrong, by kind; and the server's MB, time by time."""

    answers: dict[str, list[float]] = field(default_factory=dict)
    wrong: Counter[str] = field(default_factory=Counter)
    megabytes: list[float] = field(default_factory=list)

    def all(self) -> list[float]:
        return sorted(seconds for each in self.answers.values() for seconds in each)


def main() -> int:
    """Serve the demonstration and print how long people waited; 1 where anything went wrong."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        who = _visitors(data)
        more = {"PORTAL_NO_BOOTSTRAP": "1", "PORTAL_DATA_DIR": folder}
        with served([sys.executable, "-m", "portal", "run", "--port"], more, "/healthz") as base:
            measured = asyncio.run(_everybody(base, who))
    found = measured.all()
    percentiles = statistics.quantiles(found, n=100)
    say = sys.stdout.write
    say(f"{PEOPLE} people, a page each {EVERY:.0f} s, {os.cpu_count()} processors: {len(found):,} answers\n")
    say(f"half within {percentiles[49]:.2f} s, 95 in 100 within {percentiles[94]:.2f} s, at worst {found[-1]:.2f} s\n")
    for page, seconds in sorted(measured.answers.items(), key=lambda one: -statistics.median(one[1])):
        say(f"  {page or 'home':<18} {len(seconds):>5} answers, half within {statistics.median(seconds):.2f} s\n")
    say(f"memory each {WEIGHED / 60:.0f} minutes: {', '.join(f'{one:.0f}' for one in measured.megabytes)} MB\n")
    say(f"went wrong: {dict(measured.wrong) or 'nothing'}\n")
    return 1 if measured.wrong else 0


def _visitors(data: Path) -> list[tuple[str, tuple[str, ...]]]:
    """Load the demonstration; give a session's cookie ('' is the public) and the pages of each of the people."""
    engine = engine_for(f"sqlite:///{data / 'portal.sqlite'}")
    migrate(engine)
    store = Store(engine=engine, vault=open_vault(data / "keys" / "portal.json", may_make=True))
    load(store, lambda _: None)
    act = Act(store=store, person=SYSTEM, at=datetime.now(UTC))
    with reading(engine) as session:
        posts = session.exec(select(Account, Post.role).join(Post).where(col(Post.ended_at).is_(None))).all()
    able = [(account, PAGES[Role(role)]) for account, role in posts if Role(role) in PAGES and not account.closed_at]
    chosen = random.Random(7)  # noqa: S311 - not a secret
    who = list[tuple[str, tuple[str, ...]]]()
    for number in range(PEOPLE):
        account, pages = chosen.choice(able)
        public = number % 3 == 0  # a third of them only look
        who.append(("", PUBLIC_PAGES) if public else (begin_session(act, account, second_step=True), pages))
    engine.dispose()
    return who


async def _everybody(base: str, who: list[tuple[str, tuple[str, ...]]]) -> Measured:
    measured = Measured()
    end = time.monotonic() + COMES_WITHIN + MINUTES * 60
    weighing = asyncio.create_task(_weigh(measured))
    await asyncio.gather(*(_one(base, number, *each, end, measured) for number, each in enumerate(who)))
    weighing.cancel()
    return measured


async def _weigh(measured: Measured) -> None:
    """Weigh the server, the only process that this one has started, again and again; not its child that waits for a file."""
    (server,) = psutil.Process().children()
    while True:
        await asyncio.sleep(COMES_WITHIN if not measured.megabytes else WEIGHED)
        measured.megabytes.append(server.memory_info().rss / 2**20)


async def _one(base: str, number: int, secret: str, pages: tuple[str, ...], end: float, measured: Measured) -> None:
    """Come, and open a page about every 15 seconds until the end; each from an address of its own."""
    chance = random.Random(number)  # noqa: S311 - not a secret
    await asyncio.sleep(COMES_WITHIN * number / PEOPLE)
    headers = {"X-Forwarded-For": f"10.0.{number // 250}.{number % 250 + 1}"}
    if secret:
        headers["Cookie"] = f"{COOKIE}={secret}"
    try:
        async with connect(
            base.replace("http", "ws") + "/_stcore/stream",
            subprotocols=["streamlit", "x"],  # type: ignore[list-item]
            origin=base,  # type: ignore[arg-type]
            additional_headers=headers,
            max_size=None,
        ) as socket:
            while time.monotonic() < end:
                page = chance.choice(pages)
                seconds, fault = await _answer(socket, page)
                measured.answers.setdefault(page, []).append(seconds)
                if fault:
                    measured.wrong[f"{page}: {fault}"] += 1
                await asyncio.sleep(max(0.0, chance.uniform(0.7, 1.3) * EVERY - seconds))
    except (WebSocketException, TimeoutError, OSError) as error:
        measured.wrong[type(error).__name__] += 1


async def _answer(socket: ClientConnection, page: str) -> tuple[float, str]:
    """Ask for a page; give the seconds until the whole of it came, and what is wrong with it ('' nothing)."""
    asked = BackMsg()
    asked.rerun_script.page_name = page
    begun, fault = time.perf_counter(), ""
    await socket.send(asked.SerializeToString())
    message = ForwardMsg()
    while message.WhichOneof("type") != "script_finished":
        message.ParseFromString(await asyncio.wait_for(socket.recv(decode=False), 30))
        if message.delta.new_element.HasField("exception"):
            fault = "an exception"
    return time.perf_counter() - begun, fault


if __name__ == "__main__":
    raise SystemExit(main())

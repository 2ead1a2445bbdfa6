"""Turns at the door of the framework: few begin at once, each address in its turn."""

import asyncio

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from portal.app import websockets
from portal.app.file_queue import FileTurns
from portal.app.websockets import CrowdedError, Sockets, StartQueue
from portal.ground.database import BusyError
from portal.web.routes import routes


def order_of(asked, **limits):
    """In which order those who ask begin, and how many ran together at most."""
    began, together = [], 0

    async def run():
        nonlocal together
        turns, running = StartQueue(**limits), []

        async def one(address):
            nonlocal together
            await turns.take(address)
            began.append(address)
            running.append(address)
            together = max(together, len(running))
            await asyncio.sleep(0.001)
            running.remove(address)
            turns.give_back()

        await asyncio.gather(*(one(address) for address in asked))

    asyncio.run(run())
    return began, together


@pytest.mark.threat("DO2")
def test_one_address_that_opens_two_hundred_holds_nobody_else_up():
    began, together = order_of(["evil"] * 200 + ["ann", "bob"], together=4)
    assert began.index("ann") < 12
    assert began.index("bob") < 12
    assert (len(began), together) == (202, 4)


def test_who_waits_too_long_or_goes_away_takes_no_turn_from_others():
    async def run():
        turns = StartQueue(together=1, most_waiting=2)
        await turns.take("a")
        with pytest.raises(CrowdedError):
            await turns.take("b", waits=0.01)
        left = asyncio.create_task(turns.take("c"))
        await asyncio.sleep(0)
        left.cancel()
        waiting = [asyncio.create_task(turns.take("d")) for _ in range(2)]
        await asyncio.sleep(0.01)
        with pytest.raises(CrowdedError):
            await turns.take("d")
        turns.give_back()
        await waiting[0]
        turns.give_back()
        await waiting[1]
        left = asyncio.create_task(turns.take("e"))
        await asyncio.sleep(0)
        left.cancel()
        turns.give_back()  # its turn comes before it has gone
        await turns.take("f", waits=1)

    asyncio.run(run())


@pytest.mark.threat("DO4")
def test_whoever_asks_for_fifty_papers_at_once_holds_up_nobody_else():
    made, at_once, most = [], 0, 0

    async def app(scope, _receive, send):
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        await asyncio.sleep(0.001)
        made.append(scope["client"][0])
        at_once -= 1
        await send({"type": "http.response.start"})
        if scope["client"][0] == "192.0.2.9":
            await asyncio.sleep(0.2)  # one that reads slowly holds no turn

    async def run():
        turns, papers = FileTurns(app), ["192.0.2.9", "192.0.2.9", *["192.0.2.1"] * 50, "192.0.2.2"]
        asked = [{"type": "http", "path": "/files/request/1.pdf", "client": (each, 1)} for each in papers]
        await asyncio.gather(*(turns(each, None, nothing) for each in asked))

    asyncio.run(run())
    assert (len(made), most) == (53, 2)
    assert made.index("192.0.2.2") < 8


@pytest.mark.threat("DO4")
def test_every_file_that_is_drawn_takes_its_turn_and_nothing_else_does():
    door, waits = FileTurns(nothing, turns=StartQueue(most_waiting=0)), set()

    def asked(path):
        try:
            asyncio.run(door({"type": "http", "path": path, "client": ("192.0.2.1", 1)}, None, nothing))
        except BusyError:
            waits.add(path)

    drawn = {one.path for one in routes() if one.path.endswith((".pdf", ".zip")) or "/downloads/" in where(one)}
    for path in {one.path for one in routes()} | {"/return/_stcore/upload_file/a/b", "/return/_stcore/stream"}:
        asked(path)
    assert drawn ^ waits == {"/calendar.ics", "/calendar/{key}.ics"}


def where(route):
    return route.endpoint.__module__.replace(".", "/")


def test_a_paper_that_cannot_be_made_gives_its_turn_back():
    async def fails(*_):
        raise ZeroDivisionError

    async def run():
        turns = StartQueue(together=1)
        with pytest.raises(ZeroDivisionError):
            await FileTurns(fails, turns=turns)(
                {"type": "http", "path": "/files/x.pdf", "client": ("192.0.2.1", 1)}, None, nothing
            )
        await turns.take("next", waits=0.01)

    asyncio.run(run())


SCOPE = {"type": "websocket", "client": ("192.0.2.1", 1), "headers": []}


async def nothing(*_arguments):
    return {}


@pytest.mark.threat("DO2")
def test_a_socket_that_fails_before_the_framework_sees_it_gives_its_turn_back(monkeypatch):
    async def run():
        turns = StartQueue(together=1)
        door = Sockets(nothing, turns=turns)
        monkeypatch.setattr(websockets, "_browser", lambda _scope: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            await door(SCOPE, nothing, nothing)
        await turns.take("next", waits=0.01)

    asyncio.run(run())


@pytest.mark.threat("DO2")
def test_an_address_opens_no_more_than_its_number_and_others_are_served():
    async def run():
        told, over = asyncio.Queue(), asyncio.Event()

        async def stays(scope, _receive, _send):
            await told.put(scope["client"][0])
            await over.wait()

        async def refused(message):
            await told.put(message["code"])

        door = Sockets(stays, most_open=2)
        here, there = SCOPE, {**SCOPE, "client": ("198.51.100.7", 1)}
        opened = [asyncio.create_task(door(one, nothing, refused)) for one in (here, here, here, there)]
        at_once = [await told.get() for _ in opened]
        over.set()
        await asyncio.gather(*opened)
        await door(here, nothing, refused)
        return at_once, await told.get()

    at_once, later = asyncio.run(run())
    assert sorted(at_once, key=str) == [1013, "192.0.2.1", "192.0.2.1", "198.51.100.7"]
    assert later == "192.0.2.1", "what has ended makes room"


@pytest.mark.threat("DO2")
def test_a_first_script_that_never_ends_holds_its_turn_for_a_while_only(monkeypatch):
    monkeypatch.setattr(websockets, "BEGINS_WITHIN", 0.001)

    async def run():
        began = asyncio.Queue()

        async def never_ends(scope, _receive, _send):
            await began.put(scope)
            await asyncio.Event().wait()

        door = Sockets(never_ends, turns=StartQueue(together=1))
        opened = [asyncio.create_task(door(SCOPE, nothing, nothing)) for _ in range(2)]
        async with asyncio.timeout(10):
            for _ in opened:
                await began.get()
        for one in opened:
            one.cancel()

    asyncio.run(run())


def test_a_session_that_begins_after_its_turn_is_over_is_remembered_all_the_same(monkeypatch):
    told = ForwardMsg()
    told.new_session.initialize.session_id = "late"

    seen = []

    async def app(scope, _receive, send):
        seen.append(dict(scope["headers"])[b"sec-websocket-protocol"])
        await asyncio.sleep(0.02)
        await send({"type": "websocket.send", "bytes": told.SerializeToString()})

    async def run():
        door = Sockets(app)
        for _ in ("opened", "opened again by the same browser"):
            await door({**SCOPE, "headers": [(b"sec-websocket-protocol", b"streamlit, x, late")]}, nothing, nothing)

    monkeypatch.setattr(websockets, "BEGINS_WITHIN", 0.001)
    monkeypatch.setattr(websockets, "_browser", lambda _scope: ("hers", ""))
    asyncio.run(run())
    assert seen == [b"streamlit, x", b"streamlit, x, late"]


def test_of_very_many_sessions_those_that_were_asked_for_last_are_remembered(monkeypatch):
    known, told = [], ForwardMsg()

    async def app(scope, _receive, send):
        known.append(len(dict(scope["headers"])[b"sec-websocket-protocol"].split(b",")) == 3)
        await send({"type": "websocket.send", "bytes": told.SerializeToString()})

    async def run():
        door = Sockets(app)
        for name in ("first", "second", "first", "third", "first", "second"):
            told.new_session.initialize.session_id = name
            asked = f"streamlit, x, {name}".encode()
            await door({**SCOPE, "headers": [(b"sec-websocket-protocol", asked)]}, nothing, nothing)

    monkeypatch.setattr(websockets, "_REMEMBERED", 2)
    monkeypatch.setattr(websockets, "_browser", lambda _scope: ("hers", ""))
    asyncio.run(run())
    assert known == [False, False, True, False, True, False]

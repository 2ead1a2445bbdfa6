"""Two replicas on one PostgreSQL behind the proxy that we ship: what one is told the other knows, and one may die."""

import os
import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager

import pytest
from playwright.sync_api import expect

from portal.ground.settings import ROOT
from tests.browser.steps import sign_in
from tests.browser.test_signing import MAY, at, go_on, to_check, to_reading
from tests.ports import free_port
from tests.served import served
from tests.world import make_world


@pytest.fixture
def replicas(tmp_path, request):
    """Two replicas that started at once on an empty database, a proxy before them, and the world that is in the database."""
    proxy = os.environ.get("PORTAL_TEST_PROXY")
    if not proxy or not os.environ.get("PORTAL_TEST_POSTGRES"):
        pytest.skip("no HAProxy or no PostgreSQL; `python3 -m tests` finds or installs them")
    url = request.getfixturevalue("empty_postgres")
    ports = {"one": free_port(), "two": free_port()}
    front = free_port()
    base = f"http://127.0.0.1:{front}"
    with ExitStack() as running, ThreadPoolExecutor(2) as at_once:

        def start(port):
            return running.enter_context(served(tmp_path, port, PORTAL_DATABASE_URL=url, PORTAL_BASE_URL=base))

        processes = dict(zip(ports, at_once.map(start, ports.values()), strict=True))
        world = make_world(tmp_path / "data", base, url)
        with proxied(proxy, front, ports):
            yield world, processes, [tmp_path / f"log-{port}" for port in ports.values()]
        world.store.engine.dispose()


@contextmanager
def proxied(proxy, front, ports):
    names = {"PORTAL_BIND": f"127.0.0.1:{front}", **{f"PORTAL_{name.upper()}": f"127.0.0.1:{port}" for name, port in ports.items()}}  # fmt: skip
    process = subprocess.Popen([proxy, "-db", "-f", str(ROOT / "deploy" / "haproxy.cfg")], env=os.environ | names)
    try:
        yield
    finally:
        process.terminate()
        process.wait(10)


def replica_of(page):
    return next(each["value"] for each in page.context.cookies() if each["name"] == "portal-replica")


def test_signed_on_one_confirmed_on_the_other_and_gone_on_after_one_is_killed(chromium, replicas):
    world, processes, logs = replicas
    with ExitStack() as open_pages:

        def person():
            context = open_pages.enter_context(chromium.new_context(base_url=world.base, locale="en-GB"))
            context.set_default_timeout(60_000)
            return context.new_page()

        clerk, manager = person(), person()
        clerk.goto("/sign")
        for _ in range(20):  # until the two are served by different replicas
            manager.goto("/register")
            if replica_of(manager) != replica_of(clerk):
                break
            manager.context.clear_cookies()
        assert replica_of(manager) != replica_of(clerk)

        to_check(clerk, "Newtown Council")
        clerk.get_by_role("button", name="Sign for Newtown Council").click()
        at(clerk, "You have signed")
        sign_in(manager, world.manager.email)
        manager.goto("/signature")
        manager.get_by_role("link", name="Newtown Council").click()
        manager.get_by_text("Confirm: it goes into the public register").click()
        manager.get_by_role("textbox", name="How you checked").fill("Telephoned the council on its public number")
        go_on(manager, "Record the decision")
        expect(manager.get_by_role("heading", name="Confirmed")).to_be_visible()

        said = "".join(log.read_text(encoding="utf-8") for log in logs)
        assert "unexpected error" not in said

        late = person()
        to_reading(late, "Oldtown Council", email="late@oldtown.example")
        dead = processes[replica_of(late)]
        dead.kill()
        dead.wait()
        late.reload()
        at(late, "Read the agreement")
        late.get_by_role("link", name="Back").click()
        at(late, MAY)
        expect(late.get_by_text("Oldtown Council").first).to_be_visible()
        expect(late.get_by_role("radio", name="Yes").first).to_be_checked()

"""Pages as Streamlit runs them, without a browser: the whole script with its gate, as whoever the cookie says."""

from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from portal.ground.act import SYSTEM, Act
from portal.ground.page_access import BY_ADDRESS
from portal.ground.settings import ROOT
from portal.ui import visitor
from tests.builders import a_session


@pytest.fixture
def now(portal):
    """An act by the portal itself, now: pages ask the clock, so their world is made today."""
    return Act(store=portal.store, person=SYSTEM, at=datetime.now(UTC))


@pytest.fixture
def cookies(monkeypatch):
    """The cookies of the browser, by name; a test puts its own here."""
    kept = {}
    monkeypatch.setattr(visitor, "cookie", lambda name: kept.get(name, ""))
    return kept


@pytest.fixture
def open_page(portal, now, cookies):
    """Open a page by its address, as a person (None: the public), with a question in the address."""

    def run(address, person=None, **query):
        if person is not None and cookies.get("person") != person.id:
            cookies.update(portal_session=a_session(now, person), person=person.id)
        app = AppTest.from_file(str(ROOT / "portal" / "app" / "main.py"), default_timeout=30)
        # Opened by its address, as from a letter; `switch_page` would draw the first page before, for every test.
        app._page_hash = calc_hash(BY_ADDRESS[address].address.strip("/"))  # noqa: SLF001 - the only way in
        for name, value in query.items():
            app.query_params[name] = value
        return app.run()

    return run


def words(app):
    """Everything a page says, in one text."""
    parts = [*app.title, *app.header, *app.subheader, *app.markdown, *app.text, *app.caption, *app.code]
    return "\n".join([*[p.value for p in parts], *[h.proto.body for h in app.get("html")]])

"""Opens the pages of meetings as somebody, and reads what they say."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from portal.ground.act import Role
from portal.ground.page_access import PAGES
from portal.ground.settings import ROOT
from tests.builders import a_partnership, a_person, a_session, an_organisation
from tests.meeting_builders import now


@pytest.fixture
def group(portal):
    """A partnership with a police force and a parish council, and a Chair: act, Chair."""
    act = now(portal)
    a_partnership(act)
    an_organisation(act, "Thornby Parish Council", "parish_council")
    an_organisation(act, "Anyshire Police", "police")
    return act, a_person(act, "Farah Khan", Role.CHAIR)


@pytest.fixture
def show(portal, monkeypatch):
    """Open a page as somebody: show("chair/meeting.py", person, id=…), wherever its file stands."""
    where = {Path(page.file).name: page.file for page in PAGES}

    def opened(file, person=None, **query):
        secret = a_session(now(portal), person) if person else ""
        monkeypatch.setattr("portal.ui.visitor.cookie", lambda _name: secret)
        app = AppTest.from_file(str(ROOT / "portal" / "app" / "main.py"), default_timeout=20).run()
        for name, value in query.items():
            app.query_params[name] = value
        return app.switch_page(f"../../pages/{where[Path(file).name]}").run()

    return opened


def words(app) -> str:
    """Everything that the page says, as one text."""
    parts = [*app.title, *app.header, *app.subheader, *app.markdown, *app.warning]
    return " ".join(str(part.value) for part in parts) + " ".join(element.proto.body for element in app.get("html"))


def press(app, label):
    next(button for button in app.button if button.label == label).click()
    return app.run()


def in_field(app, key):
    return next(field for field in app.text_input if field.key == key)

"""The gate: what the one table says is what the pages do, for every page that stands and every role (AZ4)."""

import pytest

from portal.ground.act import PUBLIC, Role
from portal.ground.database import BusyError
from portal.ground.page_access import PAGES, may_open
from portal.ground.settings import ROOT
from portal.ui import visitor
from portal.ui.layout import DRAWN
from tests.builders import a_partnership, a_person, an_organisation
from tests.pages.conftest import words

STANDING = [page for page in PAGES if (ROOT / "pages" / page.file).is_file()]
WHO = [None, *Role]


@pytest.fixture
def person(now, request):
    a_partnership(now)
    if request.param is None:
        return None
    return a_person(now, "Ann Clerk", request.param, organisation=an_organisation(now))


@pytest.mark.parametrize("person", WHO, ids=lambda role: role.value if role else "public", indirect=True)
@pytest.mark.threat("AZ4")
def test_each_page_opens_for_those_the_table_names_and_for_nobody_else(open_page, person):
    app = open_page("", person)
    for page in STANDING:
        app.switch_page(f"../../pages/{page.file}").run()
        assert not app.exception, (page.address, app.exception)
        title, shut = app.title[0].value, {"Sign in to open this page", "You cannot open this page"}
        if not may_open(person or PUBLIC, page.address):
            assert title in shut, page.address
            assert len(app.text_input) == 0, page.address
        else:
            # A page about one thing may say that there is no such thing; it never asks to sign in.
            assert title != "Sign in to open this page", page.address
            assert "problem with the service" not in words(app), page.address


@pytest.mark.threat("DA4")
def test_a_page_opened_while_the_store_is_away_says_so_in_words(open_page, now, monkeypatch):
    def away(*_):
        raise BusyError

    person = a_person(now, "Ann Clerk", Role.MANAGER)
    open_page("", person)
    monkeypatch.setattr(visitor, "person_of", away)
    app = open_page("people", person)
    assert not app.exception
    assert app.title[0].value == "Sorry, there is a problem with the service"
    assert "Nothing was changed" in words(app)
    assert DRAWN in words(app), "it is seen at once, not after the two seconds of a page that does not end"

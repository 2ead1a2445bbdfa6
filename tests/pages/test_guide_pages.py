from dataclasses import replace

from portal.ground.act import Role
from portal.ground.process.runtime import running
from portal.ui import visitor
from tests.builders import a_partnership, a_person
from tests.pages.conftest import words


def test_anybody_reads_a_guide_with_its_pictures_and_finds_it_to_print(open_page, now):
    a_partnership(now)
    assert "/guide/chair-card.pdf" in words(open_page("guides"))
    said = words(open_page("guides", role="chair"))
    assert "Open the door" in said
    assert 'alt="A meeting that is open, with the button that shows its door"' in said
    assert open_page("guides", role="nobody").title[0].value == "You cannot open this page"


def test_the_guides_lead_to_practice_only_where_it_is_served(open_page, now, monkeypatch):
    a_partnership(now)
    assert "Practise" not in words(open_page("guides"))
    served = replace(running().settings, practice_url="https://practice.example.org")

    monkeypatch.setattr(visitor, "settings", lambda: served)
    assert 'href="https://practice.example.org"' in words(open_page("guides"))


def test_a_first_visit_is_offered_a_tour_that_ends_or_is_skipped_at_any_step(open_page, now):
    a_partnership(now)
    officer = a_person(now, "Owen Pugh", Role.OFFICER)
    assert "/tour" in words(open_page("", officer))
    first, last = words(open_page("tour", officer, step="²")), words(open_page("tour", officer, step="99"))
    assert "See what is missing" in first
    assert "Skip the tour" in first
    assert "Begin at Home" in last

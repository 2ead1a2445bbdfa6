from tests.builders import a_partnership
from tests.pages.conftest import words


def test_anybody_reads_a_guide_with_its_pictures_and_finds_it_to_print(open_page, now):
    a_partnership(now)
    assert "/guide/chair-card.pdf" in words(open_page("guides"))
    said = words(open_page("guides", role="chair"))
    assert "Open the door" in said
    assert 'alt="A meeting that is open, with the button that shows its door"' in said
    assert open_page("guides", role="nobody").title[0].value == "You cannot open this page"

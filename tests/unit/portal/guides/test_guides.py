"""Guides: their words can be read at twelve, their pages and pictures exist, and they print; a card is one page."""

import io
import re

import pytest
from PIL import Image
from pypdf import PdfReader

from portal.ground.page_access import BY_ADDRESS
from portal.guides.guides import PICTURES, guides
from tests.builders import a_partnership
from tests.meeting_builders import now
from tests.unit.portal.ui.test_reading_age import GRADE, LONGEST, SHORTEST, grade

SMALL = 60_000  # bytes of a picture


@pytest.mark.parametrize("one", guides(), ids=lambda one: one.id)
def test_a_guide_is_read_at_twelve_and_leads_to_pages_that_are(one):
    told = " ".join([one.about, *(words for step in one.steps for words in (*step.words, step.card))])
    for sentence in re.split(r"(?<=[.?!:])\s+", told):
        words = re.findall(r"[A-Za-z][A-Za-z'-]*", sentence)
        assert len(words) < SHORTEST or (grade(words) <= GRADE and len(words) <= LONGEST), sentence
    assert [step.page for step in one.steps if step.page.strip("/") not in BY_ADDRESS] == []


def test_every_picture_that_a_guide_names_is_there_small_and_has_words_and_no_other_is():
    named = [step for one in guides() for step in one.steps if step.picture]
    assert {f"{step.picture}.png" for step in named} == {file.name for file in PICTURES.iterdir()}
    for step in named:
        assert step.alt
        assert step.file.stat().st_size < SMALL
        assert Image.open(step.file).width == 900


def test_anybody_prints_a_guide_with_its_pictures_and_a_card_of_one_page(client, portal):
    a_partnership(now(portal))
    for one in guides():
        pages = PdfReader(io.BytesIO(client.get(f"/guide/{one.id}.pdf").content)).pages
        text = " ".join(" ".join(page.extract_text() for page in pages).split())
        assert one.steps[-1].title in text
        assert "Ask the Information Manager" in text
        assert sum(len(page.images) for page in pages) == sum(1 for step in one.steps if step.picture)
        card = PdfReader(io.BytesIO(client.get(f"/guide/{one.id}-card.pdf").content)).pages
        assert len(card) == 1
    assert client.get("/guide/nobody.pdf").status_code == 404
    assert client.get("/guide-picture/partner-home.png").headers["content-type"] == "image/png"
    assert client.get("/guide-picture/..%2F..%2Fportal.png").status_code == 404

"""The text that people read and sign: whole, in order, with its blanks."""

import re

import pytest

from portal.rules.datasets.catalogue import data_sets
from portal.rules.edition.editions import edition, editions, open_blanks


@pytest.mark.parametrize("edition_id", ["2009", "2026"])
def test_every_section_and_appendix_stands_once_and_in_order(edition_id):
    headings = re.findall(r"^## (.+)$", edition(edition_id).text, flags=re.MULTILINE)
    numbers = [int(found[0]) for heading in headings if (found := re.findall(r"^(\d+) ", heading))]
    appendices = [int(found[0]) for heading in headings if (found := re.findall(r"(?i)^appendix (\d)", heading))]
    assert numbers == list(range(1, 17))
    assert appendices == list(range(1, 7))


def test_the_2009_text_keeps_the_words_of_the_agreement():
    text = edition("2009").text
    for words in (
        "If a data set contains fewer than 5 records the data may still be shared but published reports should state",
        "that the data is 'suppressed' in order to prevent the identification of individuals.",
        "has the right to refuse to supply the personal data requested, but should record the reason for that decision.",
        "If a partner organisation wishes to withhold all or part of this Agreement from publication it shall inform",
        "Chairs should undertake to induct any new members into the process.",
        "| Pager systems | Not to be used. | Not to be used. |",
    ):
        assert words in text
    assert "<" not in text
    assert len(text.split()) > 7000


def test_the_2026_text_says_what_the_facts_of_the_edition_say():
    of = edition("2026")
    facts = [section.summary for section in of.sections]
    facts += [one.text for one in (*of.undertakings, *of.chair_checklist, *of.check_conditions, *of.considerations)]
    facts += [one.text for one in of.rules if one.id != "review-statement"]
    facts += [one.label for one in (*of.request_contents, *of.iss_fields)]
    facts += [one.action for one in of.handling] + [one.role for one in of.jag.attendance]
    facts += [one.title for one in data_sets()]
    for fact in facts:
        assert fact in of.text


def test_what_is_not_verified_is_marked_in_the_2026_text():
    of = edition("2026")
    for one in (*of.rules, *of.handling, *of.chair_checklist):
        words = getattr(one, "text", None) or one.action
        assert (f"{words} (not yet checked)" in of.text) == (one.verified is False)


@pytest.mark.clause("cover.placeholders")
def test_every_blank_of_a_text_is_asked_for_at_set_up():
    for of in editions():
        asked = {placeholder.key for placeholder in of.placeholders}
        assert set(open_blanks(of.text, {})) <= asked
        assert "council" in open_blanks(of.text, {})

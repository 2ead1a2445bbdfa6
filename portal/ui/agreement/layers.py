"""The agreement in layers, for somebody who is to sign it: what it asks, the parts that bind, and how long reading takes."""

import math
from collections.abc import Sequence

import streamlit as st

from portal.agreement.editions.wording import EditionPart, EditionWords, split_parts
from portal.ground.wording import counted, listed
from portal.rules.datasets.catalogue import data_sets_of
from portal.rules.edition.adopted import settled
from portal.rules.edition.editions import edition
from portal.ui.agreement.edition_text import anchor, five_lines
from portal.ui.blocks import Cell, LinkTo, inset, links, table
from portal.ui.words import plain

_A_MINUTE = 200  # words that an adult reads with care in a minute
_ASKING = frozenset({4, 5, 6, 8, 9, 10, 11, 12, 14, 15, 16})  # sections that ask something of whoever signs


def reading_minutes(text: str) -> int:
    """Give how many minutes an adult needs to read a text with care."""
    return max(1, math.ceil(len(text.split()) / _A_MINUTE))


def whole_minutes(parts: Sequence[EditionPart]) -> int:
    """Give how many minutes the whole text takes, as it is shown to be signed: one number on every page that says it."""
    return reading_minutes(" ".join(part.text for part in parts))


def layers(parts: Sequence[EditionPart], page: str) -> None:
    """Say how long each layer takes, and lead to each on the same page."""
    whole = whole_minutes(parts)
    st.write(
        f"What it asks of you is one screen. The whole text takes about {whole} minutes. You can stop and come back."
    )
    links(
        [
            LinkTo("1. What it asks of you", f"{page}#asks"),
            LinkTo("2. The parts that bind you", f"{page}#binds"),
            LinkTo("3. The whole text", f"{page}#whole"),
            LinkTo("The agreement as a file (PDF)", "/agreement.pdf"),
        ]
    )


def what_it_asks(words: EditionWords, kind: str) -> None:
    """Show on one screen what the agreement asks of an organisation of this kind."""
    sets = [one.title for one in data_sets_of(kind, words.edition.rules_id)]
    returns = (
        f"Each quarter you send {counted(len(sets), 'table')} that {'names' if len(sets) == 1 else 'name'} nobody: {listed(sets)}."
        if sets
        else "Your kind of organisation sends no quarterly tables."
    )
    st.markdown("\n".join(f"- {plain(line)}" for line in (*five_lines(words), returns)))


def binding_parts(words: EditionWords, page: str) -> None:
    """List the sections that ask something of whoever signs: a plain summary each, and the way to its own words.

    The summary stands only while the section has the words it was written for.
    """
    st.write("All of it binds you. These are the parts that ask something of you. Their full words stand further down.")
    own = {part.title: part for part in split_parts(settled(words.edition.text))}
    written_for = {part.title: part for part in split_parts(settled(edition(words.edition.rules_id).text))}
    rows: list[tuple[Cell, Cell]] = []
    for section in words.edition.sections:
        title = f"{section.number} {section.title}"
        part = own.get(title)
        if section.number in _ASKING and part is not None:
            same = written_for.get(title) == part
            said = words.filled(section.summary) if same else "This partnership worded it anew: read its own words."
            rows.append((LinkTo(title, f"{page}#{anchor(part)}"), said))
    table("The parts that bind you", ["Section", "In plain words"], rows, hide_caption=True)


def promise(words: EditionWords) -> None:
    """Explain the promise about the Protocol before it is made: what it is, what it costs, where to read it."""
    inset(
        f"{words.filled(words.edition.signing.why)}\n"
        "The Protocol is an older paper, above this agreement. Ask whoever signs for you whether they have signed it. "
        "If they have not, your organisation makes the same promise by signing here."
    )

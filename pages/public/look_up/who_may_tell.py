"""Screen: who may tell whom: two kinds of organisation, and the laws both ways."""

import streamlit as st

from portal.agreement.editions.wording import words_named
from portal.ground.wording import today
from portal.rules.gateways.fit import who_may_tell
from portal.ui.agreement.edition_text import law_table
from portal.ui.agreement.register import choose
from portal.ui.blocks import LinkTo, inset, links
from portal.ui.visitor import act
from portal.ui.words import plain

now, query = act(), st.query_params
words = words_named(now.store, query.get("edition", ""), today(now.at))
titles = {kind.id: kind.title for kind in sorted(words.edition.organisation_types, key=lambda kind: kind.title)}

st.title("Who may tell whom")
st.write("Pick two kinds of organisation. You see which laws let each tell the other facts about a person.")


def pick(label: str, key: str) -> str | None:
    """Ask for one kind of organisation, and keep it in the address."""
    given = query.get(key, "")
    start = list(titles).index(given) if given in titles else None
    kind = st.selectbox(label, options=list(titles), index=start, format_func=titles.__getitem__, key=f"who.{key}")
    choose(key, kind)
    return kind


first, second = pick("One organisation", "from"), pick("The other organisation", "to")
if first and second:
    pairs = [(first, second)] if first == second else [(first, second), (second, first)]
    for giver, receiver in pairs:
        st.header(f"{plain(titles[giver])} to {plain(titles[receiver])}")
        fits = who_may_tell(words.edition, giver, receiver, words.confirmed_gateways)
        if fits:
            law_table(f"Laws for {titles[giver]} to tell {titles[receiver]}", fits)
        else:
            st.write("No law of the agreement's table lets this happen. Ask for information that names nobody.")
    inset("A law that lets you share is the first step. You also need to make the check of Section 4 each time.")
links([LinkTo("See the whole table of laws", "/agreement?part=laws"), LinkTo("Ask for information", "/request")])

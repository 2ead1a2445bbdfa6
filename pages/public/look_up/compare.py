"""Screen: two editions of the agreement, word by word.

Clauses: cover.versions.
"""

import streamlit as st

from portal.agreement.editions.changes import what_changed
from portal.agreement.editions.current import in_force, known_editions
from portal.agreement.editions.wording import words_named
from portal.ground.wording import today
from portal.ui.agreement.comparison import parts_compared, summary
from portal.ui.blocks import LinkTo, links
from portal.ui.visitor import act
from portal.ui.words import plain

now = act()
on = today(now.at)
query = st.query_params
titles = {of.id: of.edition.about.short_title for of in known_editions(now.store)}
known, newest = list(titles), in_force(now.store, on).id
usual = {"from": known[max(known.index(newest) - 1, 0)], "to": newest}

st.title("What changed between two editions")
st.write("Words taken out are struck through. New words are underlined. Parts that stayed the same are left out.")
chosen = {}
for column, (key, label) in zip(st.columns(2), (("from", "From"), ("to", "To")), strict=True):
    given = query.get(key, "") if query.get(key, "") in known else usual[key]
    with column:
        chosen[key] = st.selectbox(
            label, options=known, index=known.index(given), format_func=titles.__getitem__, key=f"compare.{key}"
        )
    query[key] = chosen[key]

old, new = words_named(now.store, chosen["from"], on), words_named(now.store, chosen["to"], on)
parts = what_changed(old, new)
st.header(f"{plain(old.edition.about.short_title)} to {plain(new.edition.about.short_title)}")
st.write(summary(parts))
parts_compared(parts)
read = [one for one in known if one in chosen.values()]
links([LinkTo(f"Read the {titles[one]}", f"/agreement?edition={one}&part=text") for one in read])

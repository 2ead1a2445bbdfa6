"""Screen: search the whole portal; it finds only what whoever searches may open."""

from itertools import groupby

import streamlit as st

from portal.duties.search import everything_found
from portal.ground.wording import counted
from portal.ui import visitor
from portal.ui.blocks import LinkTo, table
from portal.ui.words import plain

act = visitor.act()
st.title("Search")
words = st.text_input(
    "What do you look for? A name, a place, a reference or a word", key="search.q", max_chars=200, on_change="rerun"
)  # not kept in the address: somebody may look for a person
found = everything_found(act, words or "")
if words:
    st.write(f"{counted(len(found), 'thing')} found. You see only what you may open.")
    if not found:
        st.write(f"Nothing that you may open matches “{plain(words)}”. Try fewer words, or a part of one.")
for kind, alike in groupby(found, key=lambda one: one.kind):
    st.header(kind)
    table(kind, ["What", "More"], [(LinkTo(one.title, one.href), one.about) for one in alike], hide_caption=True)

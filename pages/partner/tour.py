"""Screen: the tour of a first visit: the guide of one's own work, a step at a time, and a way out on each."""

import streamlit as st

from portal.guides.guides import guide_of
from portal.ui.blocks import LinkTo, link_button, links, picture, step
from portal.ui.visitor import act
from portal.ui.words import plain

steps = guide_of(act().person).steps
asked = str(st.query_params.get("step", "1"))[:2]
number = min(max(int(asked), 1), len(steps)) if asked.isdecimal() else 1
shown, last = steps[number - 1], number == len(steps)
step(number, len(steps))
st.title(plain(shown.title))
for sentence in shown.words:
    st.write(plain(sentence))
if shown.file:
    picture(f"/guide-picture/{shown.picture}.png", shown.alt)
if last:
    link_button("Begin at Home", "/", primary=True)
else:
    link_button("Go on", f"/tour?step={number + 1}", primary=True)
links(
    [
        *([LinkTo("Back", f"/tour?step={number - 1}")] if number > 1 else []),
        *([] if last else [LinkTo("Skip the tour", "/")]),
        LinkTo("All guides, also to print", "/guides"),
    ]
)

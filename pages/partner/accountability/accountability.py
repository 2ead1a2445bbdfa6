"""Screen: all that shows that data protection law is kept, with where each paper stands."""

import streamlit as st

from portal.accountability.complaints.views import complaints
from portal.accountability.papers.views import paper_lines
from portal.ground.access import Permission, may
from portal.ground.wording import counted, today
from portal.ui.accountability.papers import show_papers
from portal.ui.blocks import LinkTo, links
from portal.ui.visitor import act

here = act()
on, lines = today(here.at), paper_lines(here)
st.title("Keeping data protection law")
st.write("The portal makes these papers from its own records. You add what only you can say. Then you sign them.")
ours = [one for one in lines if one.subject.organisation_id is not None]
theirs = [one for one in lines if one.subject.organisation_id is None and not one.subject.data_set]
sharings = [one for one in lines if one.subject.data_set]
if theirs:
    st.header("The partnership's papers")
    show_papers("The partnership's papers", theirs, on)
if may(here.person, Permission.HANDLE_COMPLAINTS):
    st.header("Complaints")
    waiting = sum(one.told_at is None for one in complaints(here))
    st.write(f"{counted(waiting, 'complaint')} to answer." if waiting else "No complaint waits for an answer.")
    links([LinkTo("See all complaints", "/complaints")])
if sharings:
    st.header("Each regular sharing")
    st.write("A short paper for each kind of return. It asks what could point to a person.")
    show_papers("Each regular sharing", sharings, on)
if ours:
    st.header("Your organisation's papers")
    show_papers("Your organisation's papers", ours, on)
st.header("Kept elsewhere in the portal")
links(
    [
        LinkTo("How this portal uses information about people", "/privacy"),
        LinkTo("How long we keep what", "/retention"),
        LinkTo("How the portal keeps the agreement", "/how-kept"),
        LinkTo("Losses of shared information", "/breaches"),
    ]
)

"""Screen: your organisation does not sign the agreement; what you do instead."""

import streamlit as st

from portal.agreement.editions.wording import words_in_force
from portal.agreement.signing.eligibility import SigningCapacity
from portal.agreement.signing.journey import organisation_name, way
from portal.ground.wording import today
from portal.ui.agreement.signing import found
from portal.ui.blocks import LinkTo, link_button, links
from portal.ui.visitor import act
from portal.ui.words import plain

now = act()
words = words_in_force(now.store, today(now.at))
here = found()
name = organisation_name(here.act, here.signing) if here else ""
nothing = bool(here and name and way(here.act, here.secret) is SigningCapacity.NOTHING)

if nothing:
    st.title("Your organisation does not need to sign")
    st.write(f"{plain(name)} is of a kind that shares under its own law. It signs nothing here.")
else:
    st.title("You can take part without signing the agreement")
    st.write(plain(words.filled(words.edition.signing.why)))
    st.header("What you do instead")
    st.write("You come to a meeting. At your first one you sign a confidentiality agreement, on your own phone.")
    st.write("The Chair shows a code at the start. You type it, read five promises, and sign with your name.")
    link_button("Join a meeting", "/join", primary=True)

st.header("Something changed?")
st.write("If your organisation has made the promise after all, change your answer. You can also ask the manager.")
links([LinkTo("Change your answer", "/sign-authority"), LinkTo("Read the agreement", "/agreement")])

"""Screen: how a Joint Action Group works, for somebody who joins one.

Clauses: app6.induction-and-support, app6.members, app6.voluntary-standing.
"""

import streamlit as st

from portal.agreement.editions.wording import words_in_force
from portal.ground.wording import today
from portal.ui.blocks import LinkTo, facts, links
from portal.ui.visitor import act
from portal.ui.words import plain

now = act()
words = words_in_force(now.store, today(now.at))
group = words.edition.jag
st.title("How the group works")
st.write(plain(words.filled(group.purpose)))
st.write(plain(words.filled(group.role)))
st.header("What a member does")
st.markdown("\n".join(f"- {plain(words.filled(duty[:1].upper() + duty[1:]))}" for duty in group.members_must))
st.header("Two sessions")
facts({"Open session": words.filled(group.open_session), "Closed session": words.filled(group.closed_session)})
st.write("The Chair says who stays for the closed session, and why. It is no judgement on those who leave.")
st.write(plain(words.filled(group.voluntary_members)))
st.header("What you promise")
st.write("At your first meeting you sign a confidentiality agreement. Nobody stands on the list without it.")
st.markdown(
    "\n".join(
        f"- {plain(words.filled(one.text))}" for one in sorted(words.edition.undertakings, key=lambda one: one.order)
    )
)
st.header("What the Chair does")
st.markdown("\n".join(f"- {plain(words.filled(duty[:1].upper() + duty[1:]))}" for duty in group.chair_duties))
st.write(plain(words.filled(group.style)))
links([LinkTo("Join a meeting", "/join"), LinkTo("Read the agreement", "/agreement")])

"""Screen: begin to sign the agreement, or go on with what was begun.

Clauses: s2.who-may-join.
"""

import streamlit as st

from portal.agreement.editions.wording import words_in_force
from portal.agreement.signing.eligibility import who_may_join
from portal.ground.wording import day, today
from portal.ui.agreement.edition_text import in_preparation, parts_shown
from portal.ui.agreement.layers import whole_minutes
from portal.ui.agreement.signing import begin_form, found, say_signed
from portal.ui.blocks import LinkTo, links, panel
from portal.ui.visitor import act
from portal.ui.words import plain

now = act()
words = words_in_force(now.store, today(now.at))
signing = words.edition.signing
begun = found()

st.title("Sign the information sharing agreement")
if words.in_preparation:
    in_preparation(words)
    st.stop()
whole = whole_minutes(parts_shown(words))
st.write("You sign for your organisation, in 5 steps. Answering takes about 5 minutes. You can stop and come back.")
st.write(f"What the agreement asks of you fits on one screen. Reading all of it takes about {whole} minutes.")
st.write("You will need:")
st.markdown("- to be allowed to sign for your organisation\n- your work e-mail address\n- your name and job title")

if begun and begun.signing.outcome:
    panel("You have signed on this device", "You can see your signature, or sign for another organisation.")
    links([LinkTo("See your signature", "/sign-done")])
    begin_form("Sign for another organisation", again=True)
elif begun:
    panel("You have begun already", f"Saved on {day(begun.signing.saved_at)}.", standing="waiting")
    begin_form("Go on with your signature")
    begin_form("Begin again", again=True)
elif say_signed(now, now.person.organisation_id, words.edition.id):
    begin_form("Sign for another organisation")
else:
    begin_form("Start now")

st.header("Sign on paper instead")
st.write(f"Print the agreement, sign Section 16 and send a copy to: {plain(words.filled(signing.copy_to))}")
links([LinkTo("The agreement (PDF)", "/agreement.pdf"), LinkTo("Read it here", "/agreement")])

st.header("Who can sign")
st.write(plain(words.filled(signing.why)))
with st.expander("Kinds of organisation that sign"):
    for group in who_may_join(words.edition):
        st.markdown(f"**{plain(group.title)}.** {plain(group.duty)}")
        st.markdown("\n".join(f"- {plain(kind)}" for kind in group.kinds) or "None in this edition.")

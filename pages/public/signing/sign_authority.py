"""Screen: are you allowed to sign for your organisation? If not, send it to the person who is."""

import streamlit as st

from portal.agreement.signing.delegation import delegate
from portal.agreement.signing.journey import answer_authority, organisation_name
from portal.ui.agreement.signing import go, on_step, reach
from portal.ui.blocks import panel
from portal.ui.problems import at_field, kept, problems_kept
from portal.ui.words import plain

here = on_step("sign-authority", "Are you allowed to sign?")
problems = kept()
name = organisation_name(here.act, here.signing)
choices = {"yes": "Yes", "other": "No, someone else is", "unsure": "I am not sure"}
said = here.signing.said("authority")

with st.form("sign_authority.form", border=False):
    at_field(problems, "authority")
    answer = st.radio(
        f"Are you allowed to sign for {plain(name)}?",
        list(choices),
        list(choices).index(said) if said else None,
        format_func=choices.get,
        key="sign_authority.answer",
    )
    if st.form_submit_button("Continue", type="primary"):
        with problems_kept():
            answer_authority(here.act, here.secret, answer or "")
            if answer == "yes":
                go("sign-read")
            st.rerun()

if said in {"other", "unsure"}:
    if said == "unsure":
        st.write("It is usually the Clerk of a parish council, the Chief Officer, a director or a trustee.")
        st.write("Ask them first. Your answers are kept for 28 days.")
    st.header("Send this to the person who is")
    st.write("We write to them with a link of their own. They confirm their address before they sign.")
    with st.form("sign_authority.delegate", border=False):
        at_field(problems, "name")
        who = st.text_input("Their full name", max_chars=200, key="sign_authority.name")
        at_field(problems, "address")
        address = st.text_input("Their work e-mail address", max_chars=254, key="sign_authority.address")
        if st.form_submit_button("Send it to them", type="primary"):
            with problems_kept():
                delegate(here.act, here.secret, name=who, address=address, reach=reach())
                st.rerun()
    if here.signing.said("delegated_to"):
        panel("We have asked them", "The link lasts 28 days. There is nothing more for you to do.")

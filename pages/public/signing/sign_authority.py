"""Screen: may your organisation sign, and may you sign for it? If you may not, send it to the person who may.

Clauses: s2.under-protocol, s10.indemnity.
"""

import streamlit as st

from portal.agreement.signing.delegation import delegate
from portal.agreement.signing.eligibility import SigningCapacity, must_ask
from portal.agreement.signing.journey import answer_right, chosen, organisation_name
from portal.ui.agreement.layers import promise
from portal.ui.agreement.signing import on_step, reach, say_signed
from portal.ui.blocks import LinkTo, facts, links, panel
from portal.ui.flow import go
from portal.ui.problems import at_field, kept, problems_kept
from portal.ui.words import plain

here = on_step("sign-authority", "May it sign, and may you sign for it?")
problems = kept()
name = organisation_name(here.act, here.signing)
if not name:
    st.write("Choose your organisation first.")
    links([LinkTo("Choose your organisation", "/sign-organisation")])
    st.stop()
facts({"Organisation": name})
links([LinkTo("Choose another organisation", "/sign-organisation")])
known = chosen(here.act, here.signing)
if say_signed(here.act, known.id if known else None, here.words.edition.id):
    st.stop()
choices = {"yes": "Yes", "other": "No, someone else is", "unsure": "I am not sure"}
said = here.signing.said("authority")

with st.form("sign_authority.form", border=False):
    promised = None
    if must_ask(known):
        at_field(problems, "protocol")
        promise(here.words)
        promised = st.radio(
            plain(here.words.filled(here.words.edition.signing.question)),
            ["yes", "no"],
            {"yes": 0, "no": 1}.get(here.signing.said("protocol")),
            format_func=str.capitalize,
            key="sign_authority.protocol",
        )
    at_field(problems, "authority")
    answer = st.radio(
        f"Are you allowed to sign for {plain(name)}?",
        list(choices),
        list(choices).index(said) if said else None,
        format_func=choices.get,
        key="sign_authority.authority",
    )
    if st.form_submit_button("Continue", type="primary"):
        with problems_kept():
            leads = answer_right(here.act, here.secret, protocol=promised or "", authority=answer or "")
            if leads is not SigningCapacity.SIGN:
                go("sign-meeting")
            if answer == "yes":
                go("sign-read")
            st.rerun()

if said in {"other", "unsure"}:
    if said == "unsure":
        st.write("It is most often the Clerk of a parish council, the Chief Officer, or a trustee.")
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

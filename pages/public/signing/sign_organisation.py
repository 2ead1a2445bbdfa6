"""Screen: your organisation: find it on the list, or add it."""

import streamlit as st

from portal.agreement.register.organisations import NewOrganisation, find, near
from portal.agreement.signing.eligibility import SigningCapacity
from portal.agreement.signing.journey import choose_organisation, chosen, describe_organisation, way
from portal.agreement.signing.sign import signed_already
from portal.ui.agreement.signing import new_organisation_form, on_step, say_signed
from portal.ui.blocks import link_button
from portal.ui.flow import go
from portal.ui.problems import at_field, kept, problems_kept
from portal.ui.words import plain

here = on_step("sign-organisation", "Your organisation")
problems = kept()
known, new = chosen(here.act, here.signing), here.signing.new_organisation


def on_from_here() -> None:
    """Go to the questions, or say what an organisation does instead that signs nothing."""
    go("sign-meeting" if way(here.act, here.secret) is SigningCapacity.NOTHING else "sign-authority")


signed = say_signed(here.act, known.id if known else None, here.words.edition.id)
if (known or new) and not signed and not st.session_state.get("sign_organisation.add"):
    link_button(f"Go on for {known.name if known else new.name if new else ''}", "/sign-authority", primary=True)

if st.session_state.get("sign_organisation.add"):
    told = new or NewOrganisation(name=st.session_state.get("sign_organisation.typed", ""), kind="")
    described = new_organisation_form(here, told, problems)
    if described:
        with problems_kept():
            describe_organisation(here.act, here.secret, described)
            st.session_state["sign_organisation.add"] = False
            on_from_here()
    st.button("Search the list again", on_click=st.session_state.update, kwargs={"sign_organisation.add": False})
else:
    with st.form("sign_organisation.find", border=False):
        at_field(problems, "q")
        words = st.text_input(
            "Name of your organisation" if not (known or new) else "Sign for another organisation: its name",
            max_chars=200,
            key="sign_organisation.q",
        )
        if st.form_submit_button("Find it", type="secondary" if known or new else "primary") and not words.strip():
            at_field({"q": "Enter a part of the name"}, "q")
    if words.strip():
        matches = find(here.act.store, words) or near(here.act.store, words, there=True)
        st.header("Is it this one?" if len(matches) == 1 else "Which is yours?" if matches else "Not on the list yet")
        if not matches:
            st.write("We know no organisation of that name. Try fewer words, or tell us about yours.")
        for one in matches:
            yes = f"Yes, {plain(one.name)}" if len(matches) == 1 else plain(one.name)
            if st.button(yes, key=f"sign_organisation.{one.id}", width="stretch"):
                with problems_kept():
                    choose_organisation(here.act, here.secret, one.id)
                    if signed_already(here.act.store, one.id, here.words.edition.id):
                        st.rerun()
                    on_from_here()
        if st.button("It is not on the list", key="sign_organisation.new"):
            st.session_state.update({"sign_organisation.add": True, "sign_organisation.typed": words})
            st.rerun()

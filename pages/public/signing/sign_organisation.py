"""Screen: your organisation: find it, or add it, and answer whether it may sign."""

import streamlit as st

from portal.agreement.register.organisations import NewOrganisation, find, near
from portal.agreement.signing.eligibility import Way, must_ask
from portal.agreement.signing.journey import answer_protocol, choose_organisation, chosen, describe_organisation, way
from portal.agreement.signing.sign import signed_already
from portal.ground.errors import AnswersNeededError
from portal.ground.wording import day
from portal.ui.agreement.signing import go, new_organisation_form, on_step
from portal.ui.blocks import LinkTo, facts, links, panel
from portal.ui.problems import at_field, kept, problems_kept
from portal.ui.words import plain

here = on_step("sign-organisation", "Your organisation")
problems = kept()
known, new = chosen(here.act, here.signing), here.signing.new_organisation
changing = st.session_state.get("sign_organisation.change") or not (known or new)

if st.session_state.get("sign_organisation.add"):
    told = new or NewOrganisation(name=st.session_state.get("sign_organisation.typed", ""), kind="")
    described = new_organisation_form(here, told, problems)
    if described:
        with problems_kept():
            describe_organisation(here.act, here.secret, described)
            st.session_state.update({"sign_organisation.add": False, "sign_organisation.change": False})
            st.rerun()
    st.button("Search the list again", on_click=st.session_state.update, kwargs={"sign_organisation.add": False})
elif changing:
    with st.form("sign_organisation.find", border=False):
        at_field(problems, "q")
        words = st.text_input("Name of your organisation", max_chars=200, key="sign_organisation.q")
        searched = st.form_submit_button("Find it")
    matches = find(here.act.store, words) or near(here.act.store, words)
    with st.form("sign_organisation.choose", border=False):
        at_field(problems, "organisation")
        if searched and not words.strip():
            at_field({"q": "Enter a part of the name"}, "q")
        names = {one.id: plain(one.name) for one in matches} | {"": "It is not on the list"}
        choice = st.radio("Which is yours?", list(names), None, format_func=names.get) if words.strip() else None
        if words.strip() and st.form_submit_button("Continue", type="primary"):
            with problems_kept():
                if choice is None:
                    raise AnswersNeededError({"organisation": "Select your organisation"})
                st.session_state.update({"sign_organisation.add": choice == "", "sign_organisation.typed": words})
                st.session_state["sign_organisation.change"] = False
                if choice:
                    choose_organisation(here.act, here.secret, choice)
                st.rerun()
elif known and (at := signed_already(here.act.store, known.id, here.words.edition.id)):
    panel(f"{known.name} has signed already", f"This edition was signed on {day(at)}. You need not sign again.")
    links([LinkTo("See who has signed", "/register"), LinkTo("Check a reference", "/verify")])
    st.button(
        "Choose another organisation", on_click=st.session_state.update, kwargs={"sign_organisation.change": True}
    )
else:
    facts({"Organisation": known.name if known else new.name if new else ""})
    asked = must_ask(known)
    with st.form("sign_organisation.protocol", border=False):
        at_field(problems, "protocol")
        said = {"yes": 0, "no": 1}.get(here.signing.said("protocol"))
        question = plain(here.words.filled(here.words.edition.signing.question))
        answer = st.radio(question, ["yes", "no"], said, format_func=str.capitalize) if asked else None
        if st.form_submit_button("Continue", type="primary"):
            with problems_kept():
                leads = answer_protocol(here.act, here.secret, answer or "") if asked else way(here.act, here.secret)
                go("sign-authority" if leads is Way.SIGN else "sign-meeting")
    st.button(
        "Choose another organisation", on_click=st.session_state.update, kwargs={"sign_organisation.change": True}
    )

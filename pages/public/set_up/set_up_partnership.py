"""Screen: set-up, the partnership."""

import base64

import streamlit as st

from portal.demonstration import load, people
from portal.partnership import logos
from portal.partnership.blanks import LONGEST, blanks
from portal.partnership.set_up import check_blanks
from portal.ui import set_up, visitor
from portal.ui.blocks import LinkTo, links, step
from portal.ui.fields import logo_field, text_field
from portal.ui.flow import go
from portal.ui.problems import kept, problems_kept

act = visitor.act()
if not set_up.is_done(act) and (draft := set_up.draft(act)):
    step(1, 3)
    st.title("About the partnership")
    st.write("These names stand on each page, in the agreement and on each paper.")
    problems = kept()
    filled = dict(draft.answers.get("placeholders", {}))
    with st.form("set_up.partnership"):
        for blank in blanks()[0][1]:
            filled[blank.key] = text_field(
                blank.label,
                f"set_up.{blank.key}",
                value=filled.get(blank.key, ""),
                hint=f"Like {blank.example}",
                problems=problems,
                most=LONGEST,
                autocomplete="organization" if blank.key != "local_authority_area" else "off",
            )
        chosen = logo_field("Logo (optional)", problems)
        if draft.answers.get("logo"):
            st.write("You have chosen a logo. Choose another to replace it.")
        sent = st.form_submit_button("Save and continue", type="primary")
    if sent:
        with problems_kept():
            set_up.save(act, placeholders=filled)
            if chosen:
                logo, _ = logos.checked(chosen)
                set_up.save(act, logo=base64.b64encode(logo).decode())
            check_blanks(filled)
        go("set-up-agreement")
    st.header("Only looking around?")
    st.write(
        "Fill this portal with a made-up partnership. It takes a minute or two. It cannot become a real one later."
    )
    if st.button("Look around with demonstration data"):
        with st.status("Making up two years of a partnership"):
            load(act.store, st.write)
        st.write("The demonstration is ready. These people can sign in:")
        st.code("\n".join(people()), language=None)
        links([LinkTo("Sign in", "/sign-in"), LinkTo("Go to the home page", "/")])

"""Screen: turn the second step of signing in on or off, and make recovery codes for the day the phone is lost."""

import streamlit as st

from portal.accounts.authentication import recovery_codes
from portal.accounts.authentication.second_factor import enrolment, turn_on
from portal.accounts.self_service.profile import has_second_step, turn_second_step_off
from portal.ground.access import NEEDS_SECOND_STEP
from portal.ui import visitor
from portal.ui.accounts.authenticator import proves
from portal.ui.accounts.people import qr_code, recovery_codes_shown
from portal.ui.blocks import LinkTo, facts, links, panel
from portal.ui.fields import text_field
from portal.ui.problems import kept, problems_kept

act = visitor.act()
st.title("A second step when you sign in")
problems = kept()
if has_second_step(act):
    panel("The second step is on", "After your password we ask for a code from your app.")
    recovery_codes_shown(st.session_state.get("second_step.codes", ()))
    st.header("If you lose your phone")
    facts({"Recovery codes left": f"{recovery_codes.left(act)} of {recovery_codes.MANY}"})
    needed = bool(NEEDS_SECOND_STEP & {post.role for post in act.person.posts})
    st.write("A recovery code signs you in without your phone. Each works once. New codes end the old ones.")
    if needed:
        st.write("For a new phone, turn the second step off. Your role needs one, so you set it up again at once.")
    with st.form("second_step.off", clear_on_submit=True):
        password = text_field(
            "Your password",
            "second_step.password",
            problems=problems,
            most=1000,
            autocomplete="current-password",
            kind="password",
        )
        renew = st.form_submit_button("Make new recovery codes")
        off = st.form_submit_button("Turn the second step off")
    if renew or off:
        with problems_kept():
            proves(act, password, field="password")
            if renew:
                st.session_state["second_step.codes"] = recovery_codes.renew(act)
            else:
                turn_second_step_off(act)
                st.session_state.pop("second_step.codes", None)
        st.rerun()
else:
    if act.person.waiting:
        st.write("Set this up before you go on. Your role decides for others, so a password is not enough for it.")
    st.write("With a second step, a password that somebody saw is not enough to get in.")
    found = enrolment(act)
    st.header("1. Scan this with an authenticator app")
    qr_code(found.uri, "Code to scan with your authenticator app. The key to type instead stands below.")
    facts({"Or type this key": " ".join(found.key[i : i + 4] for i in range(0, len(found.key), 4))})
    st.header("2. Type the code it shows")
    with st.form("second_step.on", clear_on_submit=True):
        code = text_field("6-digit code", "second_step.code", problems=problems, most=10, autocomplete="one-time-code")
        sent = st.form_submit_button("Turn the second step on", type="primary")
    if sent:
        with problems_kept():
            st.session_state["second_step.codes"] = turn_on(act, found.draft_id, code, keep=visitor.session_secret())
        st.rerun()
links([LinkTo("Go to the home page", "/"), LinkTo("Back to your account", "/account")])

"""Screen: your e-mail address, and the code that checks it."""

import streamlit as st

from portal.agreement.signing.email_check import confirm_code, give_address, latest, send_code
from portal.agreement.signing.journey import next_step
from portal.ground.wording import clock
from portal.ui.agreement.signing import on_step, reach
from portal.ui.flow import go
from portal.ui.problems import at_field, kept, problems_kept
from portal.ui.words import plain

here = on_step("sign-email", "Your work e-mail address")
problems = kept()
answers = here.signing
sent = latest(here.act, answers) if reach().mail else None
asking_code = bool(sent and answers.said("email") and not answers.email_settled)

if not asking_code or st.session_state.get("sign_email.change"):
    if not reach().mail:
        st.write("This portal cannot send e-mail yet. The Information Manager will check your address another way.")
    st.write("We write to it about this signature, and for nothing else.")
    with st.form("sign_email.address", border=False):
        at_field(problems, "email")
        email = st.text_input(
            "What is your work e-mail address?",
            value=answers.said("email"),
            max_chars=254,
            autocomplete="email",
            key="sign_email.email",
            disabled=bool(answers.answers.get("invited")),
        )
        if st.form_submit_button("Continue", type="primary"):
            with problems_kept():
                saved = give_address(here.act, here.secret, email, reach())
                st.session_state["sign_email.change"] = False
                if saved.email_settled:
                    go(next_step(here.act, here.secret))
                st.rerun()
else:
    st.write(f"We sent a code to **{plain(answers.said('email'))}** at {clock(sent.sent_at) if sent else ''}.")
    st.write("The same message has a link that goes on from any device.")
    with st.form("sign_email.code", border=False):
        at_field(problems, "code")
        code = st.text_input(
            "Enter the 6-digit code", max_chars=20, autocomplete="one-time-code", key="sign_email.typed"
        )
        if st.form_submit_button("Check this code", type="primary"):
            with problems_kept():
                confirm_code(here.act, here.secret, code)
                go(next_step(here.act, here.secret))
    st.write("Nothing there? Look in the spam folder. You can ask for a new code after a minute.")
    if st.button("Send a new code"):
        with problems_kept():
            send_code(here.act, here.secret, reach())
            st.rerun()
    if not answers.answers.get("invited") and st.button("Use another address"):
        st.session_state["sign_email.change"] = True
        st.rerun()

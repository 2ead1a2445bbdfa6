"""Screen: set-up, the first Information Manager's account; then the portal stands."""

import streamlit as st

from portal.partnership.set_up import COOKIE, set_up
from portal.ui import set_up as setting_up
from portal.ui import visitor
from portal.ui.blocks import LinkTo, answers, links, step
from portal.ui.fields import new_password_field, text_field
from portal.ui.problems import kept, problems_kept

act = visitor.act()
if not setting_up.is_done(act) and (draft := setting_up.draft(act)):
    step(3, 3)
    st.title("Your account")
    st.write("You are the first Information Manager. You can invite others, and give them this role, afterwards.")
    problems = kept()
    known = draft.answers
    with st.form("set_up.account"):
        typed = {
            "name": text_field(
                "Full name", "set_up.name", value=known.get("name", ""), problems=problems, autocomplete="name"
            ),
            "position": text_field(
                "Job title or role",
                "set_up.position",
                value=known.get("position", ""),
                problems=problems,
                autocomplete="organization-title",
            ),
            "email": text_field(
                "E-mail address",
                "set_up.email",
                value=known.get("email", ""),
                hint="You sign in with it.",
                problems=problems,
                autocomplete="username",
            ),
        }
        password = new_password_field("set_up.password", problems=problems)
        st.header("What you have told us")
        answers(setting_up.summary_rows(known))
        sent = st.form_submit_button("Set up the portal", type="primary")
    links([LinkTo("Back to the agreement's blanks", "/set-up-agreement")])
    if sent:
        with problems_kept():
            setting_up.save(act, **typed)
            found = setting_up.answers_of(draft, **typed, password=password)
            set_up(act, found, draft=visitor.cookie(COOKIE))
        st.rerun()

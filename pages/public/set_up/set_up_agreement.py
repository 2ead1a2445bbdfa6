"""Screen: set-up, the blanks of the agreement."""

import streamlit as st

from portal.partnership.blanks import LONGEST, blanks
from portal.partnership.set_up import check_blanks
from portal.ui import set_up, visitor
from portal.ui.blocks import LinkTo, links, step
from portal.ui.fields import text_field
from portal.ui.flow import go
from portal.ui.problems import kept, problems_kept

act = visitor.act()
if not set_up.is_done(act) and (draft := set_up.draft(act)):
    step(2, 3)
    st.title("The blanks of the agreement")
    st.write("Fill in what you know. The rest can wait: the portal reminds you, and shows each open blank in brackets.")
    problems = kept()
    filled = dict(draft.answers.get("placeholders", {}))
    with st.form("set_up.agreement"):
        for title, group in blanks()[1:]:
            st.subheader(title)
            for blank in group:
                filled[blank.key] = text_field(
                    f"{blank.label} (optional)",
                    f"set_up.{blank.key}",
                    value=filled.get(blank.key, ""),
                    hint=f"Like {blank.example}",
                    problems=problems,
                    most=LONGEST,
                )
        sent = st.form_submit_button("Save and continue", type="primary")
    links([LinkTo("Back to the partnership", "/set-up-partnership")])
    if sent:
        with problems_kept():
            set_up.save(act, placeholders=filled)
            check_blanks(filled)
        go("set-up-account")

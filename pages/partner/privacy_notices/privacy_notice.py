"""Screen: make a privacy notice of what one's own organisation really uses, download it, say where it is published.

Clauses: s6.fair-obtaining.
"""

import streamlit as st

from portal.ground.wording import new_id
from portal.privacy_notices.notices import make_notice, notices, offer, record_publication
from portal.ui.blocks import LinkTo, inset, links
from portal.ui.flow import go
from portal.ui.problems import at_field, kept, problems_kept
from portal.ui.statements.privacy_notice import notice_fields, show_notice
from portal.ui.visitor import act

here = act()
problems = kept()
made = notices(here)
given = offer(here)
links([LinkTo("Back to statements", "/statements")])
st.title("Your privacy notice")
inset(given.edition.rule("fair-notice").text)
if made:
    newest = made[0]
    show_notice(newest)
    at_field(problems, "published_at")
    address = st.text_input(
        "Web address where it is published",
        value=newest.published_at,
        max_chars=300,
        key=f"privacy_notice.{newest.id}.address",
        placeholder="https://",
        on_change="ignore",
    )
    if st.button("Record where it is published", key="privacy_notice.publish"):
        with problems_kept():
            record_publication(here, newest.id, str(address or ""))
            go("privacy-notice")
# Two clicks, or a page drawn again, are one notice.
key = st.session_state.setdefault("privacy_notice.key", new_id())
st.header("Make a new one" if made else "Make a notice")
st.write("What your requests and statements use is ticked already. Change it to what is true.")
choices = notice_fields("privacy_notice.new", given, made[0].choices if made else None, problems)
if st.button("Make this notice", type="primary", key="privacy_notice.make"):
    with problems_kept():
        make_notice(here, choices, key=key)
        del st.session_state["privacy_notice.key"]
        go("privacy-notice")

"""Screen: ask the partner that information came from for its view, by a day.

Clauses: s5.consult-originator.
"""

import streamlit as st

from portal.access_requests.partner_views import ask_originator
from portal.access_requests.views import open_access
from portal.ground.wording import day
from portal.requests.participants import bodies_to_ask
from portal.ui.blocks import LinkTo, inset, links
from portal.ui.fields import day_field
from portal.ui.flow import go
from portal.ui.problems import at_field, kept, problems_kept
from portal.ui.requests.view import asked_for
from portal.ui.visitor import act

here = act()
opened = open_access(here, asked_for("id"))
problems = kept()
scope = f"access_ask.{opened.line.id}"
links([LinkTo("Back to the access request", f"/access-request?id={opened.line.id}")])
st.title("Ask a partner for its view")
if opened.decided_at:
    st.write("This request has been decided. Nobody needs to be asked any more.")
    st.stop()
inset("The partner sees only what you write here, and by when. Do not say who asks for the information.")
bodies = {one.id: one.name for one in bodies_to_ask(here)}
at_field(problems, "partner")
partner = st.selectbox(
    "Which partner did it come from?",
    list(bodies),
    index=None,
    format_func=lambda value: bodies[value],
    placeholder="Start typing a name",
    key=f"{scope}.partner",
)
at_field(problems, "question")
question = st.text_area(
    "What do you want its view on?",
    max_chars=4000,
    height=140,
    key=f"{scope}.question",
    placeholder="Such as: the call log that you sent us on 5 May. May it be given out, all or part of it?",
    on_change="ignore",
)
answer_by = day_field(f"Answer by (your own last day is {day(opened.due_on)})", f"{scope}.answer_by", problems)
if st.button("Ask this partner", type="primary", key=f"{scope}.go"):
    with problems_kept():
        ask_originator(here, opened.line.id, partner or "", question or "", answer_by)
        go("access-request", id=opened.line.id)

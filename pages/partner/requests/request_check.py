"""Screen: check your request, and send it.

Clauses: s6.request.in-writing, s6.request.date.
"""

import streamlit as st

from portal.requests.exchange.completing import COMPLETES
from portal.requests.exchange.section4_check import advises_sending, check_of, other_editions
from portal.requests.exchange.sending import send_request
from portal.requests.forms.contents import answers_in_words, missing_parts
from portal.requests.forms.drafting import written
from portal.ui.blocks import LinkTo, answers, inset, links
from portal.ui.flow import go
from portal.ui.problems import at_field, kept, problems_kept
from portal.ui.requests.aftermath import finish_record
from portal.ui.requests.view import (
    asked_for,
    back,
    show_changes,
    show_check,
    show_contents,
    show_regular,
    task_address,
)
from portal.ui.visitor import act
from portal.ui.words import plain

here = act()
draft_id = asked_for("draft")
draft = written(here, draft_id)
if draft.sent_as:
    go("request-view", id=draft.sent_as)
back("Back to the list", f"/request-tasks?draft={draft_id}")
found = kept()
case, check, problems = draft.case, check_of(draft.case), missing_parts(draft.case)
st.title("Check your request before you send it")
show_contents(case, draft_id=draft_id)
st.header("Your answers to Section 4")
answers(
    [(question, said, task_address(draft_id, task, back="check")) for question, said, task in answers_in_words(case)]
)
show_check(case, check, draft_id)
show_changes(case, check)
show_regular(case, draft=draft_id)
links(
    [
        LinkTo(f"Look at it under the {other.about.short_title}", f"/request-other?draft={draft_id}&edition={other.id}")
        for other in other_editions(case)
    ]
)
st.header("Send it")
if case.words(COMPLETES):
    finish_record(here, draft_id)
elif problems:
    st.write("These parts are not finished. The request can be sent when they are.")
    links([LinkTo(sentence, task_address(draft_id, task, back="check")) for task, sentence in problems.items()])
else:
    despite = ""
    if not advises_sending(check):
        st.write("The check advises against sending it on these answers. It advises; the holder decides.")
        despite = st.text_area(
            "Why do you send it all the same? The holder reads this.",
            max_chars=2000,
            key="request_check.despite",
            on_change="ignore",
        )
        at_field(found, "despite")
    inset(
        f"It goes to {case.holder.name if case.holder else ''} with today's date, your name and post. You cannot change it afterwards. You can withdraw it until it is answered."
    )
    if st.button(
        f"Send request to {plain(case.holder.name if case.holder else '')}", type="primary", key="request_check.send"
    ):
        with problems_kept():
            go("request-view", id=send_request(here, draft_id, despite).id, sent="1")

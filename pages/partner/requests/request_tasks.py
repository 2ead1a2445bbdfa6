"""Screen: the task list of a request, with the Section 4 check as it stands.

Clauses: s6.request.in-writing, s4.legislation.
"""

import streamlit as st

from portal.ground.wording import clock, counted, day, listed
from portal.requests.exchange.section4_check import check_of
from portal.requests.forms.contents import TaskStatus, missing, task_list
from portal.requests.forms.drafting import discard_request, written
from portal.requests.forms.tasks import waits_for
from portal.ui.blocks import Tag, danger_now, link_button, saved, tasks
from portal.ui.flow import go
from portal.ui.requests.view import STANDING, asked_for, show_changes, show_check, show_regular, task_address
from portal.ui.visitor import act

here = act()
draft_id = asked_for("draft")
draft = written(here, draft_id)
if draft.sent_as:
    go("request-view", id=draft.sent_as)
left = len(missing(draft.case))
st.title("Ask for information")
saved(f"{clock(draft.saved_at)}. Kept until {day(draft.expires_at)}")
st.write("Answer in any order. Each answer is saved when you press Continue.")
st.write(f"{counted(left, 'part')} still to finish." if left else "Every part is finished.")
tasks(
    [
        (
            group,
            [
                (
                    f"{task.title}. First answer: {listed(waits_for(draft.case))}"
                    if status is TaskStatus.LATER
                    else task.title,
                    "" if status is TaskStatus.LATER else task_address(draft_id, task.id),
                    Tag(status.value, STANDING[status]),
                )
                for task, status in rows
            ],
        )
        for group, rows in task_list(draft.case)
    ]
)
link_button("Check your request", f"/request-check?draft={draft_id}", primary=not left)
check = check_of(draft.case)
show_check(draft.case, check, draft_id)
show_changes(draft.case, check)
show_regular(draft.case, draft=draft_id)
danger_now()
with st.expander("Delete this request"):
    st.write("What you have written here is deleted. Nothing was sent.")
    if st.button("Delete this draft", key="request_tasks.discard"):
        discard_request(here, draft_id)
        go("request")

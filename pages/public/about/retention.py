"""Screen: the schedule of retention: what is kept, how long, under which law; for those who run it, what would go today.

Clauses: s12.personal-retention, s12.annual-review.
"""

import streamlit as st

from portal.duties.scheduled.deletions import what_would_go
from portal.ground.access import Permission, may
from portal.retention.schedule import schedule
from portal.ui import visitor
from portal.ui.blocks import table

_CHANGERS = {
    "nobody": "",
    "manager": " The Information Manager may set another time.",
    "officer": " The Community Safety Officer looks at it each year.",
    "organisation": " Each organisation may set its own time.",
}
act = visitor.act()
st.title("How long we keep what")
st.write("Everything here is deleted by itself when its time is over. What is not deleted, and why, stands below.")
table(
    "What is deleted",
    ["What", "Kept", "Because", "Then"],
    [
        (
            one.what,
            f"{one.keep.words} from {one.counts_from}.{_CHANGERS[one.changed_by]}",
            one.because,
            one.destroyed + (f"; what stays: {one.stays}" if one.stays else ""),
        )
        for one in schedule().rules
    ],
    hide_caption=True,
)
st.header("What is not deleted")
st.markdown("\n".join(f"- {one.why}" for one in schedule().stays))
if may(act.person, Permission.READ_AUDIT):
    st.header("What the next run will delete")
    if st.button("Rehearse it now", key="retention.rehearse"):
        ran = what_would_go(act, visitor.settings())
        table("Rehearsed: nothing was deleted", ["What", "How many"], [(one.rule.what, one.count) for one in ran])

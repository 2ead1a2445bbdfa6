"""Screen: what waits for the Information Manager."""

import streamlit as st

from portal.agreement.signing.evidence import waiting as signatures_waiting
from portal.duties.waiting import in_words, record_state, waiting_for
from portal.ground.wording import clock, day_and_time
from portal.ui import visitor
from portal.ui.blocks import LinkTo, Tag, facts, link_button, table

act = visitor.act()
st.title("Waiting for you")
found = waiting_for(act)
st.write(in_words(found))
if found:
    table(
        "All that waits, the oldest first",
        ["What", "How many", "Since"],
        [(LinkTo(one.what, one.href), one.count, one.words) for one in found],
    )

st.header("Signatures to check")
queue = signatures_waiting(act)
if queue:
    table(
        "Signatures to check, the oldest first",
        ["Organisation", "Edition", "Signed"],
        [
            (LinkTo(one.organisation, f"/signature?id={one.id}"), one.edition, day_and_time(one.signed_at))
            for one in queue
        ],
        hide_caption=True,
    )
else:
    st.write("No signature is waiting. New ones appear here as soon as they are signed.")

st.header("The record")
verdict = record_state(act)
if verdict is None:
    link_button("Check the record", "/audit")
else:
    state = Tag("Complete", "done") if verdict.whole else Tag(f"Broken at entry {verdict.broken_at}", "stopped")
    facts({"Audit chain": state, "Entries": f"{verdict.entries:,}", "Checked": clock(act.at)})

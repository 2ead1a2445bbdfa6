"""Screen: one return: its receipt, its certificate, its history, and opening its records.

Clauses: s9.datasets-secured, s6.no-identifiers.
"""

import streamlit as st

from portal.returns.looking import history, open_records, view
from portal.returns.withdrawing import withdraw
from portal.ui import return_view as shown
from portal.ui.blocks import LinkTo, Tag, facts, link_button, links, panel, table
from portal.ui.problems import problems_shown
from portal.ui.visitor import act
from portal.ui.words import plain
from portal.wording import counted, day_and_time

here = act()
found = view(here, st.query_params.get("return", ""))
st.title(plain(f"{found.data_set.title}: {found.quarter.months}"))
if found.ended_at:
    panel(f"This return was {found.ended_why}", day_and_time(found.ended_at), standing="ended")
elif found.nothing_to_report:
    panel(
        "Nothing to report",
        f"{'Your' if found.own else 'The'} organisation said so on {day_and_time(found.sent_at)}. It counts as a return.",
    )
else:
    title = "We have your return" if found.own else "This return is kept"
    panel(title, f"{counted(found.rows_kept, 'record')} kept. The file itself was not kept.")
facts(
    {
        "Reference": found.reference,
        "Organisation": found.organisation,
        "Sent": f"{day_and_time(found.sent_at)} by {found.sent_by}",
        "Records kept": found.rows_kept,
        "Rows read": found.rows_read,
    }
)
link_button("Download the certificate (PDF)", f"/return/certificate?return={found.id}")
link_button("Download the certificate's data (JSON)", f"/return/certificate.json?return={found.id}")
if found.report:
    shown.warnings(found.report)
    shown.removed(found.report)
    shown.risks(found.report)
    shown.understood(found.report)
if not found.nothing_to_report and not found.ended_at:
    st.write("Opening the records is itself recorded.")
    if st.button("Open the records"):
        headings, rows, total = open_records(here, found.id)
        st.write(f"The first {len(rows)} of {counted(total, 'record')}.")
        table(
            "Records kept", ["Row", *[h.replace("_", " ") for h in headings]], [[n, *r] for n, r in enumerate(rows, 1)]
        )
earlier = history(here, found.id)
if len(earlier) > 1:
    table(
        "History of this return",
        ["Sent", "Status", "Look"],
        [
            [
                day_and_time(r.sent_at),
                Tag(r.ended_why.capitalize(), "ended") if r.ended_at else Tag("In force", "done"),
                LinkTo("Look at it", f"/return-view?return={r.id}"),
            ]
            for r in earlier
        ],
    )
if found.own and not found.ended_at:
    links(
        [LinkTo("Send a corrected return", f"/return-upload?dataset={found.data_set.id}&quarter={found.quarter.label}")]
    )
    with st.expander("Withdraw this return"), st.form("withdraw"):
        reason = st.text_area("Why is it withdrawn?", max_chars=500)
        if st.form_submit_button("Withdraw this return"):
            with problems_shown():
                withdraw(here, found.id, reason)
                st.rerun()
links([LinkTo("All your returns", "/return") if found.own else LinkTo("All returns received", "/returns-received")])

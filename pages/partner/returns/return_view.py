"""Screen: one return: its receipt, its certificate, its history, questions about it, and opening its records.

Clauses: s9.datasets-secured, s6.no-identifiers, s11.quarterly, s8.use-by-protocol.
"""

import streamlit as st

from portal.ground.wording import day_and_time
from portal.returns.report.certificate import use_in_words
from portal.returns.service.views import history, view
from portal.ui.blocks import LinkTo, facts, inset, link_button, links
from portal.ui.returns import parts
from portal.ui.returns import view as shown
from portal.ui.returns.query import questions
from portal.ui.visitor import act
from portal.ui.words import plain

here = act()
found = view(here, st.query_params.get("return", ""))
st.title(plain(f"{found.data_set.title}: {found.quarter.months}"))
parts.standing(found)
facts(
    {
        "Reference": found.reference,
        "Organisation": found.organisation,
        "Sent": f"{day_and_time(found.sent_at)} by {found.sent_by}",
        "Records kept": found.rows_kept,
        "Rows read": found.rows_read,
    }
)
inset(use_in_words(found.edition))
link_button("Download the certificate (PDF)", f"/return/certificate?return={found.id}")
link_button("Download the certificate's data (JSON)", f"/return/certificate.json?return={found.id}")
if found.ended_why != "withdrawn":
    link_button("See it beside earlier returns", f"/return-compare?return={found.id}")
questions(here, found)
if found.report:
    st.header("What was kept")
    shown.warnings(found.report)
    shown.removed(found.report)
    shown.risks(found.report)
    shown.understood(found.report)
parts.records(here, found)
parts.versions(history(here, found.id), found)
if found.own and not found.ended_at:
    links(
        [LinkTo("Send a corrected return", f"/return-upload?dataset={found.data_set.id}&quarter={found.quarter.label}")]
    )
    parts.take_back(here, found)
links([LinkTo("All your returns", "/return") if found.own else LinkTo("All returns received", "/returns-received")])

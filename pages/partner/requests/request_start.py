"""Screen: requests: begin one, carry on with a draft, and see whose turn it is.

Clauses: s6.earliest-opportunity, s6.request.in-writing.
"""

import streamlit as st

from portal.ground.wording import clock, day, today
from portal.requests.after_disclosure.onward_sharing_answers import wishes_to_us
from portal.requests.depersonalised.views import data_requests
from portal.requests.forms.drafting import my_drafts
from portal.requests.participants import is_active, own_organisation
from portal.requests.views import requests_received, requests_sent
from portal.ui.blocks import LinkTo, danger_now, inset, link_button, links
from portal.ui.requests.depersonalised import show_data_requests, show_wishes_to_us
from portal.ui.requests.view import show_lines
from portal.ui.visitor import act

here = act()
active = is_active(here, own_organisation(here))
st.title("Requests for information")
danger_now()
if active:
    st.write("Ask a partner in writing for information about a person. It takes about 20 minutes.")
    link_button("Ask for information", "/request-begin", primary=True)
    links(
        [
            LinkTo("It cannot wait: ask now, and write the rest down later", "/request-urgent"),
            LinkTo("Ask for figures or other data without names", "/request-without-names"),
        ]
    )
else:
    inset("Your organisation must sign the agreement before it can ask or answer. You can read what is here.")
    link_button("Sign the agreement", "/sign")

drafts = my_drafts(here)
if drafts:
    st.header("Carry on with a request you began")
    links(
        [
            LinkTo(
                f"Carry on with your request to {one.case.holder.name if one.case.holder else 'an organisation you have not chosen yet'}"
                f" (saved {'today' if today(one.saved_at) == today(here.at) else day(one.saved_at)} at {clock(one.saved_at)}; kept until {day(one.expires_at)})",
                f"/request-tasks?draft={one.id}",
            )
            for one in drafts
        ]
    )

st.header("Requests to us")
received = requests_received(here)
if received:
    show_lines("What others ask of us, what is most urgent first", received, here.at, received=True)
else:
    st.write("Nobody has asked your organisation for anything yet.")

links(
    [
        LinkTo("How long we keep requests to us", "/request-keeping"),
        LinkTo("How our requests go, in figures", "/figures"),
    ]
)

show_wishes_to_us(wishes_to_us(here))

without_names = data_requests(here)
if without_names:
    st.header("Requests without names")
    show_data_requests(without_names, here.at)

st.header("Requests we sent")
sent = requests_sent(here)
if sent:
    show_lines("What we asked of others", sent, here.at, received=False)
else:
    st.write("Your organisation has not sent a request yet.")

"""Screen: the consent that a request rests on: who, when, how and what shows it; taken back, and what followed.

Clauses: s6.request.consent, s6.sensitive-consent.
"""

import streamlit as st

from portal.ground.errors import NotFoundError
from portal.requests.consents.views import consents
from portal.requests.views import open_request
from portal.ui.problems import kept
from portal.ui.requests.consents import show_consent, show_consent_form
from portal.ui.requests.view import asked_for, back
from portal.ui.visitor import act

here = act()
opened = open_request(here, asked_for("id"))
if opened.case is None:
    raise NotFoundError("What this request said is deleted, and what was recorded of a consent with it.")
request_id = opened.line.id
back("Back to the request", f"/request-view?id={request_id}")
problems = kept()
st.title("Consent of the person")
st.write("Record it here only where you share because the person agreed. Both sides of the request see it.")
found = consents(here, request_id)
for one in found:
    show_consent(here, request_id, one, problems)
if not found:
    st.write("No consent is recorded.")
st.header("Record a consent")
show_consent_form(here, request_id, problems)

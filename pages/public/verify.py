"""Screen: check a document or a reference.

Clauses: s16.declaration, s14.termination, cover.versions.
"""

import streamlit as st

from portal.agreement.verification import check_pdf, check_reference
from portal.duties.document_status import ROOMS
from portal.ui.blocks import LinkTo, links, panel
from portal.ui.fields import megabytes
from portal.ui.problems import at_field, kept, problems_kept, summary
from portal.ui.visitor import act
from portal.ui.words import plain

MOST_BYTES = 20 * 1024 * 1024  # a paper of ours is under 1 MB

now = act()
st.title("Check a document")
st.write("Every paper of this portal is sealed. Drop one here and hear whether it is genuine. We do not keep it.")
problems = kept()

with st.form("verify.file", border=False, clear_on_submit=True):
    at_field(problems, "file")
    given = st.file_uploader(
        "The document (PDF)", type=["pdf"], key="verify.pdf", max_upload_size=megabytes(MOST_BYTES)
    )
    by_file = st.form_submit_button("Check this document", type="primary")
with st.form("verify.reference", border=False):
    at_field(problems, "reference")
    typed = st.text_input("Or its reference, like 7K3-M4P-QRT", max_chars=40, key="verify.typed")
    by_reference = st.form_submit_button("Check this reference", type="primary")

answer = None
if by_file and given is None:
    summary({"file": "Select a document"})
elif by_file and given is not None and given.size > MOST_BYTES:
    summary({"file": "The document must be smaller than 20 MB"})
elif by_file and given is not None:
    answer = check_pdf(now, given.getvalue(), ROOMS)
elif by_reference:
    with problems_kept():
        answer = check_reference(now, typed, ROOMS)
if answer is not None:
    panel(answer.title, standing="stopped" if not answer.good else "done" if answer.holds else "waiting")
    for sentence in answer.sentences:
        st.write(plain(sentence))

st.header("Check it without this portal")
st.write("Any program that checks signed PDFs can read the seal. It needs the certificate of this portal.")
links([LinkTo("Download the certificate (PEM)", "/certificate.pem")])

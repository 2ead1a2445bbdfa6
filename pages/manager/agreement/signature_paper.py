"""Screen: record a signature that was given on paper, with its scan.

Clauses: s16.declaration, s16.copy-to-information-manager.
"""

import streamlit as st

from portal.agreement.register.organisations import NewOrganisation
from portal.agreement.signing.on_paper import PaperWords, editions_signed_on, record_paper
from portal.ui.accounts.people import organisation_field
from portal.ui.agreement.register import kinds_listed
from portal.ui.blocks import LinkTo, links
from portal.ui.fields import label, text_field
from portal.ui.flow import form_key, go
from portal.ui.problems import at_field, kept, problems_kept
from portal.ui.visitor import act

now = act()
links([LinkTo("All signatures to check", "/signature")])
st.title("Record a signature on paper")
st.write("Keep the paper. Its scan is kept sealed, without what a camera or an author wrote into it.")
st.write("It counts when a second Information Manager has compared it with the scan.")
problems = kept()
kinds = kinds_listed()
editions = editions_signed_on(now)
with st.form("signature_paper.form", border=False):
    at_field(problems, "organisation")
    organisation = organisation_field(now, "Organisation", "paper.organisation")
    new_name = text_field("Or the name of one that is not on the list", "paper.new", problems=problems, most=200)
    at_field(problems, "kind")
    kind = st.selectbox("What kind it is", list(kinds), index=None, format_func=kinds.__getitem__, key="paper.kind")
    edition = st.selectbox("Edition that the paper names", list(editions), format_func=editions.__getitem__)
    name = text_field("Name of who signed", "paper.name", problems=problems, most=200)
    position = text_field("Their job title or role", "paper.position", problems=problems, most=200)
    signed_on = text_field(
        "Date on the paper", "paper.signed_on", hint="Like 1 October 2026", problems=problems, most=40
    )
    email = text_field("Their e-mail address (optional)", "paper.email", problems=problems, most=254)
    field = label("The scan", "A PDF, JPEG or PNG, smaller than 10 MB.", problems.get("scan", ""))
    given = st.file_uploader(
        field, type=["pdf", "png", "jpg", "jpeg"], key="paper.scan", label_visibility="collapsed", max_upload_size=10
    )
    sent = st.form_submit_button("Record this signature", type="primary")
    key = form_key("signature_paper", sent=sent)
    if sent:
        with problems_kept():
            told = PaperWords(
                organisation_id=organisation or "",
                edition=edition or "",
                name=name,
                position=position,
                signed_on=signed_on,
                email=email,
                new=NewOrganisation(name=new_name, kind=kind or "") if new_name else None,
            )
            made = record_paper(now, told, given.getvalue() if given else b"", key=key)
            go("signature", id=made)

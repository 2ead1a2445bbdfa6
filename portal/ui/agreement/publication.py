"""Where an organisation publishes the agreement: shown and asked on its own page (s15)."""

from collections.abc import Mapping

import streamlit as st

from portal.agreement.register.publication import published_by, record_address
from portal.ground.act import Act
from portal.ground.wording import day
from portal.ui.blocks import LinkTo, links
from portal.ui.fields import text_field
from portal.ui.flow import done
from portal.ui.problems import problems_kept


def publication_form(now: Act, organisation_id: str, problems: Mapping[str, str]) -> None:
    """Ask a signatory where it publishes the agreement (clause s15.publish); nothing for others."""
    found = published_by(now.store, organisation_id)
    if found is None:
        return
    st.header("Where you publish the agreement")
    st.write(
        "Each partner puts the agreement on its website. A public body also lists it in its scheme of what it publishes."
    )
    if found.since:
        st.write(f"Recorded on {day(found.since)}.")
    with st.form("publication.form", border=False):
        address = text_field(
            "Web address of the page",
            "publication.address",
            value=found.address,
            hint="Like https://www.example.org/agreement. It can be a page that links to this portal.",
            problems=problems,
        )
        scheme = st.checkbox("Our publication scheme names it", value=found.in_scheme, key="publication.scheme")
        if st.form_submit_button("Record the address"):
            with problems_kept():
                record_address(now, organisation_id, address, in_scheme=scheme)
                done("The address is recorded")
    links([LinkTo("What is withheld of the agreement", "/withholding")])

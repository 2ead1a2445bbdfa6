"""Screen: your organisation: its people and its public contact."""

import streamlit as st

from portal.accounts.organisations import change_contact, own_organisation
from portal.accounts.people import people_of
from portal.ground.act import Role
from portal.ui import visitor
from portal.ui.accounts.people import roles_words, seen_words
from portal.ui.agreement.publication import publication_form
from portal.ui.blocks import LinkTo, facts, links, table
from portal.ui.fields import text_field
from portal.ui.flow import done, show_done
from portal.ui.problems import kept, problems_kept
from portal.ui.words import plain

act = visitor.act()
mine = own_organisation(act)
approver = act.person.holds(Role.APPROVER, mine.id)
st.title(plain(mine.name))
problems = kept()
show_done()


facts({"Kind": mine.kind_title, "Public contact": mine.public_contact or "Not given yet"})
links([LinkTo("Its entry in the register", f"/register?organisation={mine.slug}")])
st.header("People who act for it")
people = people_of(act, mine.id)
table(
    "People",
    ["Name", "Job title", "Roles", "Last here"],
    [(m.name, m.position, roles_words(m), seen_words(m)) for m in people],
    hide_caption=True,
)
if approver:
    publication_form(act, mine.id, problems)
    take = LinkTo("Take everything along: all that the portal holds of it (ZIP)", "/files/organisation.zip")
    links([LinkTo("Invite a colleague, or end a role", "/colleagues"), take])
    st.header("Public contact")
    with st.form("organisation.contact"):
        contact = text_field(
            "Public contact",
            "organisation.contact",
            value=mine.public_contact,
            hint="A role and an address, like Clerk, clerk@example.org. No person's name.",
            problems=problems,
        )
        if st.form_submit_button("Save the public contact"):
            with problems_kept():
                change_contact(act, mine.id, contact)
                done("The public contact is saved")
else:
    st.write("An approver of your organisation can invite colleagues and change these details.")

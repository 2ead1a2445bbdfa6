"""Screen: how this portal uses information about you."""

import streamlit as st

from portal.accountability.papers.views import bases_confirmed_on
from portal.ground.partnership import facts
from portal.ground.wording import day
from portal.retention.purposes import PURPOSES
from portal.retention.schedule import schedule
from portal.ui import visitor
from portal.ui.accountability.privacy import show_cookies
from portal.ui.blocks import LinkTo, links, table
from portal.ui.words import plain

known = facts(visitor.store())
owner, contact = plain(known.owner), plain(known.placeholders.get("dpo_contact", ""))
st.title("How this portal uses information about you")
st.write(f"{plain(known.name)} runs this portal. Under data protection law, {owner} answers for it.")
st.write(
    f"Questions, and how to get a copy of what we hold: {contact}."
    if contact
    else f"The partnership has not yet entered how to reach its data protection officer. Ask {owner}."
)

st.header("What we keep, and why")
table(
    "What we keep",
    ["What", "Why", "On which basis", "Who sees it", "How long"],
    [(one.what, one.why, one.basis, one.seen_by, one.kept) for one in PURPOSES],
    hide_caption=True,
)
confirmed = bases_confirmed_on(visitor.store())
st.write(
    f"{plain(known.name)} checked these bases and signed its record of them on {day(confirmed)}."
    if confirmed
    else f"{plain(known.name)} has not checked these bases yet. They are what the makers of the portal propose."
)
st.write("Each partner answers for what it does with information, and has a notice of its own.")
st.write(
    "You gave us most of it, or your organisation did. What is in a request about a person comes from the partners."
)
st.write("The record of who did what and when is not deleted. It holds no content:")
st.markdown("\n".join(f"- {one.why}" for one in schedule().stays))

st.header("Who else receives it")
st.write("The firms that run this computer and its e-mail work for us. This page does not know who they are.")
st.write(f"Nor does it know if they keep data abroad. Ask {owner}.")
st.write("The portal decides nothing about you by itself.")

st.header("What we do not do")
st.write("Spreadsheets with names in them are treated in memory. The file that you chose is never kept.")
st.write("We do not track you. We use no advertising, and nothing on these pages comes from another site.")

st.header("Cookies")
st.write(
    "We set a cookie only to keep you signed in, or to keep your answers while you work. Each is needed for what you do."
)
show_cookies()

st.header("Your rights")
st.write(
    "You can ask to see what we hold about you. You can ask us to put it right, to erase it, or to use less of it."
)
st.write("You can object to what we do as a public task. We answer within a month.")
st.write(
    "Where a partner shared because you agreed, you can take that back at any time. What it did before stays lawful."
)
st.write(
    "What police and probation hold to fight crime has its own rules. They are in Part 3 of the Data Protection Act 2018."
)
st.header("If you want to complain")
st.write(f"Complain first to {owner}{f': {contact}' if contact else ''}. The law is section 164A of the same Act.")
st.write(
    "We must tell you within 30 days that we have your complaint. We look into it without delay, and tell you what we found."
)
st.write("You can also complain to the Information Commissioner, at ico.org.uk, or go to court.")
links([LinkTo("Send us a complaint", "/complain")])
links([LinkTo("How long we keep what", "/retention"), LinkTo("Accessibility statement", "/accessibility")])

"""Screen: accessibility statement, with the limits that are known."""

import streamlit as st

from portal.ground.partnership import facts
from portal.ui import visitor
from portal.ui.blocks import LinkTo, links, table
from portal.ui.words import plain

known = facts(visitor.store())
st.title("Accessibility statement")
st.write(f"This statement is about the portal of {plain(known.name)}. We want everybody to be able to use it.")
st.write("You can zoom to 400% without scrolling sideways, use only a keyboard, and use a screen reader.")
st.write("We have made the text as plain as the agreement allows. It follows your device's light or dark setting.")

st.header("How accessible it is")
st.write("The portal meets most of WCAG 2.2 (the web's rules for access), level AA. The limits stand below.")
table(
    "Known limits",
    ["What", "Why", "What you can do instead"],
    [
        (
            "The pages need JavaScript",
            "The framework is built so",
            "You can still see who has signed, sign at a meeting, and read the PDF",
        ),
        (
            "The focus does not move when a page changes",
            "The framework leaves it at the top",
            "The first Tab stop is a link to the main content",
        ),
        (
            "Documents as PDF are not fully tagged",
            "The maker of PDFs cannot do it yet",
            "Each document has a page with the same words",
        ),
        (
            "Some tables for staff have no text in the page",
            "The framework draws them as pictures",
            "The tables you need to read are real tables",
        ),
        (
            "The button to choose a file is announced oddly",
            "The framework gives it two roles",
            "Tab to it and press Enter or Space",
        ),
        (
            "A drawn signature needs a finger or a mouse",
            "Drawing cannot be done with keys",
            "Type your signature: it counts the same",
        ),
    ],
    hide_caption=True,
)

st.header("Tell us about a problem")
contact = known.placeholders.get("information_manager", "")
st.write(
    f"Write to {plain(contact)}. Say which page it was, and what you tried to do."
    if contact
    else f"Tell {plain(known.owner)} which page it was, and what you tried to do."
)
st.write("Ask there too for any page or document in large print, on paper, or read out by phone.")

st.header("If you are not content with our answer")
st.write("The Equality Advisory and Support Service can help you: equalityadvisoryservice.com.")

st.header("How we tested it")
st.write("We test each page with the axe engine: as wide as a desk and a phone, in light and dark.")
st.write("The journeys are tested with a keyboard alone. This statement was prepared in November 2026.")
links(
    [LinkTo("How we use information about you", "/privacy"), LinkTo("Who has signed, as a plain page", "/signatories")]
)

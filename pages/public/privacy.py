"""Screen: how this portal uses information about you."""

import streamlit as st

from portal.ground.partnership import facts
from portal.ui import visitor
from portal.ui.blocks import LinkTo, links, table
from portal.ui.words import plain

known = facts(visitor.store())
owner, contact = plain(known.owner), plain(known.placeholders.get("dpo_contact", ""))
st.title("How this portal uses information about you")
st.write(f"{plain(known.name)} runs this portal. {owner} answers for it under data protection law.")
st.write(
    f"Questions, and how to get a copy of what we hold: {contact}."
    if contact
    else f"Ask {owner} to see what we hold about you."
)

st.header("What we keep, and why")
table(
    "What we keep",
    ["What", "Why", "How long"],
    [
        (
            "Your name, job title and work e-mail, if you have an account",
            "So that partners know who acts",
            "While you have the account",
        ),
        (
            "Your name, role and signature, if you sign the agreement",
            "To prove who agreed to what",
            "As long as the agreement says",
        ),
        (
            "Your name at a meeting, and what you signed there",
            "The agreement asks for it, section 10",
            "As long as the agreement says",
        ),
        (
            "Requests about a person, and the answers",
            "To prevent crime and to account for it",
            "Sealed, until their review date",
        ),
        ("Quarterly returns", "To see patterns; nothing in them names a person", "As long as the agreement says"),
        ("The record: who did what and when", "To find out if something went wrong", "As long as the portal runs"),
        ("Answers that you have not sent yet", "So that you can go on later", "28 days"),
    ],
    hide_caption=True,
)

st.header("What we do not do")
st.write("Spreadsheets with names in them are treated in memory. The file that you chose is never kept.")
st.write("We do not track you. We use no advertising, and nothing on these pages comes from another site.")

st.header("Cookies")
st.write(
    "We set a cookie only to keep you signed in, or to keep your answers while you work. Each is needed for what you do."
)
table(
    "Cookies",
    ["Name", "What for", "How long"],
    [
        ("portal_session", "Keeps you signed in", "12 hours at most, 30 minutes without use"),
        ("portal_sign_in", "Shows the sign-in form again with what you typed", "2 minutes"),
        ("portal_second_step", "Waits for the code from your app", "10 minutes"),
        ("portal_link", "Holds an invitation or password link", "1 hour"),
        ("portal_set_up", "Keeps the answers of the first set-up", "28 days"),
        ("_streamlit_xsrf", "Protects forms against other sites", "Until you close the browser"),
    ],
    hide_caption=True,
)

st.header("Your rights")
st.write("You can ask for a copy of what we hold about you. You can ask us to put it right, or to stop.")
st.write("You can complain to the Information Commissioner's Office, at ico.org.uk.")
links([LinkTo("How long we keep what", "/retention"), LinkTo("Accessibility statement", "/accessibility")])

"""Screen: home, the four things that people come to do, and what waits for whoever is signed in."""

import streamlit as st

from portal.duties.waiting import in_words, waiting_for
from portal.ground.access import may_start
from portal.ground.partnership import facts
from portal.ui import visitor
from portal.ui.blocks import LinkTo, journeys, links, table
from portal.ui.words import plain

act = visitor.act()
known = facts(act.store)
st.title(plain(known.name))
st.write("Share information lawfully to cut crime and anti-social behaviour. This is the partners' portal.")

if act.person.signed_in:
    st.header("Waiting for you")
    found = waiting_for(act)
    st.write(in_words(found))
    if found:
        table(
            "What waits for you",
            ["What", "How many", "Since"],
            [(LinkTo(one.what, one.href), one.count, one.words) for one in found],
            hide_caption=True,
        )

st.header("What do you want to do?")
journeys(
    [
        (what, href, about)
        for what, href, about in (
            (
                "Sign the agreement",
                "/sign",
                "Sign for your organisation, or learn who can. About 10 minutes, no account.",
            ),
            ("Ask for information", "/request", "Ask a partner about a person, or answer a partner who asks you."),
            (
                "Send a quarterly return",
                "/return",
                "Choose a spreadsheet. We take out what names people, and show you.",
            ),
            ("Hold a meeting", "/meetings", "Open the door, see who has signed, and keep the list."),
            ("See what was returned", "/returns-received", "Each organisation's returns, quarter by quarter."),
            ("See who has signed", "/register", "Look an organisation up. Anybody can, without an account."),
        )
        if may_start(act.person, href)
    ]
)
st.header("At a meeting?")
links([LinkTo("Join a meeting with its code", "/join")])
st.header("Look up and check")
links(
    [
        LinkTo("Read the agreement", "/agreement"),
        LinkTo("Find out who may tell whom what", "/who-may-tell"),
        LinkTo("Find out how to handle a marked paper", "/handling"),
        LinkTo("See published figures", "/statistics"),
        LinkTo("Check a document that this portal issued", "/verify"),
        LinkTo("Print a form to fill in by hand", "/paper-forms"),
    ]
)

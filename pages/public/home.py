"""Screen: home: what is asked of whoever is signed in, where they stand, what comes; and the ways in."""

import streamlit as st

from portal.duties.asked import duties_of
from portal.duties.calendar import coming
from portal.duties.since_last_visit import meanwhile
from portal.duties.sources.first_steps import first_steps
from portal.duties.sources.standing import own_standing
from portal.ground.access import Permission, may
from portal.ground.page_access import may_start
from portal.ground.partnership import facts
from portal.returns.service.calendar import due
from portal.ui import visitor
from portal.ui.blocks import LinkTo, journeys, links
from portal.ui.duties import asked_of_me, coming_up, first_visit, path, since_last, standing_facts
from portal.ui.words import plain

act = visitor.act()
known, mine = facts(act.store), own_standing(act)
st.title(plain(mine.organisation if mine else known.name))

if act.person.signed_in:
    asked, told = duties_of(act), meanwhile(act)
    ahead = coming(act, asked=asked)
    first_visit(told)
    standing_facts(mine, act.person)
    st.header("Asked of you")
    asked_of_me(asked, ahead)
    if may(act.person, Permission.CHANGE_SETTINGS):
        path(first_steps(act, mail=visitor.settings().smtp_url is not None))
    since_last(told)
    coming_up(ahead)
else:
    st.write("Share information within the law, to cut crime and anti-social behaviour. This is the partners' portal.")

st.header("What do you want to do?")
signed = mine is not None and mine.status is not None and not mine.behind
journeys(
    [
        (what, href, about)
        for what, href, about in (
            ("Ask for information", "/request", "Ask a partner about a person, or answer a partner who asks you."),
            ("Send a quarterly return", "/return", "Choose a spreadsheet. We take out what names people."),
            ("Hold a meeting", "/meetings", "Open the door, see who has signed, and keep the list."),
            ("See what was returned", "/returns-received", "Each organisation's returns, quarter by quarter."),
            (
                "Show that you keep the law",
                "/accountability" if may(act.person, Permission.READ_ACCOUNTABILITY) else "",
                "The papers that data protection law asks for, complaints, and where each stands.",
            ),
            ("See your organisation", "/organisation", "Its people, its public contact, and where it publishes."),
            (
                "Sign the agreement",
                "/sign",
                "Sign for your organisation, or learn who can. About 5 minutes to answer, no account.",
            ),
            ("See who has signed", "/register", "Look an organisation up. Anybody can, without an account."),
        )
        if href
        and may_start(act.person, href)
        and not (href == "/sign" and act.person.signed_in and (signed or mine is None))
        and not (href == "/organisation" and not mine)
        and not (href == "/return" and mine and not due(act, act.person.organisation_id or ""))
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

"""Screen: the guides: one for each role, with pictures, also to print."""

import streamlit as st

from portal.ground.page_access import BY_ADDRESS
from portal.guides.guides import guide, guides
from portal.ui.blocks import LinkTo, links, picture, practise, table
from portal.ui.visitor import act, settings
from portal.ui.words import plain

asked = str(st.query_params.get("role", ""))[:40]
if not asked:
    st.title("Guides")
    st.write("Each guide fits one kind of work. Read it here, or print it. The card is one page for the wall.")
    table(
        "Guides",
        ["Guide", "What for", "To print", "Card"],
        [
            (
                LinkTo(one.title, f"/guides?role={one.id}"),
                one.about,
                LinkTo("Guide (PDF)", f"/guide/{one.id}.pdf"),
                LinkTo("Card (PDF)", f"/guide/{one.id}-card.pdf"),
            )
            for one in guides()
        ],
        hide_caption=True,
    )
    if act().person.signed_in:
        links([LinkTo("Take the tour of your own work", "/tour")])
    practise(settings().practice_url)
else:
    chosen = guide(asked)
    links([LinkTo("All guides", "/guides")])
    st.title(plain(chosen.title))
    st.write(plain(chosen.about))
    links(
        [
            LinkTo("Print this guide (PDF)", f"/guide/{chosen.id}.pdf"),
            LinkTo("Print the card (PDF)", f"/guide/{chosen.id}-card.pdf"),
        ]
    )
    for number, step in enumerate(chosen.steps, 1):
        st.header(f"{number}. {plain(step.title)}")
        for sentence in step.words:
            st.write(plain(sentence))
        if step.file:
            picture(f"/guide-picture/{step.picture}.png", step.alt)
        links([LinkTo(f"Go there: {BY_ADDRESS[step.page.strip('/')].title}", step.page)])

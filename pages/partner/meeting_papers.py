"""Screen: minutes that were sent to you, and the entries of a restricted appendix that name you as needing to know.

Clauses: s6.meetings.restricted-appendix, app6.minutes-and-actions, app4.handling, s9.marking-definitions.
"""

import streamlit as st

from portal.ground.wording import counted, day
from portal.meetings.minutes.appendix import open_appendix
from portal.meetings.minutes.lessons import lessons_shared, needs_of_groups
from portal.meetings.minutes.minute_takers import asked_to_write
from portal.meetings.minutes.reading import my_papers, read_minutes
from portal.ui.blocks import Cell, LinkTo, facts, inset, link_button, links, table
from portal.ui.meetings.meeting import asked_id
from portal.ui.meetings.minutes import STAGES, entries_shown, how_marked, passed_on_table, promises
from portal.ui.visitor import act
from portal.ui.words import plain, typed

here = act()
papers = my_papers(here)
chosen = next((one for one in papers if one.meeting_id == asked_id()), None)
if chosen is None:
    st.title("Minutes and appendices for you")
    asked = asked_to_write(here)
    if asked:
        st.header("Minutes for you to write")
        links([LinkTo(f"{one.name}, {day(one.starts_at)}", f"/minutes-write?id={one.meeting_id}") for one in asked])
        st.header("Minutes for you to read")
    if papers:
        rows: list[list[Cell]] = [
            [
                LinkTo(one.name, f"/meeting-papers?id={one.meeting_id}"),
                day(one.starts_at),
                STAGES[one.stage] if one.stage else "Not circulated",
                counted(one.entries, "entry", "entries") if one.entries else "Nothing",
            ]
            for one in papers
        ]
        table("Meetings", ["Meeting", "When", "Minutes", "Appendix for you"], rows, hide_caption=True)
    else:
        st.write("No minutes were sent to you, and no appendix names you. Ask the Chair of your meeting.")
    passed_on_table("What groups need of the partnership", needs_of_groups(here))
    passed_on_table("What groups learnt", lessons_shared(here))
else:
    st.title(plain(chosen.name))
    facts([("When", day(chosen.starts_at)), ("Minutes", STAGES[chosen.stage] if chosen.stage else "Not circulated")])
    st.write("Each opening is recorded.")
    if chosen.stage:
        if st.button("Read the minutes here", key="meeting_papers.minutes"):
            typed(read_minutes(here, chosen.meeting_id).body)
        link_button("Minutes (PDF)", f"/meeting/minutes?id={chosen.meeting_id}")
        how_marked(chosen.starts_at, chosen.marking)
    if chosen.entries:
        st.header("Restricted appendix")
        how_marked(chosen.starts_at)
        inset("Use it only for the purpose it names. Pass it to nobody without the Chair's consent.")
        st.write("An entry says who keeps it, and for which action. At the meeting everybody promised:")
        promises(chosen.starts_at)
        links([LinkTo("Ask the source in writing, where you need more or need it later", "/request")])
        if st.button("Open the entries for you", type="primary", key="meeting_papers.appendix"):
            entries_shown(open_appendix(here, chosen.meeting_id))
        link_button("Your copy of the appendix (PDF)", f"/meeting/appendix?id={chosen.meeting_id}")
    links([LinkTo("All your papers", "/meeting-papers")])

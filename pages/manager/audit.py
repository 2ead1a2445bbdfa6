"""Screen: the record: whether it holds, and its entries."""

from urllib.parse import urlencode

import streamlit as st

from portal.duties.scheduled.record_check import record_state, whole_check
from portal.ground.wording import counted, day_and_time
from portal.record.audit import entries, head
from portal.record.events import Event, in_words
from portal.ui import visitor
from portal.ui.blocks import LinkTo, facts, links, pages, panel, table
from portal.ui.history import date_asked, thing
from portal.ui.words import plain

SIZE = 50
act = visitor.act()
st.title("The record")
st.write("Every act is written here as it is done. Nobody can change or delete an entry without being found out.")
date_asked(act)
number, newest = head(act.store)
verdict = record_state(act)
if verdict is None and st.button("Check the whole record now", key="audit.check"):
    verdict = whole_check(act.store)
if verdict is not None and verdict.whole:
    panel(
        "The record is complete", f"{counted(verdict.entries, 'entry', 'entries')} checked on {day_and_time(act.at)}."
    )
elif verdict is not None:
    panel(
        "The record does not hold",
        f"{verdict.why} Keep a copy of the data now, and tell the owner.",
        standing="stopped",
    )
facts({"Newest entry": f"{number:,}", "Its hash": newest})

names = sorted(Event, key=lambda event: event.words)
asked = st.query_params.get("event", "")
event = st.selectbox(
    "What was done",
    ["", *[one.value for one in names]],
    format_func=lambda value: in_words(value) if value else "Everything",
    index=1 + [one.value for one in names].index(asked) if asked in {one.value for one in names} else 0,
    key="audit.event",
)
about = st.query_params.get("about", "")
page = visitor.page_asked() if event == asked else 1
found, total = entries(act, page=page, size=SIZE, event=event, subject=about)
st.write(plain(f"{counted(total, 'entry', 'entries')}{f' about one thing: {thing(about)}' if about else ''}."))
if about:
    links([LinkTo("Show everything", "/audit")])
if found:
    table(
        "Entries, the newest first",
        ["Number", "When", "Who", "What", "About"],
        [
            (
                one.number,
                day_and_time(one.at),
                one.actor_name,
                in_words(one.event),
                LinkTo(thing(one.subject), f"/audit?{urlencode({'about': one.subject})}"),
            )
            for one in found
        ],
        hide_caption=True,
    )
pages(total, SIZE, page, lambda n: f"/audit?{urlencode({'event': event, 'about': about, 'page': n})}")
st.write(plain("To check from the command line: portal audit verify"))
links(
    [
        LinkTo("Download the whole record (CSV)", "/files/record.csv"),
        LinkTo("Download all that is the partnership's own (ZIP)", "/files/partnership.zip"),
    ]
)

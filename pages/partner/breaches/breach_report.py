"""Screen: report a loss of shared information in two minutes; those who must know are told at once.

Clauses: s9.breach.
"""

import streamlit as st

from portal.breaches.affected_records import OTHER, things
from portal.breaches.reporting import NewBreach, report_breach
from portal.breaches.wording import KINDS
from portal.requests.participants import bodies_named
from portal.ui.blocks import LinkTo, inset, links
from portal.ui.fields import day_field, long_field, text_field
from portal.ui.flow import form_key, go
from portal.ui.problems import at_field, kept, problems_kept
from portal.ui.requests.view import asked_for
from portal.ui.visitor import act

here = act()
problems = kept()
links([LinkTo("Back to losses", "/breaches")])
st.title("Report a loss")
inset(
    "The Chair, the Information Manager and the organisations concerned are told at once. The letter says no more than "
    "a reference. Name nobody here: give the reference of the request or meeting."
)
at_field(problems, "kind")
kind = st.radio("What happened?", list(KINDS), index=None, format_func=KINDS.get, key="breach_report.kind")
known = {one.code: one.words for one in things(here)} | {OTHER: "Something else"}
codes = list(known)
at_field(problems, "about")
about = st.selectbox(
    "What was it about?",
    codes,
    index=codes.index(asked_for("about")) if asked_for("about") in known else None,
    format_func=lambda code: known.get(code, ""),
    placeholder="Choose",
    key="breach_report.about",
)
from_whom = ""
if about == OTHER or str(about).startswith("meeting:"):
    bodies = {one.id: one.name for one in bodies_named(here)}
    at_field(problems, "from_whom")
    from_whom = (
        st.selectbox(
            "Which organisation did the information come from? (if you know)",
            list(bodies),
            index=None,
            format_func=lambda one: bodies.get(one, ""),
            placeholder="I do not know",
            key="breach_report.from_whom",
        )
        or ""
    )
now = st.radio("When was it found?", ["Just now", "Earlier"], key="breach_report.now", horizontal=True) == "Just now"
found_on, found_time = None, ""
if not now:
    found_on = day_field("The day it was found", "breach_report.found_on", problems)
    found_time = text_field("The time", "breach_report.found_time", hint="Such as 14:30", problems=problems, most=5)
what = long_field("Tell it in a few words. Name nobody", "breach_report.what", problems=problems, most=4000)
done = long_field("What was done so far?", "breach_report.done", problems=problems, most=4000, height=90)
sent = st.button("Report this loss", type="primary", key="breach_report.go")
key = form_key("breach_report", sent=sent)
if sent:
    new = NewBreach(
        kind=kind or "",
        about=about or "",
        what=what,
        done=done,
        from_whom=from_whom,
        found_on=found_on,
        found_time=found_time,
        found_now=now,
    )
    with problems_kept():
        breach_id = report_breach(here, new, key=key)
        go("breach", id=breach_id, sent="1")

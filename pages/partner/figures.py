"""Screen: figures of requests: made, answered, time to answer, outcomes, laws used; nothing that points to anybody."""

import streamlit as st

from portal.duties.request_figures import YEAR, Figures, partnership_figures, requests_to_us, requests_we_made
from portal.ground.access import Permission, may
from portal.ui.blocks import facts, table
from portal.ui.figures.charts import bars
from portal.ui.visitor import act


def show(title: str, figures: Figures) -> None:
    """Show one set of figures."""
    st.header(title)
    facts(
        [
            ("Requests", figures.made),
            ("Answered", figures.answered),
            ("Middle time to an answer", figures.days),
        ]
    )
    told = [(outcome, int(count.replace(",", ""))) for outcome, count in figures.outcomes if count[:1].isdigit()]
    if any(count for _, count in told):
        bars(told, "Requests", "Requests by outcome. The table beneath has the numbers.", in_order=True)
    table("How they were answered", ["Outcome", "Requests"], figures.outcomes)
    if figures.days_taken:
        bars(
            figures.days_taken, "Requests", "Requests by days to an answer. The table beneath has them.", in_order=True
        )
        table("How long an answer took", ["Time", "Requests"], figures.days_taken)
    if figures.gateways:
        table("Laws named", ["Law", "Requests"], figures.gateways)


here = act()
st.title("Figures of requests")
period = st.radio("Sent", ["In the last 12 months", "Since the portal began"], horizontal=True, key="figures.period")
since = here.at - YEAR if period == "In the last 12 months" else None
own = here.person.organisation_id
if own and may(here.person, Permission.SEE_OWN_FIGURES, own):
    show("What we asked of others", requests_we_made(here, own, since))
    show("What others asked of us", requests_to_us(here, own, since))
if may(here.person, Permission.SEE_ALL_FIGURES):
    st.caption(
        "Numbers of the whole partnership stand to the nearest 5. Small ones are not shown, and totals leave them out."
    )
    show("The whole partnership", partnership_figures(here, since))

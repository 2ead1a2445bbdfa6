"""Proposals to withhold on the screen: the list, and one with its words, answers and decision."""

import streamlit as st

from portal.agreement.withholding.views import Proposal, proposals
from portal.ground.act import Act
from portal.ground.wording import day, day_and_time
from portal.ui.blocks import LinkTo, Standing, Tag, facts, inset, links, table
from portal.ui.words import typed

ANSWERS = {"yes": "We agree to withhold it", "no": "We want it to stay public"}
DECISIONS = {"withhold": "It is withheld", "publish": "It stays public"}
_STATUS: dict[str, tuple[str, Standing]] = {
    "open": ("Waits for answers", "waiting"),
    "withheld": ("Withheld", "stopped"),
    "published": ("Stays public", "done"),
    "ended": ("Public again", "ended"),
}


def listed_proposals(now: Act) -> None:
    """List every proposal, and offer to make one."""
    st.write(
        "Each partner publishes the agreement. A partner that wants to withhold a part tells the others (Section 15)."
    )
    rows = [
        (
            LinkTo(one.part, f"/withholding?id={one.id}"),
            Tag(*_STATUS[one.status]),
            one.exemption,
            one.proposed_by,
            day(one.proposed_at),
        )
        for one in proposals(now)
    ]
    if rows:
        table("Proposals", ("Where", "Standing", "Exemption", "Proposed by", "On"), rows, hide_caption=True)
    else:
        st.write("Nothing is withheld, and nothing is proposed.")
    links([LinkTo("Propose to withhold a passage", "/withholding-new")])


def shown(one: Proposal) -> None:
    """Show one proposal: what, why, who said what, and the decision."""
    facts(
        [
            ("Standing", Tag(*_STATUS[one.status])),
            ("Where", f"{one.part}, edition {one.edition}"),
            ("Exemption", one.exemption),
            ("Proposed by", one.proposed_by),
            ("On", day(one.proposed_at)),
        ]
    )
    st.header("The words")
    for words in one.words:
        inset(words)
    st.header("The reason")
    typed(one.reason)
    if one.status == "open":
        st.write("Until it is decided these words stay public. Each partner answers; one that disagrees says why.")
    if one.answers:
        st.header("What the partners say")
        rows = [
            (
                answer.organisation,
                {
                    True: Tag("Agrees", "done"),
                    False: Tag("Disagrees", "stopped"),
                    None: Tag("No answer yet", "waiting"),
                }[answer.agrees],
                answer.words,
                day(answer.at) if answer.at else "",
            )
            for answer in one.answers
        ]
        table("Answers", ("Partner", "Answer", "Why", "On"), rows, hide_caption=True)
    if one.decided_at:
        st.header("The decision")
        st.write(f"Recorded on {day_and_time(one.decided_at)}.")
        typed(one.decision_words)

"""Notices on the screen: the form, and what was given before."""

from collections.abc import Mapping, Sequence

import streamlit as st

from portal.agreement.notices.notices import NoticeEffect, NoticeView
from portal.ground.act import Person
from portal.ground.wording import day
from portal.requests.after_disclosure.still_held import HeldCopy
from portal.ui.blocks import Cell, LinkTo, table
from portal.ui.problems import at_field, keep

CHOICES = {
    NoticeEffect.SUSPENSION: "Stop sharing for now",
    NoticeEffect.LIFTING: "Start sharing again",
    NoticeEffect.WITHDRAWAL: "Leave the agreement",
}
_SAID = {
    NoticeEffect.SUSPENSION: "Stopped for now",
    NoticeEffect.LIFTING: "Started again",
    NoticeEffect.WITHDRAWAL: "Left",
}


def notice_form(
    choices: Mapping[NoticeEffect, str], problems: Mapping[str, str], person: Person, *, by_manager: bool
) -> tuple[NoticeEffect, dict[str, str]] | None:
    """Ask what the notice does, why, what it rests on and who gives it; gives the answers once it is sent."""
    with st.form("notice.form", border=False):
        at_field(problems, "kind")
        kind = st.radio("What do you want to do?", options=list(choices), index=None, format_func=choices.__getitem__)
        at_field(problems, "reason")
        reason = st.text_area("Reason", max_chars=2000, key="notice.reason")
        at_field(problems, "evidence")
        evidence = st.text_area("What it rests on, such as a letter or a minute", max_chars=2000, key="notice.evidence")
        at_field(problems, "name")
        own = "" if by_manager else person.name
        name = st.text_input("Name of the person who gives the notice", own, max_chars=200, key="notice.name")
        at_field(problems, "position")
        post = "" if by_manager else person.position
        position = st.text_input("Their job title or role", post, max_chars=200, key="notice.position")
        sent = st.form_submit_button("Record the notice" if by_manager else "Give the notice", type="primary")
    if not sent:
        return None
    if kind is None:
        keep({"kind": "Select what you want to do"})
        st.rerun()
    return kind, {"reason": reason, "evidence": evidence, "name": name, "position": position}


def still_held_table(held: Sequence[HeldCopy], *, ours: bool, left: bool) -> None:
    """List what the organisation received and still holds, to give back or destroy (clause s14.termination)."""
    st.header("What it still holds")
    if not held:
        st.write("Nothing that it received through this portal is left with it.")
        return
    by = (
        "It has left the agreement. Each of these is given back or destroyed now."
        if left
        else "If it leaves, each of these is given back or destroyed."
    )
    st.write(f"{by} Whoever does so says it here, and the body it came from gets the certificate.")
    rows: list[Sequence[Cell]] = [
        (
            LinkTo(f"Answer {one.reference}: say that it is gone", f"/request-gone?id={one.request_id}")
            if ours
            else f"Answer {one.reference}",
            one.came_from,
            day(one.keep_until),
        )
        for one in held
    ]
    table("What it still holds", ("Answer", "Came from", "Kept until at most"), rows, hide_caption=True)


def given_before(notices: Sequence[NoticeView]) -> None:
    """List the notices given so far, each with its paper."""
    if not notices:
        return
    st.header("Notices given")
    rows = [
        (day(one.given_at), _SAID[one.kind], LinkTo(f"Notice {one.reference} (PDF)", f"/notice/copy/{one.id}"))
        for one in notices
    ]
    table("Notices given", ("Day", "What", "Paper"), rows, hide_caption=True)

"""Notices on the screen: the form, and what was given before."""

from collections.abc import Mapping, Sequence

import streamlit as st

from portal.agreement.notices.notices import Given, NoticeEffect
from portal.ground.act import Person
from portal.ground.wording import day
from portal.ui.blocks import LinkTo, table
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


def given_before(notices: Sequence[Given]) -> None:
    """List the notices given so far, each with its paper."""
    if not notices:
        return
    st.header("Notices given")
    rows = [
        (day(one.given_at), _SAID[one.kind], LinkTo(f"Notice {one.reference} (PDF)", f"/notice/copy/{one.id}"))
        for one in notices
    ]
    table("Notices given", ("Day", "What", "Paper"), rows, hide_caption=True)

"""Choosing who takes over a meeting whose Chair chairs no more."""

from collections.abc import Mapping

import streamlit as st

from portal.ground.access import Permission, may
from portal.ground.act import Act
from portal.meetings.meeting import Planned
from portal.meetings.planning.succession import name_successor, successors
from portal.ui.flow import go
from portal.ui.meetings.meeting import own_base
from portal.ui.problems import at_field, problems_kept
from portal.ui.words import plain


def choose_successor(here: Act, one: Planned, problems: Mapping[str, str]) -> None:
    """Let the Information Manager choose who takes over a meeting that has begun or was held, where its Chair is gone."""
    if not may(here.person, Permission.MANAGE_PEOPLE) or not (people := successors(here, one.id)):
        return
    st.header("Who takes it over?")
    st.write(plain(f"{one.chair_name} chairs no more. Choose another Chair. You cannot choose yourself."))
    if one.closed_part_at is not None:
        st.write("They can read what was said in its closed session. Best is somebody who was in it.")
    at_field(problems, "chair")
    ids = list(people)
    chosen = st.selectbox(
        "Who takes this meeting over?",
        ids,
        index=None,
        format_func=lambda one: people[one],
        key=f"successor.{one.id}",
        placeholder="Choose",
    )
    if st.button("Give them this meeting", type="primary", key="successor.go"):
        with problems_kept():
            name_successor(here, one.id, chosen or "", base_url=own_base())
            go("meetings", said=f"{people[chosen or '']} chairs this meeting now, and is told")

"""How a loss of shared information is shown: the list, the regulator's clock, the steps, the closing."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import cast

import streamlit as st

from portal.breaches.follow_up import add_step, close_breach
from portal.breaches.views import BreachLine, OpenedBreach
from portal.breaches.wording import DONE, KINDS, STEPS
from portal.ground.act import Act
from portal.ground.wording import day, day_and_time, new_id
from portal.ui.blocks import LinkTo, Standing, Tag, inset, panel, table
from portal.ui.flow import go, pressed_again, show_anew, showing
from portal.ui.problems import at_field, problems_kept
from portal.ui.words import plain

Problems = Mapping[str, str]


def show_breaches(lines: Sequence[BreachLine], now: datetime) -> None:
    """Show losses in a table that says how each stands; no word about a person stands in it."""
    table(
        "Losses, the open ones first",
        ["Loss", "What happened", "Reported", "Where it stands"],
        [
            (
                LinkTo(one.reference, f"/breach?id={one.id}"),
                KINDS[one.kind],
                day(one.reported_at),
                Tag(one.stands(now), cast("Standing", one.standing(now))),
            )
            for one in lines
        ],
        hide_caption=True,
    )


def show_clock(opened: OpenedBreach, now: datetime) -> None:
    """Show how it stands, the regulator's last moment with the rule behind it, and what the edition says."""
    line = opened.line
    if line.closed_at is not None:
        panel(line.stands(now), "Everything that was done is below.", standing="done")
    elif line.regulator_by is None:
        panel("Open", "This edition names no regulator's clock.", standing="waiting")
    elif line.regulator_settled:
        panel("Open", "What the Information Commissioner needs to know is settled.", standing="waiting")
    else:
        until = day_and_time(line.regulator_by)
        said = f"If people could be harmed, tell the Information Commissioner by {until}: 72 hours after it was found."
        panel(line.clock(now), said, standing=cast("Standing", line.standing(now)))
    inset(opened.rule.text)
    st.caption(f"Section 9. {plain(opened.rule.source or 'From the agreement itself')}.")


def show_steps(opened: OpenedBreach) -> None:
    """Show the steps in their order, as typed."""
    st.header("What was done since")
    if not opened.steps:
        st.write("Nothing has been recorded yet.")
        return
    table(
        "Steps, the first first",
        ["When", "What", "Words", "Who"],
        [(day_and_time(one.at), DONE[one.kind], one.words, one.by) for one in opened.steps],
        hide_caption=True,
    )


def show_step_form(act: Act, opened: OpenedBreach, problems: Problems) -> None:
    """Draw the form for the next step."""
    name = f"breach.{opened.line.id}"
    scope = f"{name}.{showing(name)}"
    st.header("Record a step")
    at_field(problems, "step")
    kind = st.radio("What was done?", list(STEPS), index=None, format_func=STEPS.get, key=f"{scope}.step")
    at_field(problems, "words")
    words = st.text_area(
        "In a few words. Name nobody", max_chars=4000, height=90, key=f"{scope}.words", on_change="ignore"
    )
    key = st.session_state.setdefault(f"{scope}.key", new_id())
    if st.button("Record this step", key="breach.record") and not pressed_again("breach.record", kind, words):
        with problems_kept():
            add_step(act, opened.line.id, kind or "", words or "", key=key)
            show_anew(name)
            go("breach", id=opened.line.id)


def show_closing(act: Act, opened: OpenedBreach, problems: Problems) -> None:
    """Draw the closing for the Information Manager, or say what is missing before it."""
    if not opened.may_close:
        st.write("The Information Manager closes it.")
        return
    st.header("Close it with the lesson")
    if opened.missing:
        st.write(plain(opened.missing))
        return
    at_field(problems, "lesson")
    lesson = st.text_area(
        "What do you do differently from now on?",
        max_chars=4000,
        key=f"breach.{opened.line.id}.lesson",
        on_change="ignore",
    )
    if st.button("Close this loss", type="primary", key="breach.close"):
        with problems_kept():
            close_breach(act, opened.line.id, lesson or "")
            go("breach", id=opened.line.id)

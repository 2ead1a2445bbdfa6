"""How complaints are drawn: the fields that a complaint is made of, the list, and the forms that follow one."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import cast

import streamlit as st

from portal.accountability.complaints.handling import acknowledge, add_handling_step, tell_outcome
from portal.accountability.complaints.receiving import NewComplaint
from portal.accountability.complaints.views import ComplaintLine, OpenedComplaint
from portal.accountability.complaints.wording import HOW, LONGEST, NOBODY, RESULTS, TOLD
from portal.ground.act import Act
from portal.ground.wording import day, day_and_time, new_id, today
from portal.ui.blocks import LinkTo, Standing, Tag, panel, table
from portal.ui.fields import day_field, label, text_field
from portal.ui.flow import go, pressed_again, show_anew, showing
from portal.ui.problems import at_field, problems_kept

Problems = Mapping[str, str]


def complaint_fields(scope: str, problems: Problems, *, theirs: str = "your") -> NewComplaint:
    """Draw the three fields of a complaint; `theirs` says whose name it is."""
    asked = label("What went wrong?", problem=problems.get("about", ""))
    about = st.text_area(
        asked, max_chars=LONGEST, height=150, key=f"{scope}.about", label_visibility="collapsed", on_change="ignore"
    )
    name = text_field(
        f"{theirs.capitalize()} name (optional)", f"{scope}.name", problems=problems, most=200, autocomplete="name"
    )
    asked = label(
        f"How can we reach {'you' if theirs == 'your' else 'them'}? (optional)",
        "An e-mail, a street and house, or a phone number.",
        problems.get("reach", ""),
    )
    reach = st.text_area(
        asked, max_chars=LONGEST, height=90, key=f"{scope}.reach", label_visibility="collapsed", on_change="ignore"
    )
    return NewComplaint(about=about or "", name=name, reach=reach or "")


def show_complaints(lines: Sequence[ComplaintLine], on: date) -> None:
    """Show complaints in a table that says how each stands."""
    table(
        "Complaints, those to answer first",
        ["Complaint", "Came on", "Where it stands"],
        [
            (
                LinkTo(one.reference, f"/complaint?id={one.id}"),
                day(one.received_on),
                Tag(one.stands(on), cast("Standing", one.standing(on))),
            )
            for one in lines
        ],
        hide_caption=True,
    )


def show_standing(line: ComplaintLine, on: date) -> None:
    """Say above everything how a complaint stands."""
    panel(line.stands(on), standing=cast("Standing", line.standing(on)))


def show_handling(opened: OpenedComplaint) -> None:
    """Show the steps in their order, as typed."""
    st.header("What was done")
    if not opened.steps:
        st.write("Nothing has been written down yet.")
        return
    table(
        "Steps, the first first",
        ["When", "What", "Who"],
        [(day_and_time(one.at), one.words, one.by) for one in opened.steps],
        hide_caption=True,
    )


def show_acknowledgement_form(act: Act, opened: OpenedComplaint, problems: Problems) -> None:
    """Draw the form that says that it came, while nobody has and they can be reached."""
    line, scope = opened.line, f"complaint.{opened.line.id}"
    if line.acknowledged_on is not None or not line.reachable:
        return
    st.header("Tell them that you have it")
    st.write(
        f"By {day(line.acknowledge_by)}. By e-mail, the portal writes to them: the letter says nothing of what it is about."
    )
    at_field(problems, "how")
    how = st.radio("How do you tell them?", list(HOW), index=None, format_func=HOW.get, key=f"{scope}.how")
    on: date | None = today(act.at)
    if how not in {None, "email"}:
        on = day_field("The day you told them", f"{scope}.on", problems)
    if st.button("Record it", key="complaint.acknowledge", type="primary"):
        with problems_kept():
            acknowledge(act, line.id, how, on)
            go("complaint", id=line.id)


def show_handling_form(act: Act, opened: OpenedComplaint, problems: Problems) -> None:
    """Draw the form for the next step."""
    name = f"complaint.{opened.line.id}"
    scope = f"{name}.{showing(name)}"
    at_field(problems, "step")
    words = st.text_area(
        "Whom did you ask, or what did you put right?", max_chars=LONGEST, key=f"{scope}.step", on_change="ignore"
    )
    key = st.session_state.setdefault(f"{scope}.key", new_id())
    if st.button("Keep this step", key="complaint.step") and not pressed_again("complaint.step", words):
        with problems_kept():
            add_handling_step(act, opened.line.id, words or "", key=key)
            show_anew(name)
            go("complaint", id=opened.line.id)


def show_outcome_form(act: Act, opened: OpenedComplaint, problems: Problems) -> None:
    """Draw the form for the outcome."""
    line, scope = opened.line, f"complaint.{opened.line.id}"
    st.header("Tell them what you found")
    st.write("The portal makes a letter of it that you can print or send. It goes to nobody by itself.")
    at_field(problems, "result")
    result = st.radio("What did you find?", list(RESULTS), index=None, format_func=RESULTS.get, key=f"{scope}.result")
    at_field(problems, "outcome")
    said = st.text_area(
        "What you found, and what you do about it. They read this",
        max_chars=LONGEST,
        key=f"{scope}.outcome",
        on_change="ignore",
    )
    ways = {key: words for key, words in TOLD.items() if (key == NOBODY) != line.reachable}
    at_field(problems, "told")
    how = st.radio("How do you tell them?", list(ways), index=None, format_func=ways.get, key=f"{scope}.told")
    if st.button("Record the outcome", key="complaint.outcome", type="primary"):
        with problems_kept():
            tell_outcome(act, line.id, result, said or "", how)
            go("complaint", id=line.id)

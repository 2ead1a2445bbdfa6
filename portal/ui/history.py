"""The history of one thing, in words, at the end of its page."""

import re

import streamlit as st

from portal.ground.act import Act
from portal.ground.wording import day_and_time
from portal.record.audit import history
from portal.record.events import in_words
from portal.retention.clock import clock_jump, confirm_clock
from portal.ui.blocks import panel, table
from portal.ui.problems import problems_shown
from portal.ui.words import plain

_NUMBER = re.compile(r"[0-9a-f]{12,}")


def thing(subject: str) -> str:
    """Name what an entry is about in words: the kind, and enough of its number to tell two of a kind apart."""
    kind, _, number = subject.partition(":")
    words = kind.replace("-", " ").replace("_", " ").capitalize()
    if _NUMBER.fullmatch(number):
        return f"{words} …{number[-6:]}"
    return f"{words}: {number.replace('_', ' ')}" if number else words


def date_asked(act: Act) -> None:
    """Ask the Information Manager whether the date is right, where the clock has jumped; nothing is deleted until they say so."""
    jump = clock_jump(act)
    if jump is None:
        return
    panel("Is the date right?", jump.sentence, standing="waiting")
    st.write(plain(f"The portal's clock says that now is {day_and_time(act.at)}."))
    if st.button("Yes, the date is right", key="audit.date"):
        with problems_shown():
            confirm_clock(act)
            st.rerun()
    st.write("If it is not right, put the clock of the machine right. The portal notices by itself.")


def history_of(act: Act, subject: str) -> None:
    """Show who did what to a thing, newest first. The page has checked that the person may see the thing."""
    found = history(act.store, subject)[::-1][:50]
    st.header("History")
    if not found:
        st.write("Nothing has been recorded yet.")
        return
    table(
        "What was done, the newest first",
        ["When", "Who", "What"],
        [(day_and_time(one.at), one.actor_name, in_words(one.event)) for one in found],
        hide_caption=True,
    )

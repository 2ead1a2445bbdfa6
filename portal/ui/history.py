"""The history of one thing, in words, at the end of its page."""

import re

import streamlit as st

from portal.ground.act import Act
from portal.ground.wording import day_and_time
from portal.record.audit import history
from portal.record.events import in_words
from portal.ui.blocks import table

_NUMBER = re.compile(r"[0-9a-f]{12,}")


def thing(subject: str) -> str:
    """Name what an entry is about in words: the kind, and enough of its number to tell two of a kind apart."""
    kind, _, number = subject.partition(":")
    words = kind.replace("-", " ").replace("_", " ").capitalize()
    if _NUMBER.fullmatch(number):
        return f"{words} …{number[-6:]}"
    return f"{words}: {number.replace('_', ' ')}" if number else words


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

"""The parts of the drafting page: which passage, the facts, the day."""

from collections.abc import Mapping

import streamlit as st

from portal.agreement.editions.passages import Passage, passages
from portal.agreement.editions.views import OwnEdition
from portal.ground.wording import day
from portal.partnership.blanks import LONGEST, blanks
from portal.ui.fields import text_field

_SHOWN = 90  # letters of a passage in the list


def chosen_passage(text: str) -> Passage:
    """Ask for a section or appendix, then a passage in it."""
    every = passages(text)
    parts = list(dict.fromkeys(one.part for one in every))
    part = st.selectbox("Section or appendix", parts, key="edition.part")
    here = {one.number: one for one in every if one.part == part}
    number = st.selectbox("Passage", list(here), format_func=lambda n: begin_of(here[n]), key=f"edition.passage.{part}")
    return here[number]


def facts_form(filled: Mapping[str, str], problems: Mapping[str, str]) -> dict[str, str] | None:
    """Ask for the facts that the words name; gives what was typed once it is sent."""
    typed = {}
    with st.expander("Change the facts", expanded=False), st.form("edition.facts", border=False):
        for title, group in blanks():
            st.subheader(title)
            for blank in group:
                if blank.key != "in_force_date":
                    typed[blank.key] = text_field(
                        blank.label,
                        f"edition.{blank.key}",
                        value=filled.get(blank.key, ""),
                        hint=f"Like {blank.example}",
                        problems=problems,
                        most=LONGEST,
                    )
        sent = st.form_submit_button("Keep these facts")
    return typed if sent else None


def day_form(own: OwnEdition, problems: Mapping[str, str]) -> tuple[str, str] | None:
    """Ask what changed and from which day; gives both once they are sent."""
    with st.form("edition.day", border=False):
        change = text_field(
            "What changed, in a sentence",
            "edition.change",
            value=own.change,
            hint="It stands in the version record and in the letters.",
            problems=problems,
            most=500,
        )
        begins = text_field(
            "The day it takes force",
            "edition.force_from",
            value=day(own.force_from) if own.force_from else "",
            hint="Like 1 January 2027. Signatories are asked to sign again on that day.",
            problems=problems,
            most=40,
        )
        sent = st.form_submit_button("Keep this")
    return (change, begins) if sent else None


def begin_of(passage: Passage) -> str:
    """Give the number of a passage and how it begins, for a list."""
    words = " ".join(passage.words.split())
    return f"{passage.number}. {words if len(words) <= _SHOWN else words[:_SHOWN] + '…'}"

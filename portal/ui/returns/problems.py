"""What is wrong in a checked file, by kind and cell, with the answers that mend a handful of them on the page."""

from collections.abc import Sequence

import streamlit as st

from portal.ground.wording import counted
from portal.returns.report.file_report import CellProblem
from portal.returns.report.problem_groups import MOST, Group, where
from portal.returns.report.problems import EMPTY, IDENTIFIER, NOT_LISTED, OUTSIDE, UNREADABLE
from portal.returns.service.upload_check import Checked
from portal.ui.blocks import Cell, link_button, table
from portal.ui.fields import text_field
from portal.ui.words import plain

_TITLES = {
    UNREADABLE: "Cells that we could not read",
    NOT_LISTED: "Words that the list of categories does not have",
    EMPTY: "Cells that need an answer",
    OUTSIDE: "Dates outside the quarter",
    IDENTIFIER: "Cells that we took something out of",
}
_FIRST = 10  # lines of a kind that are shown; the list to download has them all
_ASIS = "Leave it as it is"


def problems(checked: Checked) -> None:
    """Show what is wrong by kind, the first few of each folded away, and the whole list to download."""
    told = checked.outcome.problems
    if not told:
        return
    st.header("What we found in your file")
    st.write(f"{counted(len(told), 'cell')} to look at. We show what a cell holds only where it can be nobody.")
    for kind, title in _TITLES.items():
        mine = [one for one in told if one.kind == kind]
        if mine:
            with st.expander(f"{title}: {len(mine):,}"):
                _first(mine)
    link_button("Download the whole list (CSV)", "/return/problems.csv")


def _first(told: Sequence[CellProblem]) -> None:
    rows: list[list[Cell]] = [
        [where([one]), one.column, one.what, one.mend, one.shown or "Not shown"] for one in told[:_FIRST]
    ]
    table("Cells", ["Cell", "Column", "What is wrong", "How to mend it", "What it holds"], rows, hide_caption=True)
    if len(told) > _FIRST:
        st.write(f"The list to download has the other {len(told) - _FIRST:,}.")


def corrections_asked(checked: Checked) -> dict[tuple[str, str], str] | None:
    """Let the sender mend a handful here; gives the answers when they press the button, else None."""
    groups = checked.groups
    if not groups:
        return None
    if len(groups) > MOST:
        st.write(
            f"One answer each would mend {len(groups)} of these. That is too many for this page: mend them in your file, and choose it again. What you have answered is not asked again."
        )
        return None
    with st.expander(f"Mend {counted(len(groups), 'problem')} here", expanded=checked.outcome.status == "refused"):
        st.write("Answer those that you can. The others stay as they are.")
        with st.form("return.mend"):
            replies = {(one.field, one.where): _reply(one, number) for number, one in enumerate(groups)}
            if st.form_submit_button("Mend these and check again"):
                return replies
    return None


def _reply(one: Group, number: int) -> str:
    words = f"{one.column}, {one.where}"
    held = f" It holds '{one.shown}'." if one.shown else ""
    key = "return.mend" if number == 0 else f"return.{number}.answer"
    if one.choices:
        st.write(plain(f"{one.what}{held} {one.mend}"))
        picked = st.selectbox(plain(words), [_ASIS, *one.choices], key=key)
        return "" if picked == _ASIS else str(picked)
    return text_field(words, key, hint=f"{one.what}{held} {one.mend}")

"""An organisation's own words for a category: asked about once, remembered, and forgotten when their sender says so."""

import streamlit as st

from portal.ground.act import Act
from portal.ground.wording import counted
from portal.returns.matching.remembered_wordings import answer_about, forget_wordings, how_many
from portal.returns.report.file_report import UnknownWording
from portal.returns.report.problem_groups import labels_of
from portal.returns.service.upload_check import Checked
from portal.ui.problems import problems_shown, summary
from portal.ui.words import plain

_MOST = 25  # questions at once; the rest follow when these are answered
_LATER, _NONE = "later", ""
_WORDS = {_LATER: "Choose a category", _NONE: "None of them fits"}


def unknown_words(checked: Checked) -> dict[str, str] | None:
    """Ask what each wording stands for that no list has; gives the answers when the button is pressed, else None."""
    told = checked.outcome.wordings
    if not told:
        return None
    st.header("What do these words stand for?")
    st.write("The list of categories does not have them. Choose once for all their rows. We remember your choice, not the words.")  # fmt: skip
    with st.form("return.wordings"):
        chosen = {answer_about(one.field, one.digest): _choice(one, checked, at) for at, one in enumerate(told[:_MOST])}
        if len(told) > _MOST:
            st.write(f"{len(told) - _MOST} more follow when these are answered.")
        if st.form_submit_button("Use these and check again"):
            answers = {name: code for name, code in chosen.items() if code != _LATER}
            if answers:
                return answers
            summary({"wording": "Choose a category for at least one"})
    return None


def _choice(one: UnknownWording, checked: Checked, number: int) -> str:
    labels = _WORDS | labels_of(one.data_set, one.field, checked.edition)
    what = f"\u2018{one.shown}\u2019" if one.shown else "Words that we do not show"
    return str(
        st.selectbox(
            plain(f"{what}: {one.column}, {counted(one.rows, 'row')}, first in {one.where}"),
            list(labels),
            format_func=labels.__getitem__,
            key=f"return.{number}.wording",
        )
    )


def remembered_words(act: Act, organisation_id: str, data_set: str) -> None:
    """Say how many wordings are remembered for a data set, and let their sender forget them."""
    count = how_many(act, organisation_id, data_set)
    if not count:
        return
    st.write(f"We remember what {counted(count, 'wording')} of your own stood for.")
    if st.button("Forget them", key="return.forget"):
        with problems_shown():
            forget_wordings(act, organisation_id, data_set)
            st.rerun()

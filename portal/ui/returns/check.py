"""The page on which a sender checks a file: before and after, and what only the sender can answer."""

from collections.abc import Mapping

import streamlit as st

from portal.ground.act import Act
from portal.ground.wording import counted
from portal.privacy.recoding.dates import AS_WRITTEN, DAY_FIRST, FROM_1904, MONTH_FIRST, SWAPPED
from portal.returns.matching.questions import NO, YES
from portal.returns.report.file_report import ColumnReport
from portal.returns.report.problem_list import keep_list
from portal.returns.review.comparison import against_current
from portal.returns.service.upload_check import Checked, check_again
from portal.rules.datasets.catalogue import DataSet, data_set, data_sets
from portal.ui.blocks import Cell, LinkTo, Tag, links, table
from portal.ui.problems import problems_shown, summary
from portal.ui.returns.query import changes
from portal.ui.returns.view import Upload, hold
from portal.ui.words import plain

_BESIDE = "return.beside"
LEFT_OUT = "Leave this column out"
_ANSWERS = {
    "none": "None of these, so leave it out",
    YES: "Yes",
    NO: "No",
    DAY_FIRST: "The day comes first",
    MONTH_FIRST: "The month comes first",
    SWAPPED: "Yes, swap them back",
    FROM_1904: "Yes, count from 1904",
    AS_WRITTEN: "No, leave them as written",
}


def nothing_held() -> None:
    """Say that the file is gone from memory, and what to do."""
    st.title("Choose the file again")
    st.write("The page was loaded anew, so the file is no longer in memory. Nothing was kept.")
    links([LinkTo("Go back to your returns", "/return")])


def take(act: Act, upload: Upload, found: Checked) -> None:
    """Go on with what came of the file this time."""
    keep_list(act, found.outcome.problems)
    hold(upload, found)
    st.rerun()


def again(act: Act, held: tuple[Upload, Checked], **said: dict[str, str]) -> None:
    """Check the file once more with what its sender said: `answers`, or `mapping` of columns."""
    upload, checked = held
    with problems_shown():
        take(act, upload, check_again(act, checked, (upload.content, upload.name), **said))


def side_by_side(checked: Checked) -> None:
    """Show the first rows as they were and, beside each value, what we will keep of it."""
    preview = checked.outcome.preview
    if preview:
        st.header("Before and after")
    for row in preview:
        st.subheader(f"Row {row.row}")
        table(
            f"Row {row.row} before and after",
            ["Column", "In your file", "What we keep"],
            paired(row.before, row.after, checked.outcome.report.columns),
            hide_caption=True,
        )


def paired(
    before: Mapping[str, str], after: Mapping[str, str], columns: Mapping[str, ColumnReport]
) -> list[list[Cell]]:
    """Pair each column of the file with what is kept of it; what we work out ourselves, such as codes, comes last."""
    rows: list[list[Cell]] = []
    shown = set[str]()
    for heading, value in before.items():
        field = columns[heading].field or "" if heading in columns else ""
        rows.append([heading, value, after.get(field) or Tag("Not kept" if value.strip() else "Not held", "ended")])
        shown.add(field)
    worked_out = [(field, value) for field, value in after.items() if field not in shown and value]
    return rows + [
        [field.replace("_", " ").capitalize(), Tag("Worked out", "ended"), value] for field, value in worked_out
    ]


def correct_columns(checked: Checked) -> dict[str, str] | None:
    """Let the sender correct how columns were matched; returns the corrections when they press the button, else None."""
    entry, fields = data_set(checked.data_set), [LEFT_OUT]
    labels = _labels(entry)
    fields += list(labels)
    with st.expander("Change how columns were matched"), st.form("return.columns"):
        chosen: dict[str, str] = {}
        for number, (heading, fate) in enumerate(checked.outcome.report.columns.items()):
            now = fate.field if fate.field in labels else LEFT_OUT
            picked = st.selectbox(
                plain(str(heading)),
                fields,
                index=fields.index(str(now)),
                format_func=lambda f: labels.get(f, f),
                key=f"return.column.{number}",
            )
            if picked != now:
                chosen[str(heading)] = "none" if picked == LEFT_OUT else picked
        if st.form_submit_button("Check the file again"):
            return chosen
    return None


def _labels(entry: DataSet) -> dict[str, str]:
    """Give each field that a column of this data set may hold, in words."""
    return {field.name: field.label for field in entry.fields} | {
        name: name.replace("_", " ").capitalize() for name in entry.place_parts_for()
    }


def _choices_in_words(entry: DataSet) -> dict[str, str]:
    """Give what an answer to a question may be, in words: a field, another data set, none, yes or no."""
    sets = {one.id: one.title for one in data_sets()}
    return _ANSWERS | sets | _labels(entry)


def questions(checked: Checked) -> dict[str, str] | None:
    """Put each question that only the sender can answer; gives the answers once all are given, else None."""
    st.header("We need to ask")
    words = _choices_in_words(data_set(checked.data_set))
    with st.form("return.questions"):
        replies = {
            question.id: st.radio(
                plain(question.ask),
                question.choices,
                index=None,
                format_func=lambda one: plain(words.get(str(one), str(one))),
                key=f"return.ask.{question.id}",
            )
            for question in checked.outcome.report.questions
        }
        if st.form_submit_button("Check the file again", type="primary"):
            if None not in replies.values():
                return {name: str(reply) for name, reply in replies.items()}
            summary({"questions": "Answer each question, so that we do not have to guess"})
    return None


def coarser_records(checked: Checked) -> dict[str, str] | None:
    """Offer each step that would leave fewer records alone, with what it would leave; gives the answer once one is taken."""
    risk = checked.outcome.report.risk
    options = risk.coarser if risk is not None else ()
    now = checked.answers.get("coarser", "")
    if risk is None or not (options or now):
        return None
    st.write(f"{risk.unique:,} of {counted(risk.rows, 'record')} are like no other. You may send less detail:")
    for number, one in enumerate(options):
        taken = ",".join(filter(None, (now, one.answer)))
        if st.button(
            f"Keep {plain(one.change)}: then {one.unique:,} are like no other", key=f"return.coarser.{number}"
        ):
            return {"coarser": taken}
    if now and st.button("Keep every detail again", key="return.coarser.none"):
        return {"coarser": ""}
    return None


def differences(act: Act, checked: Checked) -> None:
    """Show a correction beside the return that it would replace, before its sender decides; opened once a check."""
    kept = st.session_state.get(_BESIDE)
    if kept is None or kept[0] is not checked:
        kept = st.session_state[_BESIDE] = (checked, against_current(act, checked))
    if kept[1] is not None:
        st.header("What this correction changes")
        st.write(
            "Your organisation has sent this return before. Sending it again replaces that. The earlier one stays in the history."
        )
        changes(kept[1], "This file", only_changed=True)


def counts(checked: Checked) -> None:
    """Say how many rows were read and kept."""
    report = checked.outcome.report
    st.write(f"We read {counted(report.rows_read, 'row')}. We will keep {counted(report.rows_kept, 'record')}.")


def before_sending() -> None:
    """Say what sending keeps."""
    st.header("Send it")
    st.write("We keep these records, sealed. We do not keep your file. Sending again later replaces this return.")

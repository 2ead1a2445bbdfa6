"""Screen: choose the file of one return, and watch it being checked.

Clauses: s11.quarterly, s6.no-identifiers, app1.datasets.
"""

import streamlit as st

from portal.ground.wording import new_id
from portal.returns.report.problem_list import keep_list
from portal.returns.service.calendar import sent_already
from portal.returns.service.count_grids import has_grid
from portal.returns.service.submission import send_nothing
from portal.returns.service.upload_check import check, check_anew, chosen_by, get_ready
from portal.ui.blocks import LinkTo, inset, links, step
from portal.ui.flow import go
from portal.ui.problems import problems_shown, summary
from portal.ui.returns.view import Progress, Upload, held_for, hold, quarter_asked, uploader_key, wanted, when_due
from portal.ui.returns.wordings import remembered_words
from portal.ui.visitor import act, settings
from portal.ui.words import plain

here, (entry, quarter) = act(), quarter_asked()
ours = here.person.organisation_id or ""
chosen_by(here, ours, entry.id, quarter.label)  # nothing is due of whoever does not send it
get_ready()
step(1, 3)
st.title(plain(f"{entry.title}: {quarter.months}"))
most = settings().max_upload_mb
st.write(f"{when_due(quarter, here.at)} Use the spreadsheet you have: CSV, XLSX, XLS or ODS, at most {most} MB.")
before = sent_already(here, ours, entry.id, quarter)
if before is not None:
    st.write(f"{before.status}. Sending again replaces that. The earlier one stays in the history.")
    links([LinkTo("Look at what was sent", f"/return-view?return={before.return_id}")])
if has_grid(entry):
    links([LinkTo("Type the numbers in instead", f"/return-grid?dataset={entry.id}&quarter={quarter.label}")])
inset(
    "Take out names first if you can. We check every column, and take out what is left. Your file itself is never kept."
)
links([LinkTo("Get the template: an empty spreadsheet to fill in", f"/return/template?dataset={entry.id}")])
with st.expander("What this data set asks for"):
    wanted(entry)
    links(
        [
            LinkTo("Get the template as CSV", f"/return/template?dataset={entry.id}&as=csv"),
            LinkTo("Get the Table Schema of the CSV", f"/return/template?dataset={entry.id}&as=schema"),
        ]
    )
remembered_words(here, ours, entry.id)
kinds = ["csv", "tsv", "txt", "xlsx", "xls", "ods", "xlsm", "xlsb"]
chosen = st.file_uploader("Your file", type=kinds, key=uploader_key(), max_upload_size=most)
if st.button("Check this file", type="primary"):
    if chosen is None:
        summary({"file": "Choose a file to check"})
    else:
        upload, bar = Upload(chosen.getvalue(), chosen.name), Progress()
        with problems_shown():
            file, chosen_set = (upload.content, upload.name), (entry.id, quarter.label)
            earlier = held_for(*chosen_set)
            if earlier is None:
                checked = check(here, ours, chosen_set, file, progress=bar)
            else:
                checked = check_anew(here, earlier, file, bar)
            bar.over()
            if checked.outcome.status == "refused" and not checked.groups:
                summary({"file": checked.outcome.message})
            else:
                keep_list(here, checked.outcome.problems)
                hold(upload, checked)
                go("return-check")
st.divider()
if before is not None:
    st.write("To take back what was sent, withdraw it on its own page.")
    st.stop()
st.header("Nothing happened this quarter?")
key = st.session_state.setdefault(f"return.nothing.{entry.id}.{quarter.label}", new_id())
if st.button(f"We have nothing to report for {quarter.months}"):
    with problems_shown():
        sent = send_nothing(here, ours, (entry.id, quarter.label), key)
        go("return-view", **{"return": sent})

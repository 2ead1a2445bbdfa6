"""Scans of papers signed at a meeting: the list, and adding one."""

import streamlit as st

from portal.ground.act import Act
from portal.ground.wording import counted, day_and_time
from portal.meetings.check_in.scans import add_scan, remove_scan, scans
from portal.ui.blocks import Cell, LinkTo, table
from portal.ui.fields import label
from portal.ui.flow import go
from portal.ui.problems import problems_kept

_KB = 1000


def scans_part(here: Act, meeting_id: str, problems: dict[str, str], *, page: str, may_add: bool) -> None:
    """Show a meeting's scans; whoever may write for it adds and removes them. `page` is where one comes back to."""
    kept = scans(here, meeting_id)
    if kept:
        rows: list[list[Cell]] = [
            [
                LinkTo(f"Scan {one.number}", f"/meeting/scan?id={one.id}"),
                f"{one.kind.upper()}, {max(one.size // _KB, 1):,} kB",
                f"{day_and_time(one.added_at)}, by {one.added_by}",
            ]
            for one in kept
        ]
        table("Scans of signed papers", ["Scan", "Kind", "Added"], rows, hide_caption=True)
        st.write("Each opening is recorded.")
    else:
        st.write("No scan has been added.")
    if not may_add:
        return
    with st.form("meeting_scan", clear_on_submit=True):
        name = label("Scan of a signed paper", "PDF, JPEG or PNG, up to 10 MB", problems.get("scan", ""))
        chosen = st.file_uploader(
            name,
            type=["pdf", "jpg", "jpeg", "png"],
            max_upload_size=10,
            key="meeting_scan.file",
            label_visibility="collapsed",
        )
        sent = st.form_submit_button("Add this scan", type="primary")
    if sent:
        with problems_kept():
            add_scan(here, meeting_id, chosen.getvalue() if chosen else b"")
            go(page, said="The scan is kept. Author, place and camera were taken out of it", id=meeting_id)
    if kept:
        numbers = {f"Scan {one.number}": one.id for one in kept}
        with st.expander(f"Remove one of {counted(len(kept), 'scan')}"):
            which = st.selectbox("Which was added by mistake", list(numbers), index=None, key="meeting_scan.which")
            if st.button("Remove this scan", key="meeting_scan.remove", disabled=which is None) and which:
                with problems_kept():
                    remove_scan(here, numbers[which])
                    go(page, said="The scan is removed", id=meeting_id)

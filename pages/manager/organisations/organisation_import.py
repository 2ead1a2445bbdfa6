"""Screen: add organisations from a spreadsheet: choose it, see each row checked, add them, and undo it as one."""

import streamlit as st

from portal.agreement.editions.wording import kind_title
from portal.agreement.register.list_import import import_rows, imported, keep_rows, kept_rows, undo
from portal.agreement.register.list_reading import MOST_BYTES, read_list
from portal.ground.wording import counted
from portal.ui import visitor
from portal.ui.accounts.people import told_of
from portal.ui.blocks import LinkTo, Tag, links, panel, table
from portal.ui.fields import list_field
from portal.ui.flow import go, say_done, show_done
from portal.ui.problems import at_field, kept, problems_kept

act = visitor.act()
st.title("Add organisations from a spreadsheet")
problems = kept()
show_done()
draft, made = st.query_params.get("draft", ""), st.query_params.get("import", "")
if made:
    done = imported(act, made)
    said = f"{counted(done.added, 'organisation')} added, {counted(done.invited, 'approver')} invited"
    panel("It is undone" if done.undone else said, "" if done.undone else ". ".join(told_of("Each invitation")))
    if not done.undone and st.button("Undo it: take all of it back", key="import.undo"):
        with problems_kept():
            left = undo(act, made)
            if left.kept:
                say_done(f"{left.kept} stay: they have signed, or somebody acts for them.")
        st.rerun()
elif draft:
    rows, outcome = kept_rows(act, draft)
    good = [one for one in rows if not one.problem]
    st.write(f"{len(good)} of {counted(len(rows), 'row')} can be added. Rows with a problem are left out.")
    table(
        "What the file says",
        ["Organisation", "Row", "Kind", "Approver", "What happens"],
        [
            (
                one.row.name or "(no name)",
                one.row.line,
                kind_title(one.kind) if one.kind else one.row.kind,
                one.row.email,
                Tag(one.problem, "stopped")
                if one.problem
                else Tag(
                    f"{'In the list already' if one.there else 'New'}{', its approver is invited' if one.invites else ''}",
                    "ended" if one.there else "done",
                ),
            )
            for one in rows
        ],
        hide_caption=True,
    )
    at_field(problems, "rows")
    if good and st.button(f"Add {counted(len(good), 'row')}", type="primary", key="import.add"):
        with problems_kept():
            added = import_rows(act, draft, base_url=visitor.settings().base_url)
            go("organisation-import", **{"import": added.id})
    links([LinkTo("Choose another file", "/organisation-import")])
else:
    st.write("One row for each organisation. The headings must say Organisation and Kind; Contact and Approver e-mail can follow.")  # fmt: skip
    st.write("Nothing is added yet: you see each row checked first. What was added can be taken back as one.")
    file = list_field("import.file", MOST_BYTES)
    if file is not None and st.button("Check this file", type="primary", key="import.check"):
        with problems_kept():
            go("organisation-import", draft=keep_rows(act, read_list(file)))
links([LinkTo("Back to the organisations", "/organisations")])

"""Screen: the editions of the agreement: in force, coming, past, in draft; and who has not signed the one in force.

Clauses: cover.versions, s13.agreement-review.
"""

import streamlit as st

from portal.agreement.editions.adoption import preparation
from portal.agreement.editions.drafting import begin
from portal.agreement.signing.renewal import remind
from portal.ground.wording import counted
from portal.ui.accounts.people import told_of
from portal.ui.agreement.editions import behind_table, editions_table, what_may_change
from portal.ui.agreement.signing import reach
from portal.ui.blocks import LinkTo, links
from portal.ui.flow import done, go, show_done
from portal.ui.problems import kept, problems_kept
from portal.ui.visitor import act

now = act()
st.title("Editions of the agreement")
kept()
show_done()
open_one, coming = editions_table(now), preparation(now)

st.header("The next edition")
if coming:
    st.write("No edition is in force yet. Bring the agreement into force before you draft the next one.")
elif open_one is None:
    what_may_change()
    if st.button("Draft the next edition", type="primary"):
        with problems_kept():
            go("edition-write", id=begin(now))
elif open_one.state == "draft":
    links([LinkTo(f"Go on with the draft: {open_one.title}", f"/edition-write?id={open_one.id}")])
else:
    links(
        [LinkTo(f"See the edition that waits to be authorised: {open_one.title}", f"/edition-check?id={open_one.id}")]
    )

links(
    [
        *([LinkTo("Bring the agreement into force", "/edition-adopt")] if coming else []),
        LinkTo("Review of the agreement, and where partners publish it", "/agreement-review"),
        LinkTo("What is withheld of the published agreement", "/withholding"),
    ]
)

if coming:
    st.stop()
st.header("Who has not signed the edition in force")
left = behind_table(now)
if not left:
    st.write("Nobody in the register has yet to sign it.")
    st.stop()
st.write(
    f"{counted(len(left), 'organisation')}. A letter goes on the day an edition takes force, and twice more, four weeks apart."
)
titles = {one.organisation_id: one.organisation for one in left}
with st.form("editions.remind", border=False):
    chosen = st.selectbox("Send another letter to", list(titles), format_func=titles.__getitem__, key="editions.whom")
    if st.form_submit_button("Send the letter"):
        with problems_kept():
            remind(now, chosen, reach())
            done(told_of(f"The letter to {titles[chosen]}")[0])

"""Screen: a statement of regular sharing: its words, who has signed, whose turn it is, why it is to be reviewed.

Clauses: app5.statement.
"""

import streamlit as st

from portal.ground.wording import day, listed
from portal.statements.review import confirm_review, end_statement, revise_statement
from portal.statements.views import open_statement, statement_history
from portal.ui.blocks import LinkTo, facts, link_button, links, panel
from portal.ui.flow import go
from portal.ui.problems import at_field, kept, problems_kept
from portal.ui.requests.view import asked_for
from portal.ui.statements.view import show_history, show_signatures, show_words
from portal.ui.visitor import act
from portal.ui.words import plain

here = act()
opened = open_statement(here, asked_for("id"))
line = opened.line
problems = kept()
links([LinkTo("Back to statements", "/statements")])
st.title(f"Statement {line.reference}")
st.markdown(f"**{plain(line.title)}**")
if line.status == "in_force":
    panel("On hold" if line.on_hold else "In force", line.held_words, standing="stopped" if line.on_hold else "done")
elif line.status == "draft":
    turn = "Its words are still being written." if opened.missing else f"It is the turn of {line.waits_for} to sign."
    panel("Not in force yet", line.held_words or turn, standing="waiting")
else:
    ended = f"{opened.ended_by} ended it: {opened.end_reason}" if opened.ended_by else "A new version took its place."
    panel("Replaced" if line.status == "replaced" else "Ended", ended, standing="ended")
if line.review:
    panel("To review", " ".join(line.review), standing="waiting")
facts(
    [
        ("Between", listed(line.parties)),
        *([("In force from", day(line.in_force_at))] if line.in_force_at else []),
        *([("Review by", day(line.review_on))] if line.review_on else []),
        ("Agreement", opened.edition.about.short_title),
    ]
)
if opened.may_sign and not opened.missing:
    link_button("Read and sign", f"/statement-sign?id={line.id}", primary=True)
elif line.status == "draft" and opened.missing:
    st.write(f"Still to answer: {len(opened.missing)}. Nobody can sign before.")
if line.in_force_at:
    link_button("Download the statement (PDF)", f"/files/statement/{line.id}.pdf")
st.header("What it says")
if opened.may_write:
    st.caption("If you change it now, all who signed must sign again. They are told.")
show_words(opened)
show_signatures(opened)
if opened.next_version_id:
    links([LinkTo("A new version is being written", f"/statement?id={opened.next_version_id}")])
if opened.ours and line.status == "in_force":
    links([LinkTo("Say who holds your posts now", f"/statement-write?id={line.id}&part=post_holders")])
    if opened.may_end and st.button("We have reviewed it: it still holds", key="statement.reviewed"):
        confirm_review(here, line.id)
        go("statement", id=line.id)
    if not opened.next_version_id and st.button("Begin a new version", key="statement.revise"):
        go("statement", id=revise_statement(here, line.id))
if opened.may_end:
    with st.expander("Take your organisation out", expanded="reason" in problems):
        st.write("This ends the statement for every party, at once. Each of them is told.")
        at_field(problems, "reason")
        reason = st.text_area("Why does it end?", max_chars=2000, key=f"statement.{line.id}.reason", on_change="ignore")
        if st.button("End this statement", key="statement.end"):
            with problems_kept():
                end_statement(here, line.id, reason)
                go("statement", id=line.id)
if opened.ours:
    show_history(statement_history(here, line.id))

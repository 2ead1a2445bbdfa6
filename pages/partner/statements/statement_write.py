"""Screen: one part of a sharing statement, or the posts of one's own organisation that run it.

Clauses: app5.statement.
"""

import streamlit as st

from portal.statements.drafting import answer, name_posts
from portal.statements.papers.wording import asks_for_law, written_fields
from portal.statements.review import name_holder
from portal.statements.views import open_statement
from portal.ui.blocks import LinkTo, inset, links
from portal.ui.flow import go
from portal.ui.problems import at_field, kept, problems_kept
from portal.ui.requests.view import asked_for
from portal.ui.statements.posts import holder_fields, post_fields
from portal.ui.statements.view import law_fields, question_field
from portal.ui.visitor import act
from portal.ui.words import plain

here = act()
statement_id, part = asked_for("id"), asked_for("part")
opened = open_statement(here, statement_id)
problems = kept()
links([LinkTo("Back to the statement", f"/statement?id={statement_id}")])
fields = {one.key: one for one in written_fields(opened.edition)}
if not opened.ours or part not in fields or (not opened.may_write and part != "post_holders"):
    st.title("You cannot change this")
    st.write("The words of a statement that is in force or over stay as they were signed.")
    st.stop()
order = list(fields)
st.caption(f"Statement {opened.line.reference} · Question {order.index(part) + 1} of {len(order)}")
st.title(plain(fields[part].label))
scope = f"statement_write.{statement_id}.{part}"
# Only the version that was on the screen may be changed: somebody else may write at the same time.
version = st.session_state.setdefault(f"{scope}.version", opened.version)
if any(one.signer for one in opened.signatures) and opened.may_write:
    st.warning("Somebody has signed. A change makes every signature void.")
if problems.get("") and opened.words.answers.get(part):
    inset(f"As it stands now: {opened.words.answers[part]}")
following = order[order.index(part) + 1] if order.index(part) + 1 < len(order) else ""

if part == "post_holders":
    at_field(problems, part)
    posts = post_fields(here, scope, opened) if opened.may_write else holder_fields(here, scope, opened)
else:
    words, _, grounds = question_field(scope, opened, part, problems)
    laws = law_fields(scope, opened, opened.laws) if asks_for_law(opened.edition, part) else ()
if st.button("Save and continue" if opened.may_write else "Save", type="primary", key=f"{scope}.go"):
    st.session_state.pop(f"{scope}.version", None)
    with problems_kept():
        if part != "post_holders":
            answer(here, statement_id, part, words, version=version, gateways=laws, grounds=grounds)
        elif opened.may_write:
            name_posts(here, statement_id, posts, version=version)
        else:
            for number, (_title, account) in enumerate(posts, 1):
                name_holder(here, statement_id, number, account)
        if following and opened.may_write:
            go("statement-write", id=statement_id, part=following)
        go("statement", id=statement_id)

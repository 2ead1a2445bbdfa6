"""Screen: read a sharing statement whole, and sign it for one's own organisation.

Clauses: app5.statement.
"""

import streamlit as st

from portal.ground.wording import listed
from portal.statements.signing import StatementSigner, sign_statement
from portal.statements.views import open_statement
from portal.ui.blocks import LinkTo, inset, links
from portal.ui.fields import text_field
from portal.ui.flow import go
from portal.ui.problems import kept, problems_kept
from portal.ui.requests.view import asked_for
from portal.ui.statements.view import show_signatures, show_words
from portal.ui.visitor import act
from portal.ui.words import plain

here = act()
opened = open_statement(here, asked_for("id"))
line = opened.line
scope = f"statement_sign.{line.id}"
links([LinkTo("Back to the statement", f"/statement?id={line.id}")])
if not opened.may_sign:
    st.title("There is nothing for you to sign now")
    st.write(plain(f"{line.words}."))
    st.stop()
problems = kept()
# The version that this person first saw: words changed while they read must not slip past them.
version = st.session_state.setdefault(f"{scope}.version", opened.version)
ours = opened.names[opened.ours]
st.title(f"Sign statement {line.reference}")
st.markdown(f"**{plain(line.title)}**")
st.write(plain(f"Between {listed(line.parties)}."))
show_words(opened)
show_signatures(opened)
st.header("Your signature")
inset(f"You sign for {ours}. You agree that it shares as this statement says, and in no other way.")
name = text_field(
    "Full name", f"{scope}.name", value=here.person.name, problems=problems, most=200, autocomplete="name"
)
post = text_field("Your post", f"{scope}.post", value=here.person.position, problems=problems, most=200)
if st.button(f"Sign for {plain(ours)}", type="primary", key=f"{scope}.go"):
    st.session_state.pop(f"{scope}.version", None)
    with problems_kept():
        sign_statement(here, line.id, StatementSigner(name=name, post=post), version=version)
        go("statement", id=line.id)

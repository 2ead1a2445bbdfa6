"""Screen: bring the agreement into force: what is still open, the words that would be signed, and two people's authorisation.

Clauses: cover.versions, s13.agreement-review.
"""

import streamlit as st

from portal.agreement.editions.adoption import bring_into_force, preparation
from portal.agreement.register.partners import partners_in_words
from portal.ground.access import Permission, may
from portal.ground.wording import counted, day_and_time, today
from portal.ui.agreement.edition_text import parts_shown, summary_sheet, text
from portal.ui.agreement.signing import reach
from portal.ui.blocks import LinkTo, facts, links, table
from portal.ui.flow import done, show_done
from portal.ui.problems import kept, problems_kept
from portal.ui.visitor import act
from portal.ui.words import plain

now = act()
coming = preparation(now)
st.title("Bring the agreement into force")
kept()
show_done()
if coming is None:
    st.write("The agreement is in force. Organisations can sign it.")
    links([LinkTo("Read the agreement", "/agreement"), LinkTo("See who has signed", "/register")])
    st.stop()
# The hash as this person first saw it: a change while they read must not slip past them.
shown = st.session_state.setdefault("edition_adopt.shown", coming.sha256)

st.write("Until then it is in preparation: everybody can read it, and nobody is asked to sign it.")
facts(
    {
        "Blanks to fill in": counted(len(coming.open_blanks), "blank") if coming.open_blanks else "None left",
        "Points of law to confirm or strike out": counted(len(coming.unchecked), "point")
        if coming.unchecked
        else "None left",
        "People who must still authorise it": str(coming.still_needed),
    }
)
if coming.open_blanks:
    st.header("Blanks still open")
    st.markdown("\n".join(f"- {plain(label)}" for label in coming.open_blanks))
if coming.unchecked:
    st.header("Points of law still unchecked")
    rows = [(one.label or one.id, one.ref, one.source) for one in coming.unchecked]
    table("Points of law still unchecked", ("Point", "Where it stands", "Source so far"), rows, hide_caption=True)
if not coming.whole:
    if may(now.person, Permission.CONFIRM_FACTS):
        links([LinkTo("Fill in the blanks", "/settings"), LinkTo("Confirm the points of law", "/facts")])
    else:
        st.write("The Information Manager fills these in. Then you can authorise it.")
    st.stop()

st.header("The words that would be signed")
summary_sheet(coming.words, partners_in_words(now.store, today(now.at)))
with st.expander("Read the whole text"):
    text(parts_shown(coming.words))
if coming.authorised:
    rows = [(one.name, one.role, day_and_time(one.at)) for one in coming.authorised]
    table("Who has authorised these words", ("Name", "Post", "When"), rows)
if coming.mine:
    st.write("You have authorised these words. One more person must: another manager, a chair or the officer.")
elif st.button("Authorise these words", type="primary", key="edition_adopt.authorise"):
    del st.session_state["edition_adopt.shown"]
    with problems_kept():
        whole = bring_into_force(now, shown_sha256=shown, link=reach().link)
        done("The agreement is in force" if whole else "You authorised it. One more person must.")

"""Screen: an edition, compared word by word with the one before: authorise it, send it back, or see where it stands.

Clauses: cover.versions, s13.agreement-review.
"""

import streamlit as st

from portal.agreement.editions.authorisation import authorise, call_off, send_back
from portal.agreement.editions.drafting import take_back
from portal.agreement.editions.views import changes_of, own_edition
from portal.ground.access import Permission, may
from portal.ground.wording import today
from portal.ui.agreement.comparison import parts_compared, summary
from portal.ui.agreement.edition_text import parts_shown, text
from portal.ui.agreement.editions import decisions_shown, edition_facts, lost_note, standing_said
from portal.ui.agreement.signing import reach
from portal.ui.blocks import LinkTo, links
from portal.ui.flow import done, show_done
from portal.ui.history import history_of
from portal.ui.problems import at_field, kept, problems_kept
from portal.ui.visitor import act
from portal.ui.words import plain

now = act()
own = own_edition(now, st.query_params.get("id", ""))
drafts = may(now.person, Permission.DRAFT_EDITION)
# The hash as this person first saw it: a change while they read must not slip past them.
seen = f"edition_check.shown.{own.id}"
shown = st.session_state.setdefault(seen, own.sha256)
if drafts:
    links([LinkTo("All editions", "/editions")])
st.title(plain(own.title))
problems = kept()
show_done()
st.write(standing_said(own))
edition_facts(own)
decisions_shown(own.decided)

differing = changes_of(now, own)
st.header("What changed, word by word")
st.write(f"{summary(differing)} Words taken out are struck through. New words are underlined.")
parts_compared(differing, folded=False)
lost_note(now, own)
with st.expander("Read the whole text"):
    text(parts_shown(own.words))


if own.state == "draft" and drafts:
    links([LinkTo("Go on drafting", f"/edition-write?id={own.id}")])
coming = own.state == "authorised" and own.force_from is not None and own.force_from > today(now.at)
if own.state == "handed" and not own.wrote:
    st.header("Your decision")
    if not own.mine and st.button("Authorise these words", type="primary", key="edition_check.authorise"):
        del st.session_state[seen]
        with problems_kept():
            whole = authorise(now, own.id, shown_sha256=shown, link=reach().link)
            done(
                "It is authorised, and takes force on its day" if whole else "You authorised it. One more person must."
            )
if (own.state == "handed" and not own.wrote) or (coming and drafts):
    with st.form("edition_check.back", border=False):
        at_field(problems, "reason")
        words = "Reason to send it back" if own.state == "handed" else "Reason to call it off"
        reason = st.text_area(words, max_chars=1000, key="edition_check.reason")
        if st.form_submit_button("Send it back" if own.state == "handed" else "Call it off before it takes force"):
            with problems_kept():
                (send_back if own.state == "handed" else call_off)(now, own.id, reason=reason, link=reach().link)
                done("It is a draft again")
if own.state == "handed" and drafts and st.button("Take it back to change it", key="edition_check.take"):
    with problems_kept():
        take_back(now, own.id)
        done("It is a draft again")
history_of(now, f"edition:{own.id}")

"""Screen: read the agreement before you sign it; first what changed, where it was read or signed before.

Clauses: s16.declaration, s15.withhold, cover.versions.
"""

import streamlit as st

from portal.agreement.editions.changes import have_seen, last_read, signed_before, what_changed
from portal.agreement.errors import TextChangedError
from portal.agreement.register.partners import partners_in_words
from portal.agreement.signing.journey import have_read, kind_signing
from portal.agreement.withholding.withheld import withheld, withheld_in
from portal.ground.wording import day, today
from portal.ui.agreement.comparison import parts_compared, summary
from portal.ui.agreement.edition_text import contents, parts_shown, summary_sheet, text
from portal.ui.agreement.layers import binding_parts, layers, what_it_asks
from portal.ui.agreement.signing import on_step
from portal.ui.blocks import LinkTo, links
from portal.ui.flow import go
from portal.ui.problems import keep, kept
from portal.ui.words import plain

here = on_step("sign-read", "Read the agreement")
kept()
words = here.words
# The words as this person first saw them: a change while they read must not slip past them.
shown = st.session_state.setdefault("sign_read.shown", words.sha256)

parts = parts_shown(words)
st.write(f"**{plain(words.title)}.** {plain(words.standing)}")
layers(parts, "/sign-read")
if withheld_in(words.edition, withheld(here.act.store)):
    st.write("The file leaves out what is withheld under Section 15. You sign the whole text, which stands below.")
read = last_read(here.act, here.secret, here.signing, words)
signed = signed_before(here.act.store, here.signing.said("organisation_id"), words)
if read:
    st.header("What changed since you last read it")
    differing = what_changed(read, words)
    st.write(summary(differing))
    parts_compared(differing, folded=False)
elif signed:
    st.header("What changed since your organisation signed")
    was = signed.words.edition
    differing = what_changed(signed.words, words)
    st.write(f"It signed the {plain(was.about.short_title)} on {day(signed.signed_at)}. {summary(differing)}")
    with st.expander("See each change, word by word"):
        links([LinkTo("Compare the two on a page of their own", f"/compare?from={was.id}&to={words.edition.id}")])
        parts_compared(differing, folded=False)
st.header("1. What it asks of you (summary, not part of the agreement)", anchor="asks")
what_it_asks(words, kind_signing(here.act, here.signing))
st.header("2. The parts that bind you", anchor="binds")
binding_parts(words, "/sign-read")
st.header("3. The whole text", anchor="whole")
summary_sheet(words, partners_in_words(here.act.store, today(here.act.at)))
contents(parts, "/sign-read")
text(parts)
st.divider()
with st.expander("What is the hash?"):
    st.write("A hash is a fingerprint of the text. If one letter changes, it changes. Your signature is bound to it.")
    st.code(f"Edition {words.edition.id}\n{words.edition.hash}", language=None, wrap_lines=True)

with st.container(key="sign_read_action"):  # in view throughout: nobody scrolls 20 pages to go on
    st.write("This binds your organisation. Read what you need, ask who must know, then go on.")
    done = st.button("I have read it", type="primary")
if done:
    try:
        have_read(here.act, here.secret, shown)
    except TextChangedError as error:
        st.session_state["sign_read.shown"] = words.sha256
        keep({"": error.message})
        st.rerun()
    have_seen(here.act, here.secret, words)
    del st.session_state["sign_read.shown"]
    go("sign-check")

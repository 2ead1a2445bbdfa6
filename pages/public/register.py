"""Screen: who has signed the agreement; one signatory with its history.

Clauses: s16.public-list, s15.publish.
"""

import streamlit as st

from portal.agreement.editions.wording import words_in_force
from portal.agreement.register.lifecycle.told import life_in_words
from portal.agreement.register.matching import kinds_meant
from portal.agreement.register.partners import missing_kinds
from portal.agreement.register.public_register import entry, near_entries, nothing_found, register
from portal.agreement.register.search import asked
from portal.agreement.register.successors import became_in_words
from portal.ground.wording import counted, day, listed
from portal.ui.agreement.register import address, entry_facts, filters, for_own_site, history, life_shown, rows
from portal.ui.agreement.signing import reach
from portal.ui.blocks import LinkTo, inset, links, pages, table
from portal.ui.visitor import act
from portal.ui.words import plain

now = act()
query = st.query_params
if query.get("organisation"):
    of = asked(now.at, dict(query.to_dict()))
    found, changes = entry(now.store, query["organisation"], of.on)
    links([LinkTo("All signatories", "/register")])
    st.title(plain(found.organisation))
    entry_facts(found, of.on)
    life_shown(life_in_words(now, found.id))
    st.header("History")
    history(changes)
    st.write("No names of people stand in this register.")
    links([LinkTo("A lasting address for this entry", f"/signatories/{found.id}")])
    for_own_site(found, reach().base_url)
    st.stop()

st.title("Who has signed the agreement")
st.write("Here is who has signed the information sharing agreement.")
filters()
of = asked(now.at, dict(query.to_dict()))
found_page = register(now.store, of)
st.write(f"**{counted(found_page.total, 'organisation')}** on {day(of.on)}.")
for sentence in became_in_words(now.store, of.words, of.on):
    st.write(plain(sentence))
if meant := kinds_meant(of.words):
    st.write(f"Also every organisation of this kind: {plain(listed([title for _, title in meant]))}.")
if found_page.entries:
    table(
        f"Signatories on {day(of.on)}", ("Organisation", "Kind", "Status", "Since"), rows(found_page), hide_caption=True
    )
    pages(found_page.total, 50, found_page.asked.page, lambda page: address(found_page.asked, page))
else:
    st.write(plain(nothing_found(of)))
    close = near_entries(now.store, of.words, of.on)
    links([LinkTo(one.organisation, f"/register?organisation={one.id}") for one in close])
    if not (of.words or of.kind):
        links([LinkTo("Sign the agreement", "/sign")])

missing = missing_kinds(now.store, words_in_force(now.store, of.on).edition, of.on)
if missing:
    inset(
        f"No organisation of these kinds has signed, which the law makes responsible: {listed([k.title for k in missing])}."
    )
links(
    [
        LinkTo("Download the list (CSV)", f"/signatories.csv?as_of={of.on.isoformat()}"),
        LinkTo("Download the list (JSON)", f"/signatories.json?as_of={of.on.isoformat()}"),
        LinkTo("What the JSON holds (schema)", "/signatories.schema.json"),
        LinkTo("Follow changes of the list (feed)", "/signatories.atom"),
        LinkTo("The list as a plain page, to print", f"/signatories?as_of={of.on.isoformat()}"),
        LinkTo("Read the agreement", "/agreement"),
    ]
)

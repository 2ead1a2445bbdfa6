"""Screen: who has signed the agreement; one signatory with its history."""

import streamlit as st

from portal.agreement.register import CURRENT, asked, entry, missing_kinds, near_entries, nothing_found, register
from portal.agreement.words import words_in_force
from portal.ui.blocks import LinkTo, inset, links, pages, table
from portal.ui.register_view import STATUSES, address, choose, entry_facts, history, kinds_listed, rows
from portal.ui.visitor import act
from portal.ui.words import plain
from portal.wording import counted, day, listed

now = act()
query = st.query_params
if query.get("organisation"):
    of = asked(now.at, dict(query.to_dict()))
    found, changes = entry(now.store, query["organisation"], of.on)
    links([LinkTo("All signatories", "/register")])
    st.title(plain(found.organisation))
    entry_facts(found, of.on)
    st.header("History")
    history(changes)
    st.write("No names of people stand in this register.")
    links([LinkTo("A lasting address for this entry", f"/signatories/{found.id}")])
    st.stop()

st.title("Who has signed the agreement")
st.write("These organisations have signed the information sharing agreement.")
left, right = st.columns([2, 1])
with left:
    choose(
        "q", st.text_input("Name of organisation", query.get("q", ""), max_chars=200, type="search", key="register.q")
    )
with right:
    kinds = {"": "All kinds"} | kinds_listed()
    start = list(kinds).index(query.get("kind", "")) if query.get("kind", "") in kinds else 0
    choose("kind", st.selectbox("Kind", list(kinds), start, format_func=kinds.__getitem__, key="register.kind"))
with st.expander("More ways to narrow the list", expanded=any(query.get(key) for key in ("status", "as_of", "sort"))):
    status = query.get("status", CURRENT) if query.get("status", CURRENT) in STATUSES else CURRENT
    at = list(STATUSES).index(status)
    choose("status", st.selectbox("Status", list(STATUSES), at, format_func=STATUSES.__getitem__), CURRENT)
    editions = {"": "All editions", "2026": "2026 edition", "2009": "2009 edition"}
    which = query.get("edition", "") if query.get("edition", "") in editions else ""
    edition = st.selectbox(
        "Edition signed", list(editions), list(editions).index(which), format_func=editions.__getitem__
    )
    choose("edition", edition)
    sorts = {"name": "Name", "since": "Newest first", "kind": "Kind", "status": "Status"}
    by = query.get("sort", "name") if query.get("sort", "name") in sorts else "name"
    choose(
        "sort", st.selectbox("In order of", list(sorts), list(sorts).index(by), format_func=sorts.__getitem__), "name"
    )
    choose("as_of", st.text_input("As of a day, like 1 May 2026", query.get("as_of", ""), max_chars=40))

of = asked(now.at, dict(query.to_dict()))
found_page = register(now.store, of)
st.write(f"**{counted(found_page.total, 'organisation')}** on {day(of.on)}.")
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
        LinkTo("The list as a plain page, to print", f"/signatories?as_of={of.on.isoformat()}"),
        LinkTo("Read the agreement", "/agreement"),
    ]
)

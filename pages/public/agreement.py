"""Screen: the agreement: summary, text, laws, data sets, versions; this edition or another.

Clauses: cover.summary, cover.versions, s1.arrangements, s2.under-protocol, s3.gateways, s3.guidance, app1.datasets,
s6.statement-outside-meetings, s15.publish, s15.withhold.
"""

import streamlit as st

from portal.agreement.editions.wording import words_named
from portal.agreement.register.partners import partners_in_words, responsible_kinds
from portal.ground.partnership import facts as known_facts
from portal.ground.wording import today
from portal.ui.agreement import edition_text as view
from portal.ui.blocks import LinkTo, facts, inset, links
from portal.ui.visitor import act
from portal.ui.words import plain

PARTS = {
    "summary": "Summary",
    "text": "The whole text",
    "laws": "Laws that let partners share",
    "data": "Data sets",
    "appendices": "Appendices",
    "versions": "Versions and checks",
}

now = act()
query = st.query_params
words = words_named(now.store, query.get("edition", ""), today(now.at))
part = query.get("part", "summary") if query.get("part", "summary") in PARTS else "summary"
page = f"/agreement?edition={words.edition.id}"

st.title("The information sharing agreement")
st.write(f"**{plain(words.title)}.** {plain(words.standing)}")
if words.in_preparation:
    view.in_preparation(words)
view.part_links(PARTS, part, page)
st.header(PARTS[part])
view.withheld_note(words)
match part:
    case "summary":
        st.subheader("What this means (summary, not part of the agreement)")
        st.markdown("\n".join(f"- {line}" for line in view.five_lines(words)))
        st.subheader("Summary sheet")
        view.summary_sheet(words, partners_in_words(now.store, today(now.at)))
        facts({"Hash of the text": words.edition.hash})
        st.subheader("The law it is made under")
        st.write(plain(words.filled(words.edition.sections[0].summary)))
        view.responsible_table(responsible_kinds(now.store, words.edition, today(now.at)))
        st.subheader("The Protocol")
        view.protocol(words, known_facts(now.store))
        pdf = LinkTo("Download as a file (PDF)", f"/agreement.pdf?edition={words.edition.id}")
        links([pdf, LinkTo("How the portal keeps each clause", "/how-kept")])
    case "text":
        parts = [one for one in view.parts_shown(words) if not one.is_appendix]
        view.contents(tuple(parts), f"{page}&part=text")
        view.text(tuple(parts))
    case "laws":
        if view.draft_note(words):
            inset(view.draft_note(words))
        asked = "Find a law, a body or a word"
        search = st.text_input(asked, query.get("law", ""), max_chars=200, key="agreement.law", on_change="rerun")
        query["law"] = search
        if not view.gateway_table(words, search):
            st.write("No law matches. Try a shorter word.")
        view.guidance_table(words)
        links([LinkTo("See who may tell whom", "/who-may-tell")])
    case "data":
        view.data_set_table(words)
    case "appendices":
        parts = [one for one in view.parts_shown(words) if one.is_appendix]
        view.contents(tuple(parts), f"{page}&part=appendices")
        view.appendices(tuple(parts))
    case _:
        view.versions(words)
        view.withheld_table(words)
        view.unchecked(words)
        st.subheader("Other editions")
        view.edition_links("/agreement", words.edition.id, part)
        links([LinkTo("Compare two editions word by word", f"/compare?to={words.edition.id}")])

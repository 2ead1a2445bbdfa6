"""Screen: split an organisation into several: it closes, the new ones are named, and each of its people goes to one.

Clauses: s14.termination, s16.public-list.
"""

import streamlit as st

from portal.accounts.people import people_of
from portal.agreement.editions.wording import kind_title
from portal.agreement.register.lifecycle import changes, splitting
from portal.agreement.register.lifecycle.closing import REASON_LENGTH, what_closing_means
from portal.agreement.register.organisations import NewOrganisation
from portal.ground.errors import NotFoundError
from portal.ground.wording import today
from portal.rules.edition.editions import edition_in_force
from portal.ui import visitor
from portal.ui.blocks import LinkTo, inset, links
from portal.ui.fields import text_field
from portal.ui.flow import form_key, go, say_done
from portal.ui.problems import at_field, kept, problems_kept
from portal.ui.words import plain

act = visitor.act()
one = next((o for o in changes.every_organisation(act) if o.id == st.query_params.get("id", "")), None)
if one is None or one.closed_at is not None:
    raise NotFoundError
links([LinkTo(f"Back to {one.name}", f"/organisation-change?id={one.id}")])
st.title(f"Split {plain(one.name)}")
problems = kept()
st.markdown("\n".join(f"- {plain(sentence)}" for sentence in what_closing_means(act, one.id)))
st.write("A request that it sent goes with whoever sent it. What waits for its answer goes nowhere: answer it first.")
inset("A signature binds only who gave it. Each new organisation must sign the agreement for itself.")
kinds = [kind.id for kind in edition_in_force(today(act.at)).organisation_types]
many = st.selectbox("How many does it become?", range(splitting.FEWEST, splitting.MOST + 1), key="split.many")
at_field(problems, "parts")
parts: list[NewOrganisation] = []
for number in range(many):
    st.header(f"New organisation {number + 1}")
    name = text_field("Name", f"split.name-{number}", problems=problems, most=200)
    at_field(problems, f"kind-{number}")
    place = kinds.index(one.kind) if one.kind in kinds else None
    kind = st.selectbox("Kind", kinds, index=place, format_func=kind_title, key=f"split.kind-{number}")
    parts.append(NewOrganisation(name=name, kind=kind or ""))
people = people_of(act, one.id)
goes: dict[str, int | None] = {}
if people:
    st.header("Who goes where")
    st.write("Their roles go with them, or end today. Each of them is told.")
for person in people:
    goes[person.id] = st.selectbox(
        plain(person.name),
        [*range(many), splitting.NOWHERE],
        index=None,
        placeholder="Choose where they go",
        format_func=lambda n: (
            "Nowhere: their roles here end" if n == splitting.NOWHERE else parts[n].name or f"New organisation {n + 1}"
        ),
        key=f"split.goes-{person.id}",
    )
    at_field(problems, f"goes-{person.id}")
at_field(problems, "reason")
reason = st.text_area("Why?", max_chars=REASON_LENGTH, key="split.reason", on_change="ignore")
sent = st.button(f"Split {plain(one.name)}", type="primary", key="split.go")
key = form_key("organisation.split", sent=sent)
if sent:
    with problems_kept():
        chosen = {account: place for account, place in goes.items() if place is not None}
        splitting.split(act, one.id, parts, chosen, reason, key=key)
        say_done("It is split. Each new organisation can sign now.")
        go("organisation-change", id=one.id)

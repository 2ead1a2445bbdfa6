"""Screen: one organisation: invite its approver, rename it, another kind, close it or merge it into another."""

import streamlit as st

from portal.accounts.people import people_of
from portal.agreement.editions.wording import kind_title
from portal.agreement.register.lifecycle import changes
from portal.agreement.register.lifecycle.closing import REASON_LENGTH, close, what_closing_means
from portal.agreement.register.lifecycle.splitting import became
from portal.ground.wording import day, listed, today
from portal.rules.edition.editions import edition_in_force
from portal.ui import visitor
from portal.ui.accounts.people import roles_words
from portal.ui.blocks import Cell, LinkTo, facts, links, table
from portal.ui.fields import text_field
from portal.ui.flow import done, form_key, go, show_done
from portal.ui.history import history_of
from portal.ui.problems import at_field, kept, problems_kept
from portal.ui.words import plain

act = visitor.act()
every = {one.id: one for one in changes.every_organisation(act)}
kinds = [kind.id for kind in edition_in_force(today(act.at)).organisation_types]
one = every.get(st.query_params.get("id", ""))
if one is None:
    go("organisations")
st.title(plain(one.name))
problems = kept()
show_done()


known: list[tuple[str, Cell]] = [("Kind", kind_title(one.kind))]
known += [("Called until " + day(former.until), former.name) for former in changes.former_names(act, one.slug)]
fate = one.merged_into or listed([part.name for part in became(act, one.slug)])
closed = f"{day(one.closed_at)}{f', now {fate}' if fate else ''}" if one.closed_at else ""
facts([*known, ("Closed", closed)] if closed else known)
people = [(LinkTo(each.name, f"/person?id={each.id}"), roles_words(each)) for each in people_of(act, one.id)]
if people:
    table("People who act for it", ["Name", "Roles"], people)
invites = [LinkTo("Invite somebody", f"/invite?for={one.id}")] if one.closed_at is None else []
links([LinkTo("Its entry", f"/register?organisation={one.slug}"), *invites])
if one.closed_at is None:
    st.header("Rename it")
    with st.form("organisation.rename"):
        name = text_field("Name", "organisation.name", value=one.name, problems=problems, most=200)
        if st.form_submit_button("Save the name"):
            with problems_kept():
                changes.rename(act, one.id, name)
                done("It is renamed. The old name stays in the register and is found by search.")
    st.header("Another kind")
    st.write("Which laws it shares under, and which data sets it sends, follow its kind.")
    with st.form("organisation.kind"):
        at_field(problems, "kind")
        kind = st.selectbox("Kind", kinds, format_func=kind_title, index=None, placeholder=kind_title(one.kind))
        if st.form_submit_button("Save the kind"):
            with problems_kept():
                changes.change_kind(act, one.id, kind or "")
                done("Its kind is changed. Other laws and data sets follow from now on.")
    st.header("Close or merge it")
    st.markdown("\n".join(f"- {plain(sentence)}" for sentence in what_closing_means(act, one.id)))
    st.write("If it becomes part of another, its people go over to it and are told. Its requests go too, but for those between the two.")  # fmt: skip
    st.write(
        "If it only closes, their roles end. They are told, and so is each partner with a request open. Nobody can read or answer its requests any more: settle them first."
    )
    links([LinkTo("Split it into several", f"/organisation-split?id={one.id}")])
    others = [other.id for other in every.values() if other.id != one.id and other.closed_at is None]
    with st.form("organisation.close"):
        at_field(problems, "into")
        into = st.selectbox("It becomes part of", others, format_func=lambda o: every[o].name, index=None, placeholder="Of none: it closes")  # fmt: skip
        at_field(problems, "reason")
        reason = st.text_area("Why?", max_chars=REASON_LENGTH)
        sent = st.form_submit_button(f"Close {plain(one.name)}")
    key = form_key("organisation.close", sent=sent)
    if sent:
        with problems_kept():
            close(act, one.id, reason, into=into, key=key)
            done(f"It is part of {every[into].name} now, with its people." if into else "It is closed.")
history_of(act, f"organisation:{one.id}")

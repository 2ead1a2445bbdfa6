"""Screen: give or record a notice: stop sharing for now, start again, or leave the agreement.

Clauses: s14.suspension, s14.termination.
"""

import streamlit as st

from portal.agreement.notices.notices import NoticeDetails, give_notice, notices_of, possible
from portal.agreement.notices.standing import STATUS_WORDS, SignatoryStatus, standing_of
from portal.agreement.register.organisations import find, organisation
from portal.ground.access import Permission, may
from portal.ground.wording import day, new_id
from portal.requests.after_disclosure.still_held import still_held
from portal.ui.agreement.notices import CHOICES, given_before, notice_form, still_held_table
from portal.ui.blocks import LinkTo, facts, inset, links
from portal.ui.fields import label
from portal.ui.problems import kept, problems_kept
from portal.ui.visitor import act
from portal.ui.words import plain

now = act()
records_for_any = may(now.person, Permission.SUSPEND_ANY)
wanted = st.query_params.get("organisation", "") if records_for_any else now.person.organisation_id or ""

st.title("Stop for now, start again, or leave")
if not wanted:
    st.write("Record a notice that an organisation gave on paper. Find the organisation first.")
    name = label(
        "Name of the organisation", "Type part of the name, then press Enter. Those that match are listed below."
    )
    words = st.text_input(name, max_chars=200, key="notice.q", label_visibility="collapsed", on_change="rerun")
    matches = find(now.store, words)
    links([LinkTo(one.name, f"/notice?organisation={one.id}") for one in matches])
    if words.strip() and not matches:
        st.write("No organisation of that name is on the list.")
    st.stop()

theirs = organisation(now.store, wanted)
stands = standing_of(now.store, theirs.id)
problems = kept()
facts(
    {
        "Organisation": theirs.name,
        "Stands today": f"{STATUS_WORDS[stands.status]}, since {day(stands.since)}"
        if stands
        else "Not in the register",
    }
)
kinds = possible(stands)
if kinds:
    inset(
        "A notice holds at once. The register shows it, and the Chair is told. What was shared before stays governed."
    )
    choices = {kind: CHOICES[kind] for kind in kinds}
    # Made when the form is first shown, so that a second click gives the same notice.
    key = st.session_state.setdefault("notice.key", new_id())
    sent = notice_form(choices, problems, now.person, by_manager=records_for_any)
    if sent:
        kind, said = sent
        with problems_kept():
            give_notice(now, theirs.id, kind, NoticeDetails(**said), key=key)
            del st.session_state["notice.key"]
            st.rerun()
else:
    st.write(plain(f"No notice fits: {theirs.name} takes no part now."))
left = stands is not None and stands.status is SignatoryStatus.LEFT
still_held_table(still_held(now, theirs.id), ours=now.person.organisation_id == theirs.id, left=left)
given_before(notices_of(now, theirs.id))

"""Screen: the same request, looked at under another edition."""

import streamlit as st

from portal.ground.errors import NotFoundError
from portal.requests.exchange.section4_check import check_of, other_editions, under
from portal.requests.forms.drafting import written
from portal.ui.blocks import inset
from portal.ui.requests.view import asked_for, back, show_check
from portal.ui.visitor import act
from portal.ui.words import plain

here = act()
draft_id = asked_for("draft")
draft = written(here, draft_id)
other = next((one for one in other_editions(draft.case) if one.id == asked_for("edition")), None)
if other is None:
    raise NotFoundError
back("Back to your request", f"/request-check?draft={draft_id}")
st.title(plain(f"Your request under the {other.about.short_title}"))
inset(f"Only to compare. Your request is made under the {draft.case.edition.about.short_title}.")
if other.about.note:
    st.caption(plain(other.about.note))
case = under(draft.case, other)
show_check(case, check_of(case))

"""Screen: what is asked together of a request, drawn from data.

Clauses: s4.hra.necessary-crime, s4.hra.necessary-vulnerable, s4.hra.risk-to-others, s4.hra.vulnerability,
s4.hra.impact, s4.public-interest, s4.proportionality.people, s6.sensitive-consent, s6.types, s4.hra.proportionate, s4.hra.less-intrusive, s4.proportionality.amount, s4.ongoing-investigation,
s6.request.individual, s6.request.details, s6.request.purpose, s6.request.gateway, s6.request.necessity,
s6.request.effect, s6.request.only-that-purpose, s6.request.requester, s6.request.secure-reply, s6.request.consent.
"""

import streamlit as st

from portal.ground.wording import counted
from portal.requests.forms.drafting import next_screen, save_screen, screen_of
from portal.requests.forms.tasks import BY_ID
from portal.requests.status import paragraph_address, paragraph_words
from portal.ui.blocks import facts, link_button
from portal.ui.flow import go
from portal.ui.problems import kept, problems_kept
from portal.ui.requests.fields import draw_fields
from portal.ui.requests.view import asked_for, back, task_address
from portal.ui.visitor import act
from portal.ui.words import plain

here = act()
draft_id, task_id = asked_for("draft"), asked_for("task")
screen = screen_of(here, draft_id, task_id)
to_check = asked_for("back") == "check"
back("Back to your request", f"/request-{'check' if to_check else 'tasks'}?draft={draft_id}")
problems = kept()
st.caption(f"{counted(screen.left, 'screen')} left, then you check and send it")
typed: dict[str, object] = {}
first = ""
for number, part in enumerate(screen.parts(typed)):
    page = part.page
    (st.header if number else st.title)(plain(page.title))
    if page.help:
        st.write(plain(page.help))
    if page.facts:
        facts(page.facts)
    typed |= draw_fields(f"request.{draft_id}.{part.task.id}", page, part.given, problems)
    if page.good:
        with st.expander("An answer that works, and one that does not"):
            facts([("Works", page.good), ("Does not work", page.bad)])
    if page.beside:
        with st.expander(plain(page.beside_title)):
            facts(page.beside)
    back(f"Where the agreement asks this: {paragraph_words(page.paragraph)}", paragraph_address(page.paragraph))
    first = first or page.first
if first:
    link_button(BY_ID[first].title, task_address(draft_id, first), primary=True)
else:
    on = st.button("Continue", type="primary", key=f"request.{draft_id}.{task_id}.go")
    leave = st.button("Leave this for now", key=f"request.{draft_id}.{task_id}.leave")
    if on or leave:
        with problems_kept():
            draft = save_screen(here, draft_id, task_id, typed, leave=leave)
            following = "" if to_check else next_screen(draft.case, task_id)
            if following:
                go("request-answer", draft=draft_id, task=following)
            go("request-check", draft=draft_id)

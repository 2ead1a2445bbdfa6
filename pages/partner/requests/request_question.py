"""Screen: one part of a request, drawn from data.

Clauses: s4.hra.necessary-crime, s4.hra.necessary-vulnerable, s4.hra.risk-to-others, s4.hra.vulnerability,
s4.hra.impact, s4.public-interest, s4.proportionality.people, s6.sensitive-consent, s6.types, s4.hra.proportionate, s4.hra.less-intrusive, s4.proportionality.amount, s4.ongoing-investigation,
s6.request.individual, s6.request.details, s6.request.purpose, s6.request.gateway, s6.request.necessity,
s6.request.effect, s6.request.only-that-purpose, s6.request.requester, s6.request.secure-reply, s6.request.consent.
"""

import streamlit as st

from portal.requests.forms.drafting import next_task, question_of, save_task
from portal.requests.forms.tasks import BY_ID, GROUPS
from portal.requests.status import paragraph_address, paragraph_words
from portal.ui.blocks import facts, link_button
from portal.ui.problems import kept, problems_kept
from portal.ui.requests.fields import draw_fields
from portal.ui.requests.view import asked_for, back, go, task_address
from portal.ui.visitor import act
from portal.ui.words import plain

here = act()
draft_id, task_id = asked_for("draft"), asked_for("task")
question = question_of(here, draft_id, task_id)
page = question.page
to_check = asked_for("back") == "check"
back("Back to your request", f"/request-{'check' if to_check else 'tasks'}?draft={draft_id}")
problems = kept()
st.caption(f"{GROUPS[question.task.group]} · Question {question.number} of {question.of}")
st.title(plain(page.title))
if page.help:
    st.write(plain(page.help))
if page.facts:
    facts(page.facts)
typed = draw_fields(f"request.{draft_id}.{task_id}", page, question.given, problems)
if page.good:
    with st.expander("An answer that works, and one that does not"):
        facts([("Works", page.good), ("Does not work", page.bad)])
if page.beside:
    with st.expander(page.beside_title):
        facts(page.beside)
if page.first:
    link_button(BY_ID[page.first].title, task_address(draft_id, page.first), primary=True)
elif st.button("Continue", type="primary", key=f"request.{draft_id}.{task_id}.go"):
    with problems_kept():
        draft = save_task(here, draft_id, task_id, typed)
        following = next_task(draft.case, question.task)
        if to_check:
            go("request-check", draft=draft_id)
        if following:
            go("request-answer", draft=draft_id, task=following)
        go("request-tasks", draft=draft_id)
back(f"Where the agreement asks this: {paragraph_words(page.paragraph)}", paragraph_address(page.paragraph))

"""Screen: say when you are away, and who stands in for you; and what nobody else can do until you are back."""

import streamlit as st

from portal.accounts.self_service.absence import back_again, could_stand_in, own_absence, say_away, standing_in
from portal.duties.leaving import only_i_do
from portal.ground.input.dates import as_typed, date_from
from portal.ground.wording import day
from portal.ui import visitor
from portal.ui.blocks import LinkTo, links, panel
from portal.ui.fields import typed_day
from portal.ui.problems import at_field, kept, problems_kept
from portal.ui.words import plain

act = visitor.act()
st.title("When you are away")
problems = kept()
mine = own_absence(act)
if mine:
    panel(
        f"You are away from {day(mine.first)} until {day(mine.last)}",
        f"{mine.stand_in} stands in for you." if mine.stand_in else "Nobody stands in for you.",
        standing="waiting",
    )
    if st.button("I am back", key="away.back"):
        back_again(act)
        st.rerun()
for one in standing_in(act):
    st.write(f"You stand in for {plain(one.name)} until {day(one.last)}.")
st.write("While you are away we do not remind you. Your colleagues see until when.")
alone = only_i_do(act)
if alone:
    st.header("What nobody else can do meanwhile")
    st.markdown("\n".join(f"- {plain(sentence)}" for sentence in alone))
    st.write("The Information Manager sees this too, and can give somebody the role.")
with st.form("away.form"):
    first = typed_day(
        "The first day you are away", "away.first", given=as_typed(mine.first if mine else None), problems=problems
    )
    last = typed_day(
        "The last day you are away", "away.last", given=as_typed(mine.last if mine else None), problems=problems
    )
    at_field(problems, "stand_in")
    names = dict(could_stand_in(act))
    others = list(names)
    if others:
        now = others.index(mine.stand_in_id) if mine and mine.stand_in_id in others else None
        who = st.selectbox(
            "Who stands in for you?", others, now, format_func=lambda one: names[one], placeholder="Nobody"
        )
    else:
        who = None
        st.write("No colleague holds a role of yours, so nobody can stand in yet.")
    if st.form_submit_button("Save when I am away", type="primary"):
        with problems_kept():
            say_away(act, date_from(*first, field="first"), date_from(*last, field="last"), who or "")
            st.rerun()
links([LinkTo("Your account", "/account")])

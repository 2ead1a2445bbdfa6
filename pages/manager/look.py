"""Screen: how the portal looks: the logo and the accent colour."""

import streamlit as st

from portal.ground.partnership import facts as known_facts
from portal.partnership import changes
from portal.ui import visitor
from portal.ui.blocks import LinkTo, links
from portal.ui.fields import logo_field, text_field
from portal.ui.flow import done, show_done
from portal.ui.problems import kept, problems_kept

act = visitor.act()
known = known_facts(act.store)
st.title("How the portal looks")
problems = kept()
show_done()


st.header("Logo")
st.write("It stands at the top of every page, and on documents." if known.logo else "There is no logo yet.")
with st.form("look.logo", clear_on_submit=True):
    logo = logo_field("Choose a logo", problems)
    if st.form_submit_button("Save this logo"):
        with problems_kept():
            changes.change_logo(act, logo or b"")
            done("The logo is saved")
if known.logo and st.button("Take the logo away", key="look.none"):
    changes.change_logo(act, None)
    done("There is no logo now")

st.header("Colour")
with st.form("look.accent"):
    accent = text_field(
        "Accent colour",
        "look.accent",
        value=known.accent,
        hint="Like #0b5d57. Leave it empty for ours. One that is hard to read on white is darkened.",
        problems=problems,
        most=7,
    )
    if st.form_submit_button("Save the colour"):
        with problems_kept():
            colour = changes.change_accent(act, accent)
            done(f"The colour is {colour}" if colour else "The colour is the usual one")
links([LinkTo("Back to settings", "/settings")])

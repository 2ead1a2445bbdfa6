"""Screen: your name, your role and your signature, typed or drawn."""

import streamlit as st

from portal.agreement.signing.journey import answer_name
from portal.ui.agreement.signing import go, on_step
from portal.ui.problems import at_field, kept, problems_kept
from portal.ui.scripts import drawn_signature

here = on_step("sign-name", "Your name and signature")
problems = kept()
said = here.signing.said

at_field(problems, "name")
name = st.text_input("Full name", said("name"), max_chars=200, autocomplete="name", key="sign_name.name")
at_field(problems, "position")
position = st.text_input(
    "Job title or role", said("position"), max_chars=200, autocomplete="organization-title", key="sign_name.position"
)
how = st.radio(
    "How do you want to sign?",
    ["Type it", "Draw it with finger or mouse"],
    1 if said("drawing") else 0,
    key="sign_name.how",
)
typed = drawing = ""
if how == "Type it":
    at_field(problems, "typed")
    typed = st.text_input("Type your name as your signature", said("typed"), max_chars=200, key="sign_name.typed")
else:
    at_field(problems, "drawing")
    at_field(problems, "typed")
    drawing = drawn_signature("sign_name.drawn") or said("drawing")
    if said("drawing"):
        st.write("We kept your drawing. Draw again to change it.")

st.write("Your name and role are kept encrypted. The public register does not show them.")
if st.button("Continue", type="primary"):
    with problems_kept():
        answer_name(here.act, here.secret, name=name, position=position, typed=typed, drawing=drawing)
        go("sign-check")

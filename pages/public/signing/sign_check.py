"""Screen: check what you promise, give your name and signature, and sign."""

import streamlit as st

from portal.agreement.errors import TextChangedError
from portal.agreement.signing.eligibility import must_ask
from portal.agreement.signing.journey import answer_name, chosen, organisation_name
from portal.agreement.signing.sign import sign
from portal.ground.errors import AnswersNeededError
from portal.ground.wording import day
from portal.ui.agreement.signing import lead_back, on_step, reach
from portal.ui.blocks import answers, inset
from portal.ui.flow import go
from portal.ui.problems import at_field, kept, problems_kept
from portal.ui.scripts import drawn_signature
from portal.ui.words import plain

here = on_step("sign-check", "Check your answers and sign")
problems = kept()
said, words = here.signing.said, here.words
name = organisation_name(here.act, here.signing)
checked = {"code": "checked by a code", "link": "checked by a link", "account": "checked by your account"}
how_checked = checked.get(said("email_how"), "the Information Manager will check it")
answers(
    [
        ("Organisation", name, "/sign-organisation"),
        ("Agreement", f"{words.edition.about.short_title}\n{words.standing}", "/sign-read"),
        ("E-mail address", f"{said('email')}\n({how_checked})", "/sign-email"),
        ("Allowed to sign", {"yes": "Yes"}.get(said("authority"), "Not answered"), "/sign-authority"),
        ("Date", day(here.act.at), ""),
    ]
)
st.header("What you promise")
if must_ask(chosen(here.act, here.signing)):
    asked = words.filled(words.edition.signing.question)
    answers([(asked, {"yes": "Yes"}.get(said("protocol"), "Not answered"), "/sign-authority")])
else:
    st.write("Your organisation has made the promise already: it covers other partners' losses, as the Protocol says.")
inset(words.filled(words.edition.signatory_declaration.text))

st.header("Your name and signature")
at_field(problems, "name")
full = st.text_input(
    "Full name", said("name"), max_chars=200, autocomplete="name", key="sign_check.name", on_change="ignore"
)
at_field(problems, "position")
position = st.text_input(
    "Job title or role",
    said("position"),
    max_chars=200,
    autocomplete="organization-title",
    key="sign_check.position",
    on_change="ignore",
)
how = st.radio(
    "How do you want to sign?",
    ["Type it", "Draw it with finger or mouse"],
    1 if said("drawing") else 0,
    key="sign_check.how",
)
typed = drawing = ""
at_field(problems, "typed")
if how == "Type it":
    typed = st.text_input("Type your name as your signature", said("typed"), max_chars=200, key="sign_check.typed", on_change="ignore")  # fmt: skip
else:
    at_field(problems, "drawing")
    drawing = drawn_signature("sign_check.drawn") or said("drawing")
    if said("drawing"):
        st.write("We kept your drawing. Draw again to change it.")
st.write("Your name and role are kept encrypted. The public register does not show them.")

if st.button(f"Sign for {plain(name) or 'your organisation'}", type="primary", key="sign_check.sign"):
    with problems_kept():
        answer_name(here.act, here.secret, name=full, position=position, typed=typed, drawing=drawing)
        try:
            sign(here.act, here.secret, reach())
        except (AnswersNeededError, TextChangedError) as error:
            lead_back(error)
        go("sign-done")

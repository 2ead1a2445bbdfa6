"""Screen: check your answers and sign."""

import streamlit as st

from portal.agreement.errors import TextChangedError
from portal.agreement.signing.journey import organisation_name
from portal.agreement.signing.sign import sign
from portal.ground.errors import AnswersNeededError
from portal.ground.wording import day
from portal.ui.agreement.signing import go, lead_back, on_step, reach
from portal.ui.blocks import answers, inset
from portal.ui.problems import kept, problems_kept
from portal.ui.words import plain

here = on_step("sign-check", "Check your answers and sign")
kept()
said, words = here.signing.said, here.words
name = organisation_name(here.act, here.signing)
checked = {"code": "checked by a code", "link": "checked by a link", "account": "checked by your account"}
how = checked.get(said("email_how"), "the Information Manager will check it")

answers(
    [
        ("Organisation", name, "/sign-organisation"),
        ("Agreement", f"{words.edition.about.short_title}\n{words.standing}", "/sign-read"),
        ("E-mail address", f"{said('email')}\n({how})", "/sign-email"),
        ("Allowed to sign", {"yes": "Yes"}.get(said("authority"), "Not answered"), "/sign-authority"),
        ("Full name", said("name"), "/sign-name"),
        ("Job title or role", said("position"), "/sign-name"),
        ("Signature", said("typed") or ("Drawn by hand" if said("drawing") else ""), "/sign-name"),
        ("Date", day(here.act.at), ""),
    ]
)
st.header("Declaration")
inset(words.filled(words.edition.signatory_declaration.text))

if st.button(f"Sign for {plain(name) or 'your organisation'}", type="primary", key="sign_check.sign"):
    with problems_kept():
        try:
            sign(here.act, here.secret, reach())
        except (AnswersNeededError, TextChangedError) as error:
            lead_back(error)
        go("sign-done")

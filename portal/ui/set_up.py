"""What the screens of first-run set-up share: the door with its code, and the draft behind it."""

import base64
from collections.abc import Mapping
from typing import Any

import streamlit as st

from portal.accounts.authentication.sign_in_state import STATE_COOKIE, refusal
from portal.ground import drafts
from portal.ground.act import Act
from portal.ground.errors import NotFoundError
from portal.ground.partnership import facts
from portal.partnership import set_up
from portal.partnership.blanks import blanks
from portal.partnership.set_up import COOKIE
from portal.ui import visitor
from portal.ui.blocks import LinkTo, links, panel
from portal.ui.flow import go
from portal.ui.problems import summary


def is_done(act: Act) -> bool:
    """Say, on the page, that the portal is set up, if it is; the screens then show nothing else."""
    if not facts(act.store).set_up:
        return False
    st.title("This portal is set up")
    panel("The portal is ready", "Sign in with the account you made. Then look at what waits for you.")
    links([LinkTo("Sign in", "/sign-in"), LinkTo("Go to the home page", "/")])
    return True


def draft(act: Act) -> drafts.SavedDraft | None:
    """Give the draft of this browser; without one, lead back to the code."""
    try:
        return drafts.resume(act, set_up.JOURNEY, secret=visitor.cookie(COOKIE))
    except NotFoundError:
        go("set-up")


def save(act: Act, **answers: object) -> None:
    """Keep answers in the draft."""
    drafts.save(act, set_up.JOURNEY, answers, secret=visitor.cookie(COOKIE))


def answers_of(begun: drafts.SavedDraft, **typed: str) -> set_up.SetUp:
    """Put the answers of the draft, and what was typed now, together."""
    logo = str(begun.answers.get("logo", ""))
    return set_up.SetUp(
        placeholders=begun.answers.get("placeholders", {}),
        logo=base64.b64decode(logo) if logo else None,
        name=typed["name"],
        email=typed["email"],
        position=typed["position"],
        password=typed["password"],
    )


def summary_rows(known: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Give the rows to check: each blank, where it can be changed, and whether there is a logo."""
    filled = known.get("placeholders", {})
    rows = [
        (blank.label, filled.get(blank.key) or "Still open", "/set-up-agreement" if place else "/set-up-partnership")
        for place, (_, group) in enumerate(blanks())
        for blank in group
    ]
    return [*rows, ("Logo", "Chosen" if known.get("logo") else "None", "/set-up-partnership")]


def code_form(act: Act) -> None:
    """Draw the plain form for the code from the terminal; it posts, so that the answer can be a safe cookie."""
    said = refusal(act.store, visitor.cookie(STATE_COOKIE)) if "refused" in st.query_params else None
    if said and said.sentence:
        summary({"code": said.sentence})
    st.html(
        '<form class="portal-form" method="post" action="/set-up-code">'
        '<div><label for="code">Set-up code</label>'
        '<p class="portal-hint" id="code-hint">Three groups of four, like ABCD-EFGH-JKMN. Small letters and spaces do not matter.</p>'
        '<input id="code" name="code" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="40" required aria-describedby="code-hint"></div>'
        "<button>Check the code</button></form>"
    )

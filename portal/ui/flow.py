"""From one drawing of a page to the next: `go` to another page, `done` to draw the same one anew, and what is said then."""

from typing import NoReturn

import streamlit as st

from portal.ground.page_access import BY_ADDRESS
from portal.ground.settings import ROOT
from portal.ground.vault import token
from portal.ui.blocks import panel

_DONE = "portal.done"


def go(address: str, said: str = "", **query: str) -> NoReturn:
    """Go on to another page of this portal; `said` stands at its top, once."""
    if said:
        say_done(said)
    st.switch_page(ROOT / "pages" / BY_ADDRESS[address].file, query_params=query or None)


def done(said: str, more: str = "") -> NoReturn:
    """Draw the page anew, with what was done said above it."""
    say_done(said, more)
    st.rerun()


def say_done(said: str, more: str = "") -> None:
    """Keep what was done, to be said by the page that is drawn next."""
    st.session_state[_DONE] = said, more


def show_done() -> bool:
    """Say what was done on the drawing before, if anything was; tells whether it was."""
    told = st.session_state.pop(_DONE, None)
    if told:
        panel(*told)
    return told is not None


def form_key(name: str, *, sent: bool) -> str:
    """Give the key of a form: the same for every click on one showing of it, so that a double click does a thing once."""
    key, used = f"{name}.key", f"{name}.used"
    if sent:
        st.session_state[used] = True
    elif st.session_state.pop(used, False):
        st.session_state.pop(key, None)
    return str(st.session_state.setdefault(key, token()))

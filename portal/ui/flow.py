"""From one drawing of a page to the next: `go` to another page, `done` to draw the same one anew, and what is said then."""

from time import monotonic
from typing import NoReturn

import streamlit as st

from portal.ground.page_access import BY_ADDRESS
from portal.ground.settings import ROOT
from portal.ground.vault import token
from portal.ui.blocks import panel
from portal.ui.scripts import begin_at_top

_DONE = "portal.done"
_SECOND_CLICK = 30  # seconds: a slow phone's second click comes when the page was drawn anew, its words still in it


def form_key(name: str, *, sent: bool, said: object = None) -> str:
    """Give the key of a form: the same for every click on one showing of it, so that a double click does a thing once.

    `said`: what the form says, where its page is drawn anew and keeps it. Said again soon after, it is the second click.
    """
    kept, now = f"{name}.key", monotonic()
    key, before, at, drawn_anew = st.session_state.get(kept, ("", None, now, True))
    if not sent:
        st.session_state[kept] = (key, before, at, True)
    elif drawn_anew and (not key or said is None or said != before or now - at > _SECOND_CLICK):
        st.session_state[kept] = (key := token(), said, now, False)
    return str(key)


def pressed_again(name: str, *given: object) -> bool:
    """Say whether a form that is drawn anew and empty was sent just now: then this is the second click of a slow phone."""
    kept, now = f"{name}.sent", monotonic()
    if any(given):
        st.session_state[kept] = now
        return False
    return now - float(st.session_state.get(kept, -_SECOND_CLICK)) < _SECOND_CLICK


def showing(name: str) -> int:
    """Say which showing of a form this is: in its fields' keys it empties what was sent, whatever a colleague sends meanwhile."""
    return int(st.session_state.get(f"{name}.showing", 0))


def show_anew(name: str) -> None:
    """Show a form empty again from the next drawing of its page: it was sent."""
    st.session_state[f"{name}.showing"] = showing(name) + 1


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
        begin_at_top()
    return told is not None

"""What every page shares: the style sheet, the strip of a demonstration, the foot, and the time-out's warning."""

from functools import lru_cache
from pathlib import Path

import streamlit as st

from portal.accounts.sessions import COOKIE, WARN, stay, time_left
from portal.act import PUBLIC, Act, act_now
from portal.partnership import Facts
from portal.ui import visitor
from portal.ui.words import escaped

_CSS = Path(__file__).resolve().parent.parent / "assets" / "portal.css"
_FOOT = (
    ("The agreement", "/agreement"),
    ("Who has signed", "/register"),
    ("Who may tell whom", "/who-may-tell"),
    ("Check a document", "/verify"),
    ("Privacy", "/privacy"),
    ("Accessibility", "/accessibility"),
)


@lru_cache(maxsize=1)
def _style() -> str:
    return _CSS.read_text(encoding="utf-8")


def open_page(facts: Facts) -> None:
    """Draw what stands above every page."""
    accent = f":root{{--accent:{facts.accent};}}" if facts.accent else ""
    st.html(f"<style>{_style()}{accent}</style>")
    if facts.demonstration:
        st.html(
            '<p class="portal-strip" role="note">This is a demonstration. Every organisation and person here is made up.</p>'
        )


def close_page(facts: Facts, act: Act) -> None:
    """Draw what stands below every page: links, who runs the portal, and who is signed in."""
    items = "".join(f'<li><a href="{href}" target="_self">{escaped(text)}</a></li>' for text, href in _FOOT)
    account = (
        f'<form method="post" action="/session"><input type="hidden" name="do" value="end"><p>Signed in as {escaped(act.person.name)}. <button class="portal-plain">Sign out</button></p></form>'
        if act.person.signed_in
        else '<p><a href="/sign-in" target="_self">Sign in</a></p>'
    )
    st.html(
        f'<div class="portal-foot"><ul>{items}</ul><p>{escaped(facts.name)}. Run by {escaped(facts.owner)}.</p>{account}</div>'
    )


@st.fragment(run_every=30)
def time_out_warning() -> None:
    """Warn two minutes before the session ends, and let one action keep it (WCAG 2.2.1)."""
    secret = visitor.cookie(COOKIE)
    left = time_left(act_now(visitor.store(), PUBLIC), secret) if secret else None
    if left is not None and left <= WARN:
        st.warning(
            "You will be signed out in 2 minutes, because nothing has happened for a while. Your answers are saved."
        )
        if st.button("Stay signed in", key="layout.stay"):
            stay(act_now(visitor.store(), PUBLIC), secret)
            st.rerun(scope="fragment")

"""What every page shares: the partnership's mark and colour, the strip of a demonstration, the foot, and the time-out's warning."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from portal.accounts.authentication.sessions import COOKIE, WARN, stay, time_left
from portal.agreement.addresses import address_in
from portal.ground.act import PUBLIC, Act, act_now
from portal.ground.partnership import Facts
from portal.paper_forms.registry import OF_PAGE
from portal.partnership.colours import lightened
from portal.ui import visitor
from portal.ui.problems import forget
from portal.ui.scripts import begin_at_top, name_the_menu
from portal.ui.words import escaped

_POST = "Information Manager"
_FOOT = (
    ("Search", "/search"),
    ("The agreement", "/agreement"),
    ("Who has signed", "/register"),
    ("Who may tell whom", "/who-may-tell"),
    ("Check a document", "/verify"),
    ("Guides", "/guides"),
    ("Forms on paper", "/paper-forms"),
    ("Privacy", "/privacy"),
    ("Accessibility", "/accessibility"),
)
DRAWN = '<span class="portal-drawn"></span>'  # what tells the style sheet that a page stands, and may be seen
_SHOWN = "portal.shown"
_SIGN_IN = '<a class="portal-door-link" href="/sign-in" target="_self">Sign in</a>'
_SIGN_OUT = (
    '<form method="post" action="/session"><input type="hidden" name="do" value="end">'
    '<button class="portal-plain">Sign out</button></form>'
)


def open_page(facts: Facts, act: Act) -> None:
    """Draw what stands above every page: the partnership's mark and name, and signing in or out."""
    if facts.accent:
        st.html(f"<style>{_accent(facts.accent)}</style>")
    mark = (
        f'<img src="/logo?v={hashlib.sha256(facts.logo).hexdigest()[:8]}" alt="">'
        if facts.logo
        else '<span class="portal-mark" aria-hidden="true"></span>'
    )
    st.html(
        f'<div class="portal-mast"><a class="portal-home" href="/" target="_self">{mark}<span>{escaped(facts.name)}</span></a>'
        f"{_SIGN_OUT if act.person.signed_in else _SIGN_IN}</div>"
    )
    if facts.demonstration:
        st.html(
            '<p class="portal-strip" role="note">This is for practice. Every organisation and person here is made up, and nothing counts.</p>'
        )


def close_page(facts: Facts, act: Act, address: str = "") -> None:
    """Draw what stands below every page: its twin on paper, links, who runs the portal, and who is signed in."""
    twin = OF_PAGE.get(address)
    if twin is not None:
        st.html(
            f'<p class="portal-twin"><a href="/forms/{twin.id}.pdf" target="_blank">Print this form (PDF): {escaped(twin.title)}</a></p>'
        )
    items = "".join(f'<li><a href="{href}" target="_self">{escaped(text)}</a></li>' for text, href in _FOOT)
    account = (
        f"<p>Signed in as {escaped(act.person.name)}.</p>{_SIGN_OUT}" if act.person.signed_in else f"<p>{_SIGN_IN}</p>"
    )
    st.html(
        f'<div class="portal-foot"><ul>{items}</ul><p>{escaped(facts.name)}. Run by {escaped(facts.owner)}.</p>{_help(facts)}<div class="portal-session">{account}</div></div>'
    )
    name_the_menu()


@contextmanager
def shown_whole(address: str) -> Iterator[None]:
    """Show a page at once when all of it stands, so that nothing jumps; one that is drawn anew stays in sight.

    Hidden while it is drawn anew, a page would lose the click that is being made on it, and the focus with it. One that goes
    on to its next question begins at the top: the framework would leave it where the last one was scrolled to.
    """
    before, place = st.session_state.get(_SHOWN), _place(address)
    anew, goes_on = before == place, before is not None and before != place and before[0] == address
    st.session_state[_SHOWN] = place
    whole = None if anew else st.empty()
    if anew:
        st.html(DRAWN)
    else:
        forget()
    try:
        yield
        st.session_state[_SHOWN] = _place(address)  # a search may have put its words into the address
    finally:
        if whole:
            whole.html(DRAWN)
    if goes_on:
        begin_at_top()


def _place(address: str) -> tuple[str, ...]:
    """Give what tells one page from another: its address, and what it is asked for but not what is typed on it."""
    asked = (f"{key}={value}" for key, value in st.query_params.items() if "." not in key)  # a bound field has a dot
    return address, *sorted(asked)


def _help(facts: Facts) -> str:
    """Say, in the same place on every page, whom to ask (WCAG 3.2.6): the Information Manager, by post, mail and phone."""
    who = facts.placeholders.get("information_manager", "")
    if not who:
        return f"<p>Need help? Ask {escaped(facts.owner)}.</p>"
    told, mail = [facts.placeholders.get(f"help_{way}", "") for way in ("phone", "address")], address_in(who)
    shown = escaped(who)
    if mail:
        shown = shown.replace(escaped(mail), f'<a href="mailto:{escaped(mail)}">{escaped(mail)}</a>')
    ways = "".join(f"<br>{name}: {escaped(way)}" for name, way in zip(("Phone", "Address"), told, strict=True) if way)
    post = "the " if who.casefold().startswith(_POST.casefold()) else f"the {_POST}: "
    return f"<p>Need help? Ask {post}{shown}{ways}</p>"


def _accent(colour: str) -> str:
    """Write the partnership's own accent: as it is on white, lighter on the dark page."""
    dark = f"@media (prefers-color-scheme: dark){{:root{{--accent:{lightened(colour)};}}}}"
    return f":root{{--accent:{colour};}}{dark}"


@st.fragment(run_every=30)
def time_out_warning() -> None:
    """Warn two minutes before the session ends, and let one action keep it (WCAG 2.2.1)."""
    secret = visitor.cookie(COOKIE)
    left = time_left(act_now(visitor.store(), PUBLIC), secret) if secret else None
    if left is None:
        st.rerun()  # the session is over: what stands on the screen gives way to the sign-in form
    if left <= WARN:
        st.warning(
            "You will be signed out in 2 minutes, because nothing has happened for a while. Save what you have typed, or stay signed in."
        )
        st.button("Stay signed in", key="layout.stay", on_click=_stay)


def _stay() -> None:
    stay(act_now(visitor.store(), PUBLIC), visitor.cookie(COOKIE))

"""Who is here: asked of the store on every run, from the cookie that scripts cannot read."""

import streamlit as st

from portal.accounts.authentication.sessions import COOKIE, cookie_name, person_of
from portal.ground.act import PUBLIC, Act, Store, act_now
from portal.ground.process.runtime import running
from portal.ground.settings import Settings


def cookie(name: str) -> str:
    """Give a cookie of this browser, '' where there is none. Tests put theirs here."""
    known = cookie_name(secure=running().settings.secure) if name == COOKIE else name
    return str(st.context.cookies.get(known, ""))


def store() -> Store:
    """Give the store that this process serves."""
    return running().store


def act() -> Act:
    """Begin an act by whoever is here, now. `st.session_state` has no say in it."""
    here = act_now(store(), PUBLIC)
    secret = cookie(COOKIE)
    return here.as_(person_of(here, secret)) if secret else here


def session_secret() -> str:
    """Give the session cookie of this browser, '' where there is none."""
    return cookie(COOKIE)


def network_address() -> str:
    """Give the address that this browser comes from, as the server saw it, for counting tries."""
    return st.context.ip_address or ""


def settings() -> Settings:
    """Give the settings that this process runs with."""
    return running().settings


def page_asked() -> int:
    """Give the page of a list that the address asks for; no list is longer than six digits, and a long row of them is no number."""
    asked = str(st.query_params.get("page", ""))[:6]
    return int(asked) if asked.isascii() and asked.isdecimal() else 1

"""The three small scripts of the portal's own, served from files so that the content security policy stays strict."""

from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

from portal.ground.vault import token

_PACKAGE = "portal"
_ROOT = Path(__file__).resolve().parent.parent / "assets"
_NAMES = ("focus", "draw", "menu")


def register_scripts() -> None:
    """Make the scripts known to Streamlit's runtime, once it runs; safe to call on every run."""
    scripts = get_bidi_component_manager()
    if scripts.get(f"{_PACKAGE}.focus") is None:
        manifest = ComponentManifest(
            name=_PACKAGE,
            version="1",
            components=[ComponentConfig(name=name, asset_dir=f"scripts/{name}") for name in _NAMES],
        )
        scripts.register_from_manifest(manifest, _ROOT)


def take_focus(selector: str, *, error: bool = False, move: bool = True) -> None:
    """Move the focus to an element of the page; with `error` the title begins 'Error: ' and its sentences find their fields."""
    register_scripts()
    renderer = st.components.v2.component(f"{_PACKAGE}.focus", js="focus.js", isolate_styles=False)
    renderer(data={"selector": selector, "error": error, "move": move}, height=1)


def begin_at_top() -> None:
    """Bring the top of the page into sight and the focus to its heading: it became another one in its place."""
    register_scripts()
    renderer = st.components.v2.component(f"{_PACKAGE}.focus", js="focus.js", isolate_styles=False)
    selector = '[data-testid="stMain"] h1'
    renderer(data={"selector": selector, "top": True, "move": True, "once": token()}, height=1)


def name_the_menu() -> None:
    """Give the framework's menu button the name that stands on it (WCAG 2.5.3), and the page its language."""
    register_scripts()
    st.components.v2.component(f"{_PACKAGE}.menu", js="menu.js", isolate_styles=False)(data={}, height=1)


def drawn_signature(key: str) -> str:
    """Offer a field to sign in with finger or mouse.

    Returns the drawing as base64 of a PNG, or '' while nothing is drawn. Typing a signature never needs this.
    """
    register_scripts()
    renderer = st.components.v2.component(f"{_PACKAGE}.draw", js="draw.js", css="draw.css", html="<div></div>")
    result: Any = renderer(key=key, data={}, default={"drawing": ""}, on_drawing_change=lambda: None)
    return str(result.drawing or "")

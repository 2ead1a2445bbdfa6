"""Words that people typed, shown as typed: never as Markdown, never as HTML."""

import html
import re

import streamlit as st

# Every character that Markdown, directives or links could read as markup on a Streamlit surface.
_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&@/=^])")

# Where the browser makes a link of a bare address although its signs are escaped: it looks at the words once more after that.
_BARE = re.compile(r"(?<=http)(?=s?://)|(?<=www)(?=\.)|(?<=[-.\w+])(?=@[-\w])", re.IGNORECASE)
_JOINER = "\u2060"  # has no width, and breaks no line


def plain(text: str) -> str:
    """Escape typed words for a surface that renders Markdown (labels, titles, alerts, captions).

    An address in them stays words: what somebody typed must not become a link under the portal's name (threat IN1).
    """
    return _MARKUP.sub(r"\\\1", _BARE.sub(_JOINER, text.replace("\n", " ")))


def escaped(text: object) -> str:
    """Escape typed words for HTML."""
    return html.escape(str(text), quote=True)


def typed(text: str) -> None:
    """Show a longer text exactly as it was typed, with its line breaks."""
    lines = "<br>".join(escaped(line) for line in text.split("\n"))
    st.html(f'<p class="portal-typed">{lines}</p>')

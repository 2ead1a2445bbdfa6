"""Words that people typed, shown as typed: never as Markdown, never as HTML."""

import html
import re

import streamlit as st

# Every character that Markdown, directives or links could read as markup on a Streamlit surface.
_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&@/=^])")


def plain(text: str) -> str:
    """Escape typed words for a surface that renders Markdown (labels, titles, alerts, captions)."""
    return _MARKUP.sub(r"\\\1", text.replace("\n", " "))


def escaped(text: object) -> str:
    """Escape typed words for HTML."""
    return html.escape(str(text), quote=True)


def typed(text: str) -> None:
    """Show a longer text exactly as it was typed, with its line breaks."""
    lines = "<br>".join(escaped(line) for line in text.split("\n"))
    st.html(f'<p class="portal-typed">{lines}</p>')

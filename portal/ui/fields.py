"""Fields of a form: a label with its hint, the problem beside it, and what was typed before."""

from collections.abc import Mapping
from typing import Literal

import streamlit as st

from portal.ui.problems import at_field
from portal.ui.words import plain


def label_with(label: str, hint: str = "") -> str:
    """Write a label, and its hint in a smaller line below it; both are read out with the field."""
    return f"{plain(label)} :small[{plain(hint)}]" if hint else plain(label)


def text_field(
    label: str,
    key: str,
    *,
    value: str = "",
    hint: str = "",
    problems: Mapping[str, str] | None = None,
    most: int = 300,
    autocomplete: str = "off",
    kind: Literal["default", "password"] = "default",
) -> str:
    """Draw a one-line field; the part of `key` after its last dot names the field in `problems`."""
    at_field(problems or {}, key.rsplit(".", 1)[-1])
    return str(
        st.text_input(
            label_with(label, hint), value=value, key=key, max_chars=most, autocomplete=autocomplete, type=kind
        )
        or ""
    )


def new_password_field(key: str, *, problems: Mapping[str, str], label: str = "Choose a password") -> str:
    """Draw the field for a new password, with the one rule that helps."""
    return text_field(
        label,
        key,
        hint="8 characters or more. Three words that do not belong together work well.",
        problems=problems,
        most=1000,
        autocomplete="new-password",
        kind="password",
    )

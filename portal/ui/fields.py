"""Fields of a form: a label with its hint, the problem beside it, and what was typed before."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Literal, TypeVar

import streamlit as st

from portal.ground.errors import AnswersNeededError
from portal.ground.input.dates import NO_DAY, TypedDay, day_typed
from portal.ground.input.forgiving import is_meant
from portal.ui import visitor
from portal.ui.problems import at_field
from portal.ui.words import escaped, plain

_Line = TypeVar("_Line")
_LONG = 8  # lines: a longer list can be searched and narrowed


def label(words: str, hint: str = "", problem: str = "") -> str:
    """Draw a label, its hint and its problem, and give the name under which the field is read out.

    The framework's own label can hold neither: its field is named by the label's raw text, so hint and problem stand in
    that name, and the visible words above the field are drawn here (WCAG 1.3.1, 3.3.1, 2.5.3).
    """
    parts = f'<span class="portal-label">{escaped(words)}</span>'
    if hint:
        parts += f'<span class="portal-hint">{escaped(hint)}</span>'
    if problem:
        parts += f'<span class="portal-problem"><span class="portal-unseen">Error: </span>{escaped(problem)}</span>'
    st.html(f'<p class="portal-labelled" aria-hidden="true">{parts}</p>')
    return ". ".join(part for part in (words, hint.rstrip("."), f"Error: {problem}" if problem else "") if part)


def text_field(
    words: str,
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
    problem = (problems or {}).get(key.rsplit(".", 1)[-1], "")
    return str(
        st.text_input(
            label(words, hint, problem),
            value=value,
            key=key,
            max_chars=most,
            autocomplete=autocomplete,
            type=kind,
            label_visibility="collapsed",
            on_change="ignore",
        )
        or ""
    )


def long_field(
    words: str,
    key: str,
    *,
    problems: Mapping[str, str],
    hint: str = "",
    value: str = "",
    most: int = 1000,
    height: int = 120,
) -> str:
    """Draw a field of several lines; the part of `key` after its last dot names the field in `problems`."""
    name = label(words, hint, problems.get(key.rsplit(".", 1)[-1], ""))
    return str(
        st.text_area(
            name, value=value, key=key, max_chars=most, height=height, label_visibility="collapsed", on_change="ignore"
        )
        or ""
    )


def which_one(
    words: str,
    options: Sequence[_Line],
    key: str,
    *,
    problems: Mapping[str, str],
    named: Callable[[_Line], str] = str,
) -> Callable[[], _Line]:
    """Ask which of several things a button acts on; gives what tells it. Raises AnswersNeededError while none is chosen.

    None stands there from the start: what was done leaves the list, and a late second click would do it to the next one.
    """
    field = key.rsplit(".", 1)[-1]
    at_field(problems, field)
    picked = st.selectbox(words, list(options), index=None, format_func=named, key=key, placeholder="Choose")

    def chosen() -> _Line:
        if picked is None:
            raise AnswersNeededError({field: "Choose which one"})
        return picked

    return chosen


def typed_day(
    words: str, key: str, *, hint: str = "", given: object = None, problems: Mapping[str, str] | None = None
) -> TypedDay:
    """Draw a day as three short fields in a row; the part of `key` after its last dot names it in `problems`."""
    st.markdown(f"**{plain(words)}**")
    if hint:
        st.caption(plain(hint))
    at_field(problems or {}, key.rsplit(".", 1)[-1])
    told = given if isinstance(given, (list, tuple)) else NO_DAY
    with st.container(horizontal=True, key=f"day.{key}"):  # a problem's link leads into the box that ends with its name
        day, month, year = (
            str(st.text_input(part, str(now), key=f"{key}.{part}", max_chars=10, width=90, on_change="ignore") or "")
            for part, now in zip(("Day", "Month", "Year"), told, strict=True)
        )
    return day, month, year


def day_field(words: str, key: str, problems: Mapping[str, str]) -> date | None:
    """Draw a day as three short fields; None where they make no day."""
    try:
        return day_typed(typed_day(words, key, problems=problems))
    except ValueError:
        return None


def new_password_field(key: str, *, problems: Mapping[str, str], words: str = "Choose a password") -> str:
    """Draw the field for a new password, with the one rule that helps."""
    return text_field(
        words,
        key,
        hint="8 characters or more. Three words that do not belong together work well.",
        problems=problems,
        most=1000,
        autocomplete="new-password",
        kind="password",
    )


def logo_field(words: str, problems: Mapping[str, str]) -> bytes | None:
    """Draw the field to choose a logo in; gives its content, None where none is chosen."""
    name = label(words, "A PNG, JPEG or SVG, smaller than 1 MB.", problems.get("logo", ""))
    chosen = st.file_uploader(name, type=["png", "jpg", "jpeg", "svg"], max_upload_size=1, label_visibility="collapsed")
    return chosen.getvalue() if chosen else None


def narrowed(
    lines: Sequence[_Line],
    key: str,
    words: str,
    text: Callable[[_Line], str],
    ways: Mapping[str, Callable[[_Line], bool]],
) -> list[_Line]:
    """Draw, above a long list, what finds a line by its words and what shows only some of them; gives what is left.

    `ways`: the words of a choice, and which lines it shows. A choice that would show none is not offered.
    """
    if len(lines) <= _LONG:
        return list(lines)
    typed = st.text_input(words, key=f"{key}.find", max_chars=200, on_change="rerun")
    found = [line for line in lines if is_meant(text(line), typed)]
    offered = {"All": found} | {name: shown for name, shows in ways.items() if (shown := [*filter(shows, found)])}
    chosen = st.radio(
        "Show",
        list(offered),
        format_func=lambda name: f"{name}: {len(offered.get(name, ()))}",
        horizontal=True,
        key=f"{key}.show",
    )
    if not found:
        st.write("Nothing in this list matches.")
    return offered[chosen or "All"]


def list_field(key: str, most_bytes: int) -> bytes | None:
    """Draw the field to choose a list in, as a spreadsheet; gives its content, None where none is chosen."""
    chosen = st.file_uploader(
        "Choose the file", type=["csv", "xlsx", "ods", "xls"], key=key, max_upload_size=megabytes(most_bytes)
    )
    return chosen.getvalue() if chosen else None


def megabytes(most_bytes: int) -> int:
    """Say how big a file may be here, in megabytes: what its reader takes, within what this portal takes at all."""
    return min(most_bytes // (1024 * 1024), visitor.settings().max_upload_mb)

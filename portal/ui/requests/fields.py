"""Draws the fields of any question of a request from data. What comes back is checked by the service, not here."""

from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import replace

import streamlit as st

from portal.requests.forms.fields import FormField, QuestionPage
from portal.ui.fields import typed_day
from portal.ui.problems import at_field
from portal.ui.words import plain

Problems = Mapping[str, str]


def draw_fields(scope: str, page: QuestionPage, given: Mapping[str, object], problems: Problems) -> dict[str, object]:
    """Draw a page's fields and give what stands in them. `scope` keeps one page's fields apart from another's."""
    typed: dict[str, object] = {}
    for field in page.fields:
        if field.is_shown(typed):
            drawn = replace(field, headed=field.label == page.title)
            with st.expander(plain(field.label)) if field.folded else nullcontext():
                typed[field.key] = _DRAW[field.kind](f"{scope}.{field.key}", drawn, given.get(field.key))
            at_field(problems, field.key)
    return typed


def _radio(key: str, field: FormField, given: object) -> object:
    values = [option.value for option in field.options]
    labels = {option.value: plain(option.label) for option in field.options}
    hints = [plain(option.hint) for option in field.options]
    return st.radio(
        plain(field.label),
        values,
        index=values.index(str(given)) if given in values and given is not None else None,
        format_func=lambda value: labels[value],
        captions=hints if any(hints) else None,
        key=key,
        label_visibility="collapsed" if field.headed else "visible",
    )


def _pick(key: str, field: FormField, given: object) -> object:
    values = [option.value for option in field.options]
    names = {option.value: option.label for option in field.options}
    return st.selectbox(
        plain(field.label),
        values,
        index=values.index(str(given)) if given in values else None,
        format_func=lambda value: names[value],
        placeholder="Start typing a name",
        key=key,
    )


def _checks(key: str, field: FormField, given: object) -> object:
    if not field.folded:
        st.markdown(f"**{plain(field.label)}**")
    _hint(field)
    chosen = given if isinstance(given, (list, tuple)) else ()
    picked = []
    for option in field.options:
        with st.container(gap=None):
            if st.checkbox(plain(option.label), value=option.value in chosen, key=f"{key}.{option.value}"):
                picked.append(option.value)
            if option.hint:
                st.caption(plain(option.hint))
    return picked


def _line(key: str, field: FormField, given: object) -> object:
    value = st.text_input(
        plain(field.label),
        value=str(given or ""),
        max_chars=field.limit,
        key=key,
        autocomplete="off",
        on_change="ignore",
    )
    _hint(field)
    return value


def _long(key: str, field: FormField, given: object) -> object:
    value = st.text_area(
        plain(field.label), value=str(given or ""), max_chars=field.limit, key=key, height=140, on_change="ignore"
    )
    _hint(field)
    return value


def _day(key: str, field: FormField, given: object) -> object:
    return typed_day(field.label, key, hint=field.hint, given=given)


def _items(key: str, field: FormField, given: object) -> object:
    kept = [row for row in given if isinstance(row, Mapping)] if isinstance(given, (list, tuple)) else []
    count = st.session_state.setdefault(f"{key}.count", max(1, len(kept)))
    _hint(field)
    rows = []
    for number in range(count):
        row = kept[number] if number < len(kept) else {}
        with st.container(border=True):
            what = st.text_input(
                f"Item {number + 1}: what you want to know",
                value=str(row.get("what", "")),
                max_chars=field.limit,
                key=f"{key}.{number}.what",
                autocomplete="off",
                on_change="ignore",
            )
            why = st.text_area(
                f"Item {number + 1}: why you need it",
                value=str(row.get("why", "")),
                max_chars=field.limit,
                key=f"{key}.{number}.why",
                height=90,
                on_change="ignore",
            )
        rows.append({"what": what, "why": why})
    if st.button("Add another item", key=f"{key}.more"):
        st.session_state[f"{key}.count"] = count + 1
        st.rerun()
    return rows


def _promise(key: str, field: FormField, given: object) -> object:
    chosen = st.radio(
        plain(field.label),
        [True, False],
        index=0 if given is True else None,
        format_func=lambda value: "I promise this for my organisation" if value else "I cannot promise this",
        key=key,
    )
    return chosen is True


def _hint(field: FormField) -> None:
    if field.hint:
        st.caption(plain(field.hint))


_DRAW = {
    "radio": _radio,
    "pick": _pick,
    "checks": _checks,
    "line": _line,
    "long": _long,
    "day": _day,
    "items": _items,
    "promise": _promise,
}

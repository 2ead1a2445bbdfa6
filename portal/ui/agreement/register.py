"""The register on the screen: its rows, its address, one signatory."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

import streamlit as st

from portal.agreement.editions.current import in_force, known_editions, short_title
from portal.agreement.notices.standing import STATUS_WORDS, SignatoryStatus
from portal.agreement.register.lifecycle.told import LifeSentence
from portal.agreement.register.public_register import RegisterEntry, RegisterPage, StandingChange
from portal.agreement.register.search import CURRENT, RegisterSearch
from portal.ground.wording import day
from portal.rules.edition.editions import editions
from portal.ui.blocks import Cell, LinkTo, Standing, Tag, facts, links, table
from portal.ui.visitor import store
from portal.ui.words import plain

STATUSES = {
    CURRENT: "Signed or stopped for now",
    **{status.value: words for status, words in STATUS_WORDS.items()},
    "all": "All, with those that have left",
}
_SORTS = {"name": "Name", "since": "Newest first", "kind": "Kind", "status": "Status"}
_TINTS: dict[SignatoryStatus, Standing] = {
    SignatoryStatus.SIGNED: "done",
    SignatoryStatus.SUSPENDED: "stopped",
    SignatoryStatus.LEFT: "ended",
}


def filters() -> None:
    """Ask what to look for. Every choice is kept in the address."""
    query = st.query_params
    left, right = st.columns([2, 1])
    with left:
        words = query.get("q", "")
        choose(
            "q",
            st.text_input(
                "Name of organisation", words, max_chars=200, type="search", key="register.q", on_change="rerun"
            ),
        )
    with right:
        _pick("Kind", "kind", {"": "All kinds", **kinds_listed()})
    narrowed = any(query.get(key) for key in ("status", "edition", "as_of", "sort"))
    with st.expander("More ways to narrow the list", expanded=narrowed):
        _pick("Status", "status", STATUSES, CURRENT)
        _pick(
            "Edition signed",
            "edition",
            {"": "All editions", **{of.id: of.edition.about.short_title for of in known_editions(store())}},
        )
        _pick("In order of", "sort", _SORTS, "name")
        typed = query.get("as_of", "")
        choose(
            "as_of",
            st.text_input("As of a day, like 1 May 2026", typed, max_chars=40, key="register.as_of", on_change="rerun"),
        )


def _pick(label: str, key: str, choices: dict[str, str], usual: str = "") -> None:
    given = st.query_params.get(key, usual)
    start = list(choices).index(given) if given in choices else list(choices).index(usual)
    choice = st.selectbox(
        label, options=list(choices), index=start, format_func=choices.__getitem__, key=f"register.{key}"
    )
    choose(key, choice, usual)


def choose(key: str, value: str | None, usual: str = "") -> None:
    """Keep one choice in the address, so that Back, refresh and sharing find the same list; a new choice begins at page 1."""
    value = value or ""
    before = st.query_params.get(key, usual)
    if value == before:
        return
    if value == usual:
        del st.query_params[key]
    else:
        st.query_params[key] = value
    if "page" in st.query_params:
        del st.query_params["page"]


def rows(found: RegisterPage) -> list[Sequence[Cell]]:
    """Give the table's rows: organisation, kind, status, since."""
    day_of = f"&as_of={found.asked.on.isoformat()}" if st.query_params.get("as_of") else ""
    return [
        (
            LinkTo(one.organisation, f"/register?organisation={one.id}{day_of}"),
            one.kind_words,
            _tag(one, found.in_force.id),
            day(one.since),
        )
        for one in found.entries
    ]


def _tag(one: RegisterEntry, newest: str) -> Tag:
    behind = one.status is SignatoryStatus.SIGNED and one.is_behind(newest)
    return Tag(one.status_words(newest), "waiting" if behind else _TINTS[one.status])


def address(of: RegisterSearch, page: int) -> str:
    """Give the address of a page of the same search."""
    kept = {key: value for key, value in st.query_params.to_dict().items() if key != "page"}
    return f"/register?{urlencode({**kept, 'as_of': of.on.isoformat(), 'page': page})}"


def entry_facts(found: RegisterEntry, on: date) -> None:
    """Show one signatory: exactly what is public."""
    facts(
        [
            ("Kind", found.kind_words),
            (
                "Edition signed",
                LinkTo(short_title(store(), found.edition), f"/agreement?edition={found.edition}"),
            ),
            (f"Status on {day(on)}", _tag(found, in_force(store(), on).id)),
            ("Since", day(found.since)),
        ]
    )


def history(changes: Sequence[StandingChange]) -> None:
    """Show how a signatory's standing changed."""
    lines = [
        (
            day(one.on),
            Tag(STATUS_WORDS[one.status], _TINTS[one.status]),
            one.edition_words(short_title(store(), one.edition)),
        )
        for one in changes
    ]
    table("How its standing changed", ("Day", "Status", "Edition"), lines)


def kinds_listed() -> dict[str, str]:
    """Give every kind of organisation that any edition knows, by title."""
    known = {kind.id: kind.title for of in editions() for kind in of.organisation_types if kind.signs != "none"}
    return dict(sorted(known.items(), key=lambda item: item[1]))


def for_own_site(found: RegisterEntry, base_url: str) -> None:
    """Show what a partner can put on its own site: a badge that follows the register, and a link (clause s15.publish)."""
    page = f"{base_url}/signatories/{found.id}"
    with st.expander("Show this on your own site"):
        st.write("Copy this into a page of your site. The badge always says what the register says.")
        alt = "Information sharing agreement: see where we stand"
        st.code(f'<a href="{page}"><img src="{page}/badge.svg" alt="{alt}"></a>', language=None, wrap_lines=True)
        st.write("Or link to the agreement itself, which you publish:")
        st.code(f'<a href="{base_url}/agreement">Our information sharing agreement</a>', language=None, wrap_lines=True)


def life_shown(sentences: Sequence[LifeSentence]) -> None:
    """Show what an organisation was called, became or came from, each other body with the way to its entry."""
    for one in sentences:
        if one.slug:
            links([LinkTo(one.words, f"/register?organisation={one.slug}")])
        else:
            st.write(plain(one.words))

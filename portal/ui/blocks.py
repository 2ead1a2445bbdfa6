"""The building blocks of a page: header, tables, panels, tags, definition lists, progress. All text is escaped here."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import streamlit as st

from portal.ui.words import escaped

Standing = Literal["done", "waiting", "stopped", "ended"]


@dataclass(frozen=True)
class Tag:
    """A status in words with a tint (never colour alone)."""

    text: str
    standing: Standing = "ended"


@dataclass(frozen=True)
class LinkTo:
    """A link inside a table or list: words, and an address of this portal."""

    text: str
    href: str


Cell = str | int | Tag | LinkTo | None
_FEW = 7  # columns that have room on a desk as they are
_ONE_LINE = re.compile(r"\d{1,2} [A-Z][a-z]+ \d{4}|[A-Z\d]{3}-[A-Z\d]{3}-[A-Z\d]{3}")


def table(caption: str, headings: Sequence[str], rows: Sequence[Sequence[Cell]], *, hide_caption: bool = False) -> None:
    """Show a real table: header cells with scope, a caption, cards under 560 px; found by the browser's search.

    The first cell of each row is its heading. Every cell is escaped. One of many columns is set closer, and where it is still
    wider than the page it is moved by itself, by keyboard too.
    """
    head = "".join(f'<th scope="col">{escaped(h)}</th>' for h in headings)
    body = "".join(_row(headings, row) for row in rows)
    hidden = ' class="portal-unseen"' if hide_caption else ""
    whole = f'<table class="portal-table"><caption{hidden}>{escaped(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    if len(headings) > _FEW:
        whole = f'<div class="portal-many" role="region" tabindex="0" aria-label="{escaped(caption)}">{whole}</div>'
    st.html(whole)


def _row(headings: Sequence[str], row: Sequence[Cell]) -> str:
    first, *rest = row
    cells = "".join(
        f'<td data-label="{escaped(h)}">{cell_html(c)}</td>' for h, c in zip(headings[1:], rest, strict=True)
    )
    return f'<tr><th scope="row">{cell_html(first)}</th>{cells}</tr>'


def cell_html(cell: Cell) -> str:
    """Turn a cell into escaped HTML."""
    match cell:
        case Tag(text, standing):
            return f'<span class="portal-tag portal-{standing}">{escaped(text)}</span>'
        case LinkTo(text, href):
            return f'<a href="{escaped(own_address(href))}" target="_self">{_whole(text)}</a>'
        case None:
            return ""
        case _:
            return _whole(cell)


def _whole(text: str | int) -> str:
    """Keep a day or a reference on one line, since half of one misleads; everything else may break."""
    return f'<span class="portal-whole">{escaped(text)}</span>' if _ONE_LINE.fullmatch(str(text)) else escaped(text)


def own_address(href: str) -> str:
    """Refuse an address that would leave this portal."""
    if not href.startswith("/") or href.startswith(("//", "/\\")):
        raise ValueError("A link inside the portal begins with one slash.")
    return href


def panel(title: str, body: str = "", *, standing: Standing = "done") -> None:
    """Show the confirmation or standing panel: a title, and one or two sentences."""
    text = f"<p>{escaped(body)}</p>" if body else ""
    st.html(f'<section class="portal-panel portal-{standing}"><h2>{escaped(title)}</h2>{text}</section>')


def facts(pairs: Mapping[str, Cell] | Sequence[tuple[str, Cell]]) -> None:
    """Show a list of facts: what it is on the left, what it says on the right."""
    items = pairs.items() if isinstance(pairs, Mapping) else pairs
    rows = "".join(f"<div><dt>{escaped(name)}</dt><dd>{cell_html(value)}</dd></div>" for name, value in items)
    st.html(f'<dl class="portal-facts">{rows}</dl>')


def answers(rows: Sequence[tuple[str, str, str]]) -> None:
    """Show 'check your answers': question, answer, and the address where it can be changed ('' where it cannot)."""
    shown = "".join(
        f"<div><dt>{escaped(question)}</dt><dd>{'<br>'.join(escaped(line) for line in (answer or 'Not answered').split(chr(10)))}</dd>"
        + (
            f'<dd class="portal-change"><a href="{escaped(own_address(href))}" target="_self">Change<span class="portal-unseen"> {escaped(question)}</span></a></dd>'
            if href
            else "<dd></dd>"
        )
        + "</div>"
        for question, answer, href in rows
    )
    st.html(f'<dl class="portal-facts portal-answers">{shown}</dl>')


def tasks(groups: Sequence[tuple[str, Sequence[tuple[str, str, Tag]]]]) -> None:
    """Show a task list: groups of (what, where, status)."""
    shown = ""
    for number, (title, rows) in enumerate(groups, 1):
        items = "".join(
            f"<li>{cell_html(LinkTo(what, href)) if href else escaped(what)}{cell_html(tag)}</li>"
            for what, href, tag in rows
        )
        shown += f"<h2>{number}. {escaped(title)}</h2><ul>{items}</ul>"
    st.html(f'<div class="portal-tasks">{shown}</div>')


def step(number: int, of: int) -> None:
    """Say how far one has come."""
    st.html(f'<p class="portal-step">Step {number} of {of}</p>')


def inset(text: str) -> None:
    """Set a sentence apart: the agreement's own words, or what to know before answering."""
    st.html(f'<div class="portal-inset">{escaped(text)}</div>')


def danger_now() -> None:
    """Say, above everything else, what to do when somebody is in danger."""
    st.html(
        '<div class="portal-panel portal-stopped" role="note"><p><strong>Is someone in danger now? Phone 999.</strong> Do not wait for an answer here.</p></div>'
    )


def saved(at: str) -> None:
    """Say that answers are kept."""
    st.html(f'<p class="portal-saved">Saved at {escaped(at)}</p>')


def practise(address: str) -> None:
    """Lead to the portal of made-up people, where one is served: the only address that is not this portal's own."""
    if address:
        st.html(
            f'<p><a class="portal-button portal-second" href="{escaped(address)}">Practise with made-up people</a></p>'
        )
        st.write("It is another portal. Nothing that you do there counts, and nothing real is in it.")


def picture(href: str, alt: str) -> None:
    """Show a picture of ours, with the words that say what it shows."""
    st.html(
        f'<p class="portal-picture"><img src="{escaped(own_address(href))}" alt="{escaped(alt)}" loading="lazy"></p>'
    )


def link_button(text: str, href: str, *, primary: bool = False) -> None:
    """Show a link that looks like a button: for a page of ours, or a file behind a checked route."""
    kind = "portal-button" if primary else "portal-button portal-second"
    st.html(f'<p><a class="{kind}" href="{escaped(own_address(href))}" target="_self">{escaped(text)}</a></p>')


def links(rows: Sequence[LinkTo]) -> None:
    """Show a list of links, and nothing where there are none."""
    if not rows:
        return
    st.html('<ul class="portal-links">' + "".join(f"<li>{cell_html(row)}</li>" for row in rows) + "</ul>")


def journeys(rows: Sequence[tuple[str, str, str]]) -> None:
    """Show the ways into the portal: what to do, where, and what to know before."""
    items = "".join(
        f'<li><a href="{escaped(own_address(href))}" target="_self">{escaped(what)}</a><p>{escaped(more)}</p></li>'
        for what, href, more in rows
    )
    st.html(f'<ul class="portal-journeys">{items}</ul>')


def pages(total: int, size: int, current: int, href: Callable[[int], str]) -> None:
    """Show links to the pages of a long list, each with an address of its own."""
    last = max(1, -(-total // size))
    if last == 1:
        return
    near = sorted({1, last, *range(max(1, current - 2), min(last, current + 2) + 1)})
    items = "".join(
        f'<li><span aria-current="page">{n}</span></li>'
        if n == current
        else f'<li><a href="{escaped(own_address(href(n)))}" target="_self" aria-label="Page {n}">{n}</a></li>'
        for n in near
    )
    st.html(f'<nav class="portal-pages" aria-label="Pages of the list"><ul>{items}</ul></nav>')

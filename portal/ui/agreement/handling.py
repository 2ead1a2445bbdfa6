"""Markings as people meet them: what each means, where its edition defines it, and all that may be done with it."""

from collections.abc import Sequence

import streamlit as st

from portal.rules.edition.edition_type import Edition
from portal.rules.edition.forms import Marking
from portal.rules.forms.handling import Definition, Handling, how_to_handle
from portal.ui.blocks import LinkTo, Standing, Tag, links, table
from portal.ui.words import escaped, plain

STANDING: dict[str, Standing] = {"yes": "done", "no_names": "waiting", "urgent_only": "waiting", "no": "stopped"}


def meaning_of(marking: Marking) -> LinkTo:
    """Link from whatever carries a marking to what the marking means and how it is handled."""
    return LinkTo(f"What {marking.title} means, and all its rules", f"/handling?marking={marking.id}")


def shown_marking(marking: Marking | None) -> None:
    """Say how something is marked, with the way to what that means and how it is handled (clause s9.marking-definitions)."""
    if marking is not None:
        st.markdown(f"Marked **{plain(marking.title)}**.")
        links([meaning_of(marking)])


def show_all(edition: Edition, marking: Marking) -> None:
    """Show every action of the table with its answer for one marking."""
    found = [how_to_handle(edition, marking.id, one.id) for one in edition.handling]
    table(
        f"Everything with {marking.title}",
        ["What you want to do", "May I?", "How"],
        [(one.action.action, Tag(one.in_short, STANDING[one.may]), one.how) for one in found],
        hide_caption=True,
    )


def show_fallback(edition: Edition, found: Handling) -> None:
    """Say what to do when the security cannot be had, and which other ways the marking allows."""
    others = [
        one.action
        for row in edition.handling
        if row.id != found.action.id and (one := how_to_handle(edition, found.marking.id, row.id)).may == "yes"
    ]
    said = f"<p>{escaped(found.fallback)}</p>"
    if found.may != "yes" and others:
        items = "".join(f"<li>{escaped(one.action)}</li>" for one in others)
        said += f"<p>These ways are allowed for {escaped(found.marking.title)}:</p><ul>{items}</ul>"
    st.html(f'<div class="portal-inset"><h2>If that security cannot be had</h2>{said}</div>')


def show_definitions(found: Sequence[Definition]) -> None:
    """Show what each marking means, the harms that call for it, and where its edition defines it."""
    parts = []
    for one in found:
        grounds = "".join(f"<li>{escaped(ground.text)}</li>" for ground in one.grounds)
        listed = f"<p>Use it where, if it got out:</p><ul>{grounds}</ul>" if grounds else ""
        where = f"{one.named_at} ({one.edition.about.short_title}, {one.marking.ref})"
        parts.append(
            f'<section id="marking-{escaped(one.marking.id)}"><h3>{escaped(one.marking.title)}</h3>'
            f"<p>{escaped(one.marking.use_when)}</p>{listed}<p>Defined: {escaped(where)}</p></section>"
        )
    st.html("".join(parts))

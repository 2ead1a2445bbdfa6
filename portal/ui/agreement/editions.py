"""Editions on the manager's screens: the list, what may change in the portal, who has not signed, who decided what."""

from collections.abc import Sequence

import streamlit as st

from portal.agreement.editions.current import in_force, known_edition, known_editions
from portal.agreement.editions.views import Decided, OwnEdition, own_editions
from portal.agreement.notices.standing import STATUS_WORDS
from portal.agreement.signing.renewal import EarlierEditionSignatory, behind
from portal.agreement.withholding.withheld import withheld, withheld_in
from portal.ground.act import Act
from portal.ground.wording import counted, day, day_and_time, listed, today
from portal.ui.blocks import Cell, LinkTo, Tag, facts, inset, table


def editions_table(now: Act) -> OwnEdition | None:
    """List every edition with its standing; gives the one that is open: in draft, or waiting to be authorised."""
    own, on = own_editions(now), today(now.at)
    open_one = next((one for one in own if one.state in {"draft", "handed"}), None)
    newest = in_force(now.store, on)
    rows: list[Sequence[Cell]] = []
    if open_one is not None:
        said = (
            "Draft" if open_one.state == "draft" else f"Waits for {counted(open_one.still_needed, 'person', 'people')}"
        )
        begins = day(open_one.force_from) if open_one.force_from else "Not set"
        rows.append((LinkTo(open_one.title, f"/edition-check?id={open_one.id}"), Tag(said, "waiting"), begins))
    for known in reversed(known_editions(now.store)):
        said, standing = "Past", "ended"
        if known.id == newest.id:
            said, standing = ("In preparation", "waiting") if known.in_preparation else ("In force", "done")
        elif known.begins > on:
            said, standing = "Authorised, takes force by itself", "waiting"
        mine = any(one.id == known.id for one in own)
        href = f"/edition-check?id={known.id}" if mine else f"/agreement?edition={known.id}"
        rows.append((LinkTo(known.edition.about.short_title, href), Tag(said, standing), day(known.begins)))  # type: ignore[arg-type]  # one of the four standings
    table("Editions, the newest first", ("Edition", "Standing", "From"), rows, hide_caption=True)
    return open_one


def what_may_change() -> None:
    """Say which parts of an edition can be drafted in the portal, and which come with a release."""
    st.write("You draft it from the edition in force. Two people who wrote none of it authorise it.")
    inset(
        "You can change here: the words of every section and appendix, the facts they name (parties, posts, places) and the day. "
        "What the portal checks by machine stays as it is: the laws, the Section 4 check, the data sets, "
        "how to treat papers, and the forms that are signed. Those change with a release of the portal."
    )


def behind_table(now: Act) -> list[EarlierEditionSignatory]:
    """List who has not signed the edition in force; gives those who can be reminded."""
    found = behind(now)
    if found:
        rows = [
            (
                LinkTo(one.organisation, f"/register?organisation={one.slug}"),
                one.edition,
                Tag("Signed, waits for your check", "waiting") if one.waits else STATUS_WORDS[one.status],
                f"{counted(one.times, 'letter')}, last on {day(one.asked_at)}" if one.asked_at else "Not yet",
            )
            for one in found
        ]
        table("Not signed yet", ("Organisation", "Signed", "Standing", "Asked"), rows, hide_caption=True)
    return [one for one in found if not one.waits]


def decisions_shown(decided: Sequence[Decided]) -> None:
    """Show who authorised an edition and who sent it back, with their reasons."""
    rows = [
        (
            one.name,
            one.role,
            Tag("Authorised", "done")
            if one.counts
            else Tag("Authorised, before it changed" if one.decision == "authorised" else "Sent back", "ended"),
            day_and_time(one.at),
            one.words,
        )
        for one in decided
    ]
    if rows:
        table("Who decided", ("Who", "As", "Decision", "When", "Reason"), rows)


def standing_said(own: OwnEdition) -> str:
    """Say where an edition stands in one sentence."""
    begins = day(own.force_from) if own.force_from else ""
    match own.state:
        case "draft":
            return f"A draft, last changed on {day_and_time(own.changed_at)}."
        case "handed":
            return f"It waits for {counted(own.still_needed, 'person', 'people')} to authorise it. It would take force on {begins}."
        case "authorised":
            return f"Two people authorised it. In force from {begins}."
        case _:
            return "This draft was dropped."


def lost_note(now: Act, own: OwnEdition) -> None:
    """Warn of withheld passages that this edition words anew: the new words would be public."""
    hidden = withheld(now.store)
    lost = withheld_in(known_edition(now.store, own.based_on).edition, hidden) - withheld_in(own.words.edition, hidden)
    if lost > 0:
        inset(
            f"{counted(lost, 'withheld passage')} changed here. The new words are public, unless you hold them back again."
        )


def edition_facts(own: OwnEdition) -> None:
    """Show what an edition is, and who wrote words of it."""
    facts(
        {
            "What changed": own.change or "Not said yet",
            "Takes force": day(own.force_from) if own.force_from else "Not set",
            "Drafted from": own.based_on,
            "Hash of the words": own.sha256 or "Fixed when it is handed over",
            "Written by": f"{listed(own.writers)}. Nobody who wrote any of it can authorise it.",
        }
    )

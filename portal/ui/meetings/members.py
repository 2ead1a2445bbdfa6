"""Members of a group as pages show them: the list with what is missing, one entry, and the form for it."""

from collections.abc import Mapping, Sequence

import streamlit as st

from portal.ground.wording import day
from portal.meetings.planning.members import SAID_LENGTH, ListedMember, MemberDetails
from portal.ui.blocks import Cell, LinkTo, Tag, facts, table
from portal.ui.fields import long_field, text_field

_BLANK = MemberDetails(name="", organisation="", post="")


def members_table(caption: str, listed: Sequence[ListedMember], meeting_id: str) -> None:
    """Show members: who, for whom, what they may stay for, and what the entry lacks."""
    rows: list[list[Cell]] = [
        [
            LinkTo(one.entry.name, f"/meeting-member?id={meeting_id}&member={one.id}"),
            f"{one.entry.post}, {one.entry.organisation}",
            stay_tag(one),
            Tag("Ended " + day(one.ended_at), "ended") if one.ended_at else _missing(one),
        ]
        for one in listed
    ]
    table(caption, ["Member", "Post", "May stay for", "Entry"], rows, hide_caption=True)


def stay_tag(one: ListedMember) -> Tag:
    """Say what Appendix 6 lets a member stay for."""
    return Tag("Open and closed session", "done") if one.may_stay else Tag("Open session only", "waiting")


def _missing(one: ListedMember) -> Tag:
    return Tag("Missing: " + ", ".join(one.missing), "waiting") if one.missing else Tag("Complete", "done")


def member_facts(one: ListedMember) -> None:
    """Show one entry, with the reason for what the member may stay for."""
    entry = one.entry
    rows: list[tuple[str, Cell]] = [
        ("Organisation", entry.organisation),
        ("Post", entry.post),
        ("May stay for", stay_tag(one)),
        ("Why", one.why),
        ("Knows", entry.knows or None),
        ("Can decide", entry.decides or None),
        ("Limits", entry.limits or None),
        ("Backed by", entry.backed_by or None),
        ("Deputy", entry.deputy or "None named"),
        ("Induction", f"{day(one.inducted_at)}, by {one.inducted_by}" if one.inducted_at else None),
        ("On this list since", day(one.since)),
    ]
    if one.ended_at:
        rows.append(("Left the group", day(one.ended_at)))
    facts([(name, Tag("Missing", "waiting") if value is None else value) for name, value in rows])


def entry_fields(problems: Mapping[str, str], before: MemberDetails | None, key: str) -> MemberDetails:
    """Draw the fields of an entry inside a form, filled with what stands there; `key` keeps two members' fields apart."""
    had = before or _BLANK

    def short(name: str, words: str, hint: str = "") -> str:
        return text_field(words, f"{key}.{name}", value=getattr(had, name), hint=hint, problems=problems, most=200)

    def long(name: str, words: str, hint: str) -> str:
        return long_field(
            words, f"{key}.{name}", value=getattr(had, name), hint=hint, problems=problems, most=SAID_LENGTH, height=80
        )

    name = short("name", "Full name")
    organisation = short("organisation", "Organisation", "As the list of partners has it")
    post = short("post", "Post", "Like Neighbourhood sergeant")
    st.write("**What the group must know.** You can add this later; the list shows what is missing.")
    return MemberDetails(
        name=name,
        organisation=organisation,
        post=post,
        knows=long("knows", "Which work they know in detail", "An area or kind of work. Name nobody"),
        decides=long("decides", "What they can decide at the meeting", "Like spending, visits, or taking a case on"),
        limits=long("limits", "Limits of their agency's part", "What it cannot do, or needs somebody else for"),
        backed_by=short("backed_by", "Senior manager who backs it", "Name and post"),
        deputy=short("deputy", "Deputy", "Name and post, if there is one"),
    )

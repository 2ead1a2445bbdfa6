"""How people and their roles are shown, and the picture that an app's camera reads."""

from collections.abc import Sequence

import segno
import streamlit as st

from portal.accounts.organisations import choices
from portal.accounts.people import AccountHolder, HeldPost
from portal.ground.act import ROLE_TITLES, Act, Role
from portal.ground.wording import day, listed
from portal.ui import visitor
from portal.ui.blocks import Tag
from portal.ui.words import escaped


def short_title(role: Role) -> str:
    """Give a role's name without what it does."""
    return ROLE_TITLES[role].split(":")[0]


def post_title(role: Role, organisation: str) -> str:
    """Say a role, and for whom."""
    return f"{short_title(role)}, {organisation}" if organisation else short_title(role)


def post_words(post: HeldPost) -> str:
    """Say a role that is held, and for whom."""
    return post_title(post.role, post.organisation)


def organisation_field(act: Act, label: str, key: str, *, first: str = "") -> str | None:
    """Draw the field to choose an organisation in, `first` being chosen already; None where none is chosen."""
    known = choices(act)
    if not known:
        st.caption("No organisation is on the list yet. Add it before you invite somebody who acts for it.")
        return None
    index = list(known).index(first) if first in known else None
    return st.selectbox(label, list(known), format_func=lambda one: known[one], index=index, key=key)


def roles_words(member: AccountHolder) -> str:
    """Say all roles of a person."""
    return listed([post_words(post) for post in member.posts]) or "No role"


def seen_words(member: AccountHolder) -> str:
    """Say when a person was last here."""
    return day(member.seen_at) if member.seen_at else "Not yet"


def account_tag(member: AccountHolder) -> Tag:
    """Say whether an account is open."""
    return Tag(f"Closed on {day(member.closed_at)}", "ended") if member.closed_at else Tag("Open", "done")


def told_of(what: str) -> tuple[str, str]:
    """Say truly what becomes of a message that was just written: it goes by mail, or waits to be handed over."""
    if visitor.settings().smtp_url:
        return f"{what} is on its way", ""
    return (
        f"{what} waits to be handed over",
        "This portal cannot send mail. Show the link under “Messages waiting”, once.",
    )


def qr_code(address: str, says: str) -> None:
    """Show a QR code in the page itself: a secret one must not become a file that anybody can fetch."""
    picture = segno.make(address, error="m").svg_data_uri(scale=5, border=2, dark="#000000", light="#ffffff")
    st.html(f'<p><img class="portal-code" src="{escaped(picture)}" alt="{escaped(says)}"></p>')


def recovery_codes_shown(codes: Sequence[str]) -> None:
    """Show new recovery codes until the person says that they are kept: the store cannot show them again."""
    if not codes:
        return
    st.header("Your recovery codes")
    st.write("Print this page or write the codes down, and keep them away from your phone. You see them only now.")
    st.code("\n".join(codes), language=None)
    if st.button("I have kept them", type="primary", key="second_step.kept"):
        st.session_state.pop("second_step.codes", None)
        st.rerun()

"""The posts that run a sharing: those of one's own organisation, each with who holds it. Never another's people."""

import streamlit as st

from portal.ground.act import Act
from portal.statements.papers.wording import MOST_POSTS
from portal.statements.views import OpenedStatement, people_for_posts
from portal.ui.blocks import answers
from portal.ui.words import plain

Posts = tuple[tuple[str, str], ...]
_NOBODY = "Somebody without an account here"


def post_fields(act: Act, scope: str, opened: OpenedStatement) -> Posts:
    """Draw the posts of one's own organisation to be named; gives (post, account id or '')."""
    _others(opened)
    own = [one for one in opened.posts if one.organisation_id == opened.ours]
    people = {one.id: one.words for one in people_for_posts(act, opened.line.id)}
    count = st.session_state.setdefault(f"{scope}.count", max(1, len(own)))
    posts = []
    for number in range(count):
        given = own[number] if number < len(own) else None
        with st.container(border=True):
            title = st.text_input(
                f"Post {number + 1} in your organisation",
                value=given.title if given else "",
                max_chars=120,
                key=f"{scope}.{number}.title",
                autocomplete="off",
                on_change="ignore",
            )
            account = _holder(f"{scope}.{number}.holder", people, given.account_id if given else "")
        posts.append((str(title or ""), account))
    if count < MOST_POSTS and st.button("Add another post", key=f"{scope}.more"):
        st.session_state[f"{scope}.count"] = count + 1
        st.rerun()
    return tuple(posts)


def holder_fields(act: Act, scope: str, opened: OpenedStatement) -> Posts:
    """Draw who holds the posts of one's own organisation now; the posts stay as they were signed."""
    own = [one for one in opened.posts if one.organisation_id == opened.ours]
    people = {one.id: one.words for one in people_for_posts(act, opened.line.id)}
    posts = []
    for one in own:
        st.markdown(f"**{plain(one.title)}**")
        posts.append((one.title, _holder(f"{scope}.{one.number}.holder", people, one.account_id)))
    return tuple(posts)


def _holder(key: str, people: dict[str, str], given: str) -> str:
    choices = ["", *people]
    picked = st.selectbox(
        "Who holds it now (optional)",
        choices,
        index=choices.index(given) if given in choices else 0,
        format_func=lambda value: people.get(value, _NOBODY),
        key=key,
    )
    st.caption("When this person leaves, the statement is flagged for review.")
    return str(picked or "")


def _others(opened: OpenedStatement) -> None:
    rows = [
        (opened.names[party.id], "\n".join(one.title for one in opened.posts if one.organisation_id == party.id), "")
        for party in opened.parties
        if party.id != opened.ours
    ]
    answers(rows)

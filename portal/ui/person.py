"""What changes about a person, on the manager's page: what is left when they leave, another address, coming back."""

from collections.abc import Callable, Mapping

import streamlit as st

from portal.accounts.changes import change_email, reopen
from portal.accounts.people import AccountHolder
from portal.duties.leaving import what_leaving_means
from portal.ground.act import Act
from portal.ui.fields import text_field
from portal.ui.problems import problems_kept
from portal.ui.words import plain


def said_before_leaving(act: Act, who: AccountHolder) -> None:
    """Say what nobody else does yet of what this person does, before a role ends or the account closes."""
    alone = what_leaving_means(act, who.id)
    if alone:
        st.header("If they leave")
        st.markdown("\n".join(f"- {plain(sentence)}" for sentence in alone))


def another_address(act: Act, who: AccountHolder, problems: Mapping[str, str], done: Callable[[str], None]) -> None:
    """Ask for another address to sign in with."""
    st.header("Another address")
    with st.form("person.email"):
        email = text_field("E-mail address", "person.email", value=who.email, problems=problems, autocomplete="off")
        if st.form_submit_button("Save the address"):
            with problems_kept():
                change_email(act, who.id, email)
                done("The address is changed. Both addresses are told.")


def come_back(act: Act, who: AccountHolder, done: Callable[[str], None]) -> None:
    """Offer to open a closed account again."""
    if who.closed_at and st.button("They are back: open this account again", key="person.reopen"):
        with problems_kept():
            reopen(act, who.id)
            done("The account is open again. Give it a role, and send a link to a new password.")

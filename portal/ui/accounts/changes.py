"""What changes about a person, on the manager's page: what is left when they leave, another address, coming back."""

from collections.abc import Callable, Mapping

import streamlit as st

from portal.accounts.changes import address_asked, ask_address, confirm_address, drop_address, reopen
from portal.accounts.people import AccountHolder
from portal.duties.leaving import what_leaving_means
from portal.ground.act import Act
from portal.ui import visitor
from portal.ui.accounts.authenticator import proves
from portal.ui.fields import text_field
from portal.ui.flow import done
from portal.ui.problems import problems_kept
from portal.ui.words import plain


def said_before_leaving(act: Act, who: AccountHolder) -> None:
    """Say what nobody else does yet of what this person does, before a role ends or the account closes."""
    alone = what_leaving_means(act, who.id)
    if alone:
        st.header("If they leave")
        st.markdown("\n".join(f"- {plain(sentence)}" for sentence in alone))


def another_address(act: Act, who: AccountHolder, problems: Mapping[str, str], done: Callable[[str], None]) -> None:
    """Ask for another address for somebody to sign in with: a code goes to it, and they tell it to the manager."""
    st.header("Another address")
    if address_asked(act, who.id):
        st.write("They read the code to you, so that we know that the address is theirs.")
    if _ask_or_confirm(act, who.id, who.email, problems):
        done("The address is changed. Both addresses are told.")


def own_address(act: Act, problems: Mapping[str, str]) -> None:
    """Ask for another address to sign in with oneself: the password, and a code that goes to it."""
    if _ask_or_confirm(act, act.person.id, "", problems):
        done("Your address is changed", "Sign in with the new one from now on. Both addresses are told.")


def _ask_or_confirm(act: Act, account_id: str, now: str, problems: Mapping[str, str]) -> bool:
    """Draw the form of the address or that of its code; True once the address is changed."""
    asked, own = address_asked(act, account_id), account_id == act.person.id
    if not asked:
        with st.form("person.email"):
            email = text_field("E-mail address", "person.email", value=now, problems=problems, autocomplete="off")
            password = own and text_field(
                "Your password", "person.password", problems=problems, autocomplete="current-password", kind="password"
            )
            sent = st.form_submit_button("Send a code to this address")
        if sent:
            with problems_kept():
                if own:
                    proves(act, str(password), field="password")
                ask_address(act, account_id, email)
            st.rerun()
        return False
    sent_so = f"We sent a code to {asked}."
    if not visitor.settings().smtp_url:
        sent_so = (
            f"This portal cannot send mail. The Information Manager finds a code for {asked} under “Messages waiting”."
        )
    st.write(plain(f"{sent_so} It is good for 10 minutes."))
    with st.form("person.code", clear_on_submit=True):
        code = text_field("6-digit code", "person.code", problems=problems, most=10, autocomplete="one-time-code")
        sent = st.form_submit_button("Change the address")
    if st.button("Use another address", key="person.other_address"):
        drop_address(act, account_id)
        st.rerun()
    if sent:
        with problems_kept():
            confirm_address(act, account_id, code, keep=visitor.session_secret() if own else "")
            return True
    return False


def come_back(act: Act, who: AccountHolder, done: Callable[[str], None]) -> None:
    """Offer to open a closed account again."""
    if who.closed_at and st.button("They are back: open this account again", key="person.reopen"):
        with problems_kept():
            reopen(act, who.id)
            done("The account is open again. Give it a role, and send a link to a new password.")

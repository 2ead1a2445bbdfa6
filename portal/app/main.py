"""The script that Streamlit runs: who is here, which pages they may see, run the page. Deny by default."""

import streamlit as st

from portal.app.page_table import page_table
from portal.ground.act import Act
from portal.ground.database import BusyError
from portal.ground.errors import NotAllowedError, PortalError, ServiceProblemError, SignedOutError
from portal.ground.page_access import BY_ADDRESS, comes_first, may_open
from portal.ground.partnership import facts
from portal.ground.process.logs import problem
from portal.ground.settings import ROOT
from portal.rules.errors import RulesError
from portal.ui import visitor
from portal.ui.accounts.authenticator import remember
from portal.ui.layout import DRAWN, close_page, open_page, shown_whole, time_out_warning
from portal.ui.visitor import act as begin_act
from portal.ui.words import plain


def draw() -> None:
    """Draw the page that was asked for, or why it cannot be opened; its address stays."""
    here = begin_act()
    remember(here)
    known = facts(here.store)
    st.set_page_config(layout="centered", initial_sidebar_state="collapsed", page_icon="🛡️")
    asked = st.navigation(page_table(here.person), position="top")
    open_page(known, here)
    page = st.container()
    close_page(
        known, here, asked.url_path
    )  # drawn first, below the page's place: a page that stops early keeps its foot
    if here.person.signed_in:
        time_out_warning()
    with shown_whole(asked.url_path), page:
        fill(here, asked, set_up=known.set_up)


def fill(here: Act, asked: object, *, set_up: bool) -> None:
    """Fill the page's place: the page, or why it cannot be opened."""
    address: str = asked.url_path  # type: ignore[attr-defined]  # Streamlit's page object has no public type
    if not set_up and not BY_ADDRESS[address].before_set_up:
        st.switch_page(ROOT / "pages" / BY_ADDRESS["set-up"].file)
    elif first := comes_first(here.person, address):
        st.switch_page(ROOT / "pages" / BY_ADDRESS[first].file)
    elif may_open(here.person, address):
        run(asked, address)
    else:
        refuse(here)


def run(asked: object, address: str) -> None:
    """Run a page; an expected refusal is a page of its own, an unexpected one gets a number and no details."""
    try:
        asked.run()  # type: ignore[attr-defined]  # Streamlit's page object has no public type
    except SignedOutError as error:
        st.title("You have been signed out")
        st.write(error.message)
        st.page_link(ROOT / "pages" / BY_ADDRESS["sign-in"].file, label="Sign in")
    except NotAllowedError as error:
        st.title("You cannot open this page")
        st.write(plain(error.message))
    except (PortalError, RulesError) as error:
        st.title("There is a problem")
        st.write(plain(error.message))
    except Exception as error:  # noqa: BLE001 - the last line of defence; Streamlit's own signals are BaseException
        service = ServiceProblemError(problem(error, address))
        st.title(service.titles)
        st.write(service.message)


def refuse(here: Act) -> None:
    """Ask a visitor to sign in, in place, so that the wanted page follows; tell a signed-in person who can open it."""
    if here.person.signed_in:
        st.title("You cannot open this page")
        st.write("Your account does not cover it. Ask your Information Manager who can help.")
        return
    from portal.ui.accounts.sign_in import sign_in_form  # noqa: PLC0415 - the form is drawn only here and on its own page

    st.title("Sign in to open this page")
    if visitor.session_secret():
        st.write(
            "You are signed out, because nothing happened for 30 minutes or you signed out. What you saved is kept."
        )
    sign_in_form()


def draw_or_say_why_not() -> None:
    """Draw the page; where not even who is here can be read, say so in words and not on a page without any."""
    try:
        draw()
    except BusyError as error:
        st.html(DRAWN)
        st.title(ServiceProblemError.titles)
        st.write(error.message.removeprefix(f"{ServiceProblemError.titles}. "))


draw_or_say_why_not()

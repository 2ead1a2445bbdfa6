"""Joining a meeting inside the portal: the code, the meeting, the promises, and the confirmation."""

import streamlit as st

from portal.accounts.addresses import network
from portal.ground.act import Act
from portal.ground.errors import PortalError
from portal.ground.vault import token
from portal.ground.wording import clock, day, day_and_time
from portal.meetings.check_in.codes import as_typed
from portal.meetings.check_in.door import Door, find_door
from portal.meetings.check_in.signing import SignedLine
from portal.meetings.check_in.understanding_check import lessons
from portal.meetings.undertakings.undertaking import words_in_force
from portal.meetings.undertakings.undertaking_words import five
from portal.rules.forms.attendance import undertakings
from portal.ui.blocks import facts, panel
from portal.ui.fields import text_field
from portal.ui.problems import keep, kept
from portal.ui.words import plain

SECRET = "join.secret"  # noqa: S105 - where this session keeps what stands for its phone
_CODE = "join.code"


def found_door(here: Act) -> Door | None:
    """Give the door whose code was typed in this session, or None where there is none; the reason then stands above."""
    code = str(st.session_state.get(_CODE, "") or st.query_params.get("code", ""))
    if not code:
        return None
    try:
        door = find_door(here, code, _address())
    except PortalError as error:
        st.session_state.pop(_CODE, None)
        st.query_params.clear()
        keep({"code": error.message})
        return None
    st.session_state[_CODE] = door.code
    return door


def ask_code() -> None:
    """Ask for the meeting's code."""
    st.title("Join a meeting")
    st.write("You need no account. On a phone, scan the square that the Chair shows; that page is quicker.")
    problems = kept()
    with st.form("join_code"):
        typed = text_field(
            "The meeting's code", "join_code.code", hint="6 or 10 letters and numbers", problems=problems, most=20
        )
        sent = st.form_submit_button("Go on", type="primary")
    if sent:
        code = as_typed(typed)
        if code:
            st.session_state[_CODE] = code
        else:
            keep({"code": "Enter the letters and numbers of the code."})
        st.rerun()


def promises(here: Act, door: Door) -> None:
    """Show which meeting it is, then what is promised, with all of it a tap away."""
    edition = words_in_force(here)
    facts({"Meeting": door.name, "When": day_and_time(door.starts_at), "Where": door.place, "Chair": door.chair_name})
    st.header("What you promise")
    st.markdown("\n".join(f"- {plain(text)}" for text in five(edition)))
    with st.expander("Read all of it"):
        st.markdown("\n".join(f"- {plain(one.text)}" for one in undertakings(edition)))
        st.write(plain(f"Laws: {'; '.join(edition.confidentiality.laws)}."))


def signed_panel(door: Door, signed: SignedLine) -> None:
    """Confirm the signature, with what wrong answers teach, and let somebody else sign."""
    st.title("You have signed")
    panel(
        f"Thank you, {signed.name}",
        f"You signed at {clock(signed.signed_at)} on {day(signed.signed_at)}. Show this to the Chair: {signed.words}",
    )
    facts({"Meeting": door.name, "Chair": door.chair_name})
    teach = lessons(st.session_state.get("join.answers", {}))
    if teach:
        st.header("Remember")
        st.markdown("\n".join(f"- {plain(lesson)}" for lesson in teach))
    if st.button("Someone else wants to sign", key="join.other_person"):
        for key in [key for key in st.session_state if str(key).startswith("join.") and key != _CODE]:
            del st.session_state[key]
        st.session_state[SECRET] = token()
        st.rerun()


def _address() -> str:
    return network(str(st.context.ip_address or ""))

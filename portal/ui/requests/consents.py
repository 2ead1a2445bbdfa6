"""How consents are drawn: what is recorded, the form for one, the form for taking it back and for what followed."""

from collections.abc import Mapping

import streamlit as st

from portal.ground.act import Act
from portal.ground.wording import day, day_and_time, new_id
from portal.requests.consents.recording import (
    LONGEST,
    ConsentGiven,
    record_consent,
    say_what_followed,
    withdraw_consent,
)
from portal.requests.consents.views import HOW, ConsentView
from portal.ui.blocks import facts
from portal.ui.fields import day_field, text_field
from portal.ui.flow import go, pressed_again, show_anew, showing
from portal.ui.problems import at_field, problems_kept
from portal.ui.requests.view import typed_words
from portal.ui.words import plain

Problems = Mapping[str, str]


def show_consent(act: Act, request_id: str, one: ConsentView, problems: Problems) -> None:
    """Show a consent, whether it was taken back, and what each side did then."""
    facts(
        [
            ("Who agreed", one.who),
            ("When", day(one.given_on)),
            ("How", f"{HOW[one.how]}, {'in' if one.explicit else 'not in'} express words"),
            ("Who asked them", one.asked_by),
            ("To what", one.agreed_to),
            ("What shows it", one.evidence),
            ("Recorded", f"{day_and_time(one.recorded_at)} by {one.recorded_by}"),
            ("Taken back", day(one.withdrawn_on) if one.withdrawn_on else "No"),
        ]
    )
    if one.withdrawn_on is None:
        _withdrawal(act, request_id, one, problems)
        return
    st.write("What was shared before that day stays lawful. Nothing more may be shared on this consent.")
    typed_words(one.withdrawal)
    for did in one.followed:
        st.caption(f"{plain(did.organisation)}, {day_and_time(did.at)}")
        typed_words(did.words)
    if one.ours_to_follow:
        at_field(problems, "followed")
        words = st.text_area(
            "What did you do about it?", max_chars=LONGEST, key=f"consent.{one.id}.followed", on_change="ignore"
        )
        if st.button("Record what you did", key=f"consent.{one.id}.follow", type="primary"):
            with problems_kept():
                say_what_followed(act, one.id, words or "")
                go("request-consent", id=request_id)


def _withdrawal(act: Act, request_id: str, one: ConsentView, problems: Problems) -> None:
    st.write("They can take it back at any time, as easily as they gave it.")
    on = day_field("The day they took it back", f"consent.{one.id}.withdrawn_on", problems)
    at_field(problems, "withdrawal")
    words = st.text_area(
        "How did they take it back?", max_chars=LONGEST, key=f"consent.{one.id}.withdrawal", on_change="ignore"
    )
    if st.button("Record that they took it back", key=f"consent.{one.id}.withdraw"):
        with problems_kept():
            withdraw_consent(act, one.id, on, words or "")
            go("request-consent", id=request_id)


def show_consent_form(act: Act, request_id: str, problems: Problems) -> None:
    """Draw the form for a consent."""
    name = f"consent.{request_id}"
    scope = f"{name}.{showing(name)}"
    who = text_field("Who agreed?", f"{scope}.who", problems=problems, most=200)
    given_on = day_field("The day they agreed", f"{scope}.given_on", problems)
    at_field(problems, "how")
    how = st.radio("How did they agree?", list(HOW), index=None, format_func=HOW.get, key=f"{scope}.how")
    at_field(problems, "explicit")
    explicit = st.radio(
        "Did they say it in express words?",
        [True, False],
        index=None,
        format_func=lambda value: "Yes" if value else "No",
        key=f"{scope}.explicit",
    )
    asked_by = text_field("Who asked them: name and post", f"{scope}.asked_by", problems=problems, most=200)
    at_field(problems, "agreed_to")
    agreed_to = st.text_area(
        "What did they agree to?", max_chars=LONGEST, height=90, key=f"{scope}.agreed_to", on_change="ignore"
    )
    at_field(problems, "evidence")
    evidence = st.text_area(
        "What shows it, and where is it kept?",
        max_chars=LONGEST,
        height=90,
        key=f"{scope}.evidence",
        on_change="ignore",
    )
    key = st.session_state.setdefault(f"{scope}.key", new_id())
    told = (who, given_on, how, asked_by, agreed_to, evidence)
    if st.button("Record this consent", key="consent.go", type="primary") and not pressed_again("consent.go", *told):
        given = ConsentGiven(
            who=who,
            asked_by=asked_by,
            agreed_to=agreed_to or "",
            evidence=evidence or "",
            given_on=given_on,
            how=how or "",
            explicit=explicit,
        )
        with problems_kept():
            record_consent(act, request_id, given, key=key)
            show_anew(name)
            go("request-consent", id=request_id)

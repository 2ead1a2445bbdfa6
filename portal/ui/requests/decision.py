"""The form of a decision, and how a decision is shown: item by item."""

from collections.abc import Mapping, Sequence

import streamlit as st

from portal.ground.act import Act
from portal.ground.wording import listed
from portal.requests.case import Case, RequestedItem
from portal.requests.exchange.deciding import sharing_is_against
from portal.requests.exchange.decisions import (
    ALTERNATIVES,
    OUTCOMES,
    ItemVerdict,
    RequestDecision,
    conditions_to_tick,
    handling_of,
    marking_of,
)
from portal.requests.exchange.holder_basis import asks_purpose, basis_in_words, offered_bases, other_conditions
from portal.requests.exchange.section4_check import HOLD_WORDS
from portal.requests.forms.data_subject import matchable
from portal.requests.forms.law_questions import condition_name
from portal.requests.participants import bodies_to_ask
from portal.requests.views import OpenedRequest
from portal.rules.section4.lawful_bases import PURPOSE
from portal.ui.agreement.handling import meaning_of
from portal.ui.blocks import LinkTo, facts, inset, links
from portal.ui.fields import typed_day
from portal.ui.problems import at_field
from portal.ui.requests.view import typed_words
from portal.ui.words import escaped, plain

_ANOTHER = "another"
CHOICES = {**OUTCOMES, "ask": "Ask a question first"}


def what_stands_in_the_way(opened: OpenedRequest) -> None:
    """Say who must still be asked before anything is shared, and where to record it."""
    if opened.still_held_by:
        who = listed([HOLD_WORDS[one] for one in opened.still_held_by])
        st.html(
            '<section class="portal-panel portal-waiting"><h2>Nothing can be shared yet</h2>'
            f"<p>First record what was said by {escaped(who)}. You can refuse, or ask a question, at once.</p></section>"
        )
    if opened.case is not None and opened.case.words("reply") in {"email", "fax"}:
        inset(
            f"They asked for the answer at {opened.case.words('reply.address')}. "
            "Write it here as well: it is kept with the request, and opens only to the people named."
        )
    links(
        [
            LinkTo("Record who was asked", f"/request-consult?id={opened.line.id}"),
            LinkTo("See or record the consent", f"/request-consent?id={opened.line.id}"),
        ]
    )


def sharing(act: Act, scope: str, opened: OpenedRequest, outcome: str, problems: Mapping[str, str]) -> RequestDecision:
    """Draw the form for sharing, all or in part, and give what was decided."""
    case = opened.case
    if case is None:
        return RequestDecision(outcome=outcome)
    matched = _matched(scope, case, problems)
    bodies = {one.id: one.name for one in bodies_to_ask(act) if one.id != case.asking.id}
    items = tuple(
        _item(f"{scope}.{number}", number, item, outcome, problems, bodies) for number, item in enumerate(case.items, 1)
    )
    live = st.radio(
        "Do you know of an investigation or court case that this touches?",
        [True, False],
        index=None,
        format_func=lambda value: "Yes" if value else "No",
        key=f"{scope}.live",
    )
    at_field(problems, "live_case")
    basis, purpose = _basis(scope, case, problems)
    harms = _harms(scope, case, problems)
    ticked: list[str] = []
    conditions = conditions_to_tick(case)
    if conditions:
        st.markdown("**Tick each condition once it is met**")
        ticked = [one.id for one in conditions if st.checkbox(plain(one.text), key=f"{scope}.tick.{one.id}")]
        at_field(problems, "ticked")
    against = ""
    if sharing_is_against(case, opened.consulted):
        against = st.text_area(
            "Why you share although the check, or somebody who was asked, says otherwise",
            max_chars=4000,
            key=f"{scope}.against",
            on_change="ignore",
        )
        at_field(problems, "against_reason")
    asked = case.words("retention")
    theirs = f"They say: “{asked}”" if asked else "They have not said yet how long they need it."
    keep_until = typed_day(
        "Last day on which they may keep it (optional)",
        f"{scope}.keep_until",
        hint=f"Left blank, it is as long as you keep your own record. {theirs}",
        problems=problems,
    )
    reason = st.text_area("Anything to add (optional)", max_chars=4000, key=f"{scope}.reason", on_change="ignore")
    at_field(problems, "reason")
    return RequestDecision(
        outcome=outcome,
        items=items,
        reason=reason,
        against_reason=against,
        ticked=tuple(ticked),
        harms=harms,
        live_case=live,
        keep_until=keep_until,
        matched=matched,
        basis=basis,
        purpose=purpose,
    )


def _basis(scope: str, case: Case, problems: Mapping[str, str]) -> tuple[tuple[str, ...], str]:
    """Let the holder confirm one of the proposed lawful bases, or pick others (clause s4.public-interest)."""
    offered = {one.key: one for one in offered_bases(case)}
    words = {"yes": " (you share it for law enforcement)", "no": " (you share it for something else)"}
    labels = {key: basis_in_words(case, one.ids) + words.get(one.purpose, "") for key, one in offered.items()}
    labels[_ANOTHER] = "Another basis"
    chosen = st.radio(
        "On which lawful basis do you share it? The portal proposes; you confirm.",
        list(labels),
        index=None,
        format_func=lambda key: plain(labels[key]),
        key=f"{scope}.basis",
    )
    at_field(problems, "basis")
    if chosen != _ANOTHER:
        return (offered[chosen].ids, offered[chosen].purpose) if chosen in offered else ((), "")
    conditions = {one.id: condition_name(one) for one in other_conditions(case)}
    picked = st.multiselect(
        "Conditions", list(conditions), format_func=lambda one: plain(conditions[one]), key=f"{scope}.conditions"
    )
    purpose: str | None = ""
    if asks_purpose(case):
        question = case.edition.question(PURPOSE)
        answers = {one.value: one.label for one in question.answers}
        purpose = st.radio(
            plain(question.text), list(answers), index=None, format_func=answers.get, key=f"{scope}.purpose"
        )
    return tuple(picked), purpose or ""


def _matched(scope: str, case: Case, problems: Mapping[str, str]) -> tuple[str, ...]:
    st.markdown("**Is it the same person? Tick what agrees with your record**")
    st.caption("At least two things must agree (Section 7). It is kept with the answer, and they see it.")
    found = tuple(
        one for one, label in matchable(case).items() if st.checkbox(plain(label), key=f"{scope}.matched.{one}")
    )
    at_field(problems, "matched")
    return found


def _source(scope: str, bodies: Mapping[str, str]) -> str:
    chosen = st.selectbox(
        "Where it came from",
        ["", *bodies],
        format_func=lambda one: bodies.get(one, "Our own records"),
        key=f"{scope}.source",
    )
    return chosen or ""


def _item(
    scope: str, number: int, item: RequestedItem, outcome: str, problems: Mapping[str, str], bodies: Mapping[str, str]
) -> ItemVerdict:
    with st.container(border=True):
        st.markdown(f"**Item {number}: {plain(item.what)}**")
        st.caption(plain(f"Why they need it: {item.why}"))
        shared = True
        if outcome == "in_part":
            shared = st.radio("This item", ["Share", "Hold back"], key=f"{scope}.share", horizontal=True) == "Share"
        label = f"Item {number}: the information" if shared else f"Item {number}: why it is not shared"
        words = st.text_area(
            label, max_chars=20_000, key=f"{scope}.{'information' if shared else 'reason'}", on_change="ignore"
        )
        source = _source(scope, bodies) if shared else ""
        at_field(problems, f"item{number}")
    return ItemVerdict(
        source=source, shared=shared, information=words if shared else "", reason="" if shared else words
    )


def _harms(scope: str, case: Case, problems: Mapping[str, str]) -> tuple[str, ...]:
    """Ask the two questions of Appendix 4, then the other harms; show the marking and how it is handled."""
    grounds = [one for one in case.edition.restricted_grounds if one.id != "names-people"]
    first = [one for one in grounds if one.ref.startswith("App 4")]
    least = marking_of(case)
    st.markdown("**Two questions set the marking (Appendix 4)**")
    st.write(plain(f"1. Is it about people who can be picked out? It is, so it is {least.title} at least."))
    st.write("2. Could it do more harm than that if it got out? Tick what is true.")
    harms = [one.id for one in first if st.checkbox(plain(one.text), key=f"{scope}.harm.{one.id}")]
    with st.expander("Other harms that call for a marking"):
        rest = [one for one in grounds if one not in first]
        harms += [one.id for one in rest if st.checkbox(plain(one.text), key=f"{scope}.harm.{one.id}")]
    at_field(problems, "harms")
    st.write(plain(f"It will be marked {marking_of(case, harms).title}."))
    with st.expander("How whoever reads it must handle it"):
        show_handling(case, harms)
    return tuple(harms)


def show_handling(case: Case, harms: Sequence[str]) -> None:
    """Show how an answer is marked, how whoever reads it handles it (App 4), and what the marking means (s9)."""
    marking = marking_of(case, harms)
    st.header(plain(f"Handle it as {marking.title}"))
    facts([(one.action.action, one.how) for one in handling_of(case, marking)])
    links([meaning_of(marking)])


def refusing(scope: str, problems: Mapping[str, str]) -> RequestDecision:
    """Draw the form for a refusal: its reason, and what may help instead."""
    reason = st.text_area("Why do you refuse?", max_chars=4000, key=f"{scope}.refusal", on_change="ignore")
    st.caption("They see this reason, and it is kept with the request (Section 6).")
    at_field(problems, "reason")
    other = st.radio(
        "What could help them instead?",
        list(ALTERNATIVES),
        format_func=lambda value: ALTERNATIVES[value],
        key=f"{scope}.alternative",
    )
    return RequestDecision(outcome="refuse", reason=reason, alternative=other or "")


def show_items(items: Sequence[RequestedItem], verdicts: Sequence[ItemVerdict], sources: Sequence[str]) -> None:
    """Show each item with what was decided, as typed, and the body that it came from."""
    for number, (item, verdict, source) in enumerate(zip(items, verdicts, sources, strict=False), 1):
        st.header(plain(f"{number}. {item.what}"))
        came = [("Came from", source)] if verdict.shared else []
        facts([("Decision", "Shared" if verdict.shared else "Not shared"), *came])
        if verdict.shared:
            typed_words(verdict.information or "In the files below.")
        else:
            typed_words(verdict.reason)

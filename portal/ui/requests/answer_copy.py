"""What became of an answer, on the page of its request: received, wrong, kept longer, gone."""

from collections.abc import Mapping, Sequence
from typing import cast

import streamlit as st

from portal.ground.act import Act
from portal.ground.wording import clock, day, day_and_time
from portal.requests.after_disclosure.aftermath import AnswerAftermath
from portal.requests.after_disclosure.onward_sharing import OnwardSharingView, wishes_on
from portal.requests.after_disclosure.retention_extension import object_to_keeping
from portal.requests.exchange.receipt import answer_trouble
from portal.requests.views import OpenedRequest, Side
from portal.ui.blocks import Standing, Tag, facts, inset, link_button
from portal.ui.flow import go
from portal.ui.problems import at_field, problems_kept


def show_after(act: Act, opened: OpenedRequest, problems: Mapping[str, str]) -> None:
    """Show what became of the answer, and what this person can do about it."""
    after = opened.after
    if after is None:
        return
    st.header("What became of the answer")
    facts(
        [
            ("Received", _received(after)),
            ("To be kept until", f"{day(after.keep_until)}{' (over)' if after.is_over else ''}"),
            *([("Gone", f"{after.how}, {after.gone_by} on {day_and_time(after.gone_at)}")] if after.gone_at else []),
        ]
    )
    _said(after)
    _show_wishes(wishes_on(act, opened.line.id))
    if opened.line.side is Side.ASKING:
        _for_recipient(after, opened.line.id)
    if after.may_end:
        link_button("Say whether it is gone", f"/request-gone?id={opened.line.id}", primary=after.is_over)
    _for_holder(act, after, opened.line.id, problems)
    if after.certificate:
        link_button("Download the certificate of destruction (PDF)", f"/files/certificate/{opened.line.id}.pdf")


_ANSWERED = {
    "waiting": ("Waits for {0}", "waiting"),
    "yes": ("Yes, with conditions", "done"),
    "no": ("No", "stopped"),
    "lapsed": ("Lapsed: what it was about is gone", "ended"),
}


def _show_wishes(wishes: Sequence[OnwardSharingView]) -> None:
    for one in wishes:
        words, standing = _ANSWERED[one.status]
        if one.status == "waiting" and one.originator_closed:
            words, standing = f"None: {{0}} closed on {day(one.originator_closed)}. Do not pass it on", "stopped"
        facts(
            [
                ("Wish to pass on", f"{'; '.join(one.facts)} to {one.to}"),
                ("Asked", f"{one.asked_by}, {day(one.asked_at)}. {one.why}"),
                ("Answer", Tag(words.format(one.originator), cast("Standing", standing))),
                *([("What they say", f"{one.answered_by}: {one.said}")] if one.said else []),
            ]
        )


def _received(after: AnswerAftermath) -> str:
    if after.status == "wrong":
        return "Something is wrong with it: see below"
    if after.confirmed_at is None:
        return "Not confirmed yet"
    return f"{after.confirmed_by} has it, and it is what was asked for ({day(after.confirmed_at)})"


def _said(after: AnswerAftermath) -> None:
    rows = [
        (f"{'Wrong' if one.kind == 'trouble' else 'Reply'}, {one.by}, {day(one.at)} at {clock(one.at)}", one.words)
        for one in after.notes
    ]
    for one in after.longer:
        rows.append((f"Needed until {day(one.until)}, {one.asked_by}, {day(one.asked_at)}", one.why))
        if one.objection:
            rows.append((f"Objection, {one.objected_by}", one.objection))
    if rows:
        facts(rows)


def _for_recipient(after: AnswerAftermath, request_id: str) -> None:
    if after.is_over:
        inset("The time for which you may keep it is over. Say that it is gone, or why you still need it.")
    if after.may_confirm or after.may_report:
        words = "Say whether you have it" if after.may_confirm else "Something is wrong with it"
        link_button(words, f"/request-received?id={request_id}", primary=after.may_confirm and not after.is_over)
    if after.may_pass_on:
        link_button("Pass a fact on to another body", f"/request-pass-on?id={request_id}")


def _for_holder(act: Act, after: AnswerAftermath, request_id: str, problems: Mapping[str, str]) -> None:
    if after.may_reply:
        words = st.text_area(
            "What you say about it", max_chars=4000, key=f"request_view.{request_id}.remedy", on_change="ignore"
        )
        at_field(problems, "remedy")
        if st.button("Send reply", type="primary", key="request_view.send_remedy"):
            with problems_kept():
                answer_trouble(act, request_id, words)
                go("request-view", id=request_id)
    if after.may_object:
        with st.expander("Object to their keeping it longer"):
            st.write("Their time is then over at once, and they are asked whether it is gone.")
            why = st.text_area("Why", max_chars=2000, key=f"request_view.{request_id}.objection", on_change="ignore")
            at_field(problems, "objection")
            if st.button("Object", key="request_view.object"):
                with problems_kept():
                    object_to_keeping(act, request_id, why)
                    go("request-view", id=request_id)

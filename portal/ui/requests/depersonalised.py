"""How requests without names are shown: where the data is already, the lists, the answer and its form."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import streamlit as st

from models.after_disclosure import OnwardSharing
from portal.ground.act import Act
from portal.ground.errors import AnswersNeededError
from portal.ground.wording import day, today
from portal.requests.case import Body
from portal.requests.depersonalised.answers import answer_without_names, decline_without_names
from portal.requests.depersonalised.figure_files import KINDS, MOST_BYTES
from portal.requests.depersonalised.views import DataRequest
from portal.requests.entitlement import Side
from portal.requests.status import age
from portal.rules.datasets.catalogue import data_sets_of
from portal.rules.edition.editions import edition_in_force
from portal.ui.blocks import LinkTo, Standing, Tag, links, table
from portal.ui.fields import megabytes
from portal.ui.flow import go
from portal.ui.problems import at_field, problems_kept
from portal.ui.words import plain

_CLOSED: dict[str, tuple[str, Standing]] = {
    "answered": ("Answered", "done"),
    "declined": ("Declined", "stopped"),
    "withdrawn": ("Withdrawn", "ended"),
}


def already_there(act: Act, body: Body | None) -> None:
    """Lead to published figures and data sets first: what is there already need not be asked for."""
    st.header("It may be there already")
    found = [
        LinkTo("See the published figures", "/statistics"),
        LinkTo("Look at the returns of your organisation", "/return"),
        LinkTo("See which data each organisation gives, and when", "/agreement?part=data"),
    ]
    links(found)
    if body is None:
        return
    sets = data_sets_of(body.kind, edition_in_force(today(act.at)).id)
    if sets:
        st.write(plain(f"Each quarter {body.name} hands over:"))
        st.markdown("\n".join(f"- {plain(one.title)}" for one in sets))
        st.caption("The Community Safety Officer has these without names. Ask there first.")


def tag_of(one: DataRequest, now: datetime) -> Tag:
    """Say whose turn it is, or how it ended."""
    if one.waits and one.other_closed:
        end = "decline it" if one.side is Side.HOLDING else "withdraw it"
        return Tag(f"Your turn: they closed on {day(one.other_closed)}, so {end}", "waiting")
    if one.waits:
        late = " (late)" if today(now) > one.wanted_by else ""
        if one.side is Side.HOLDING:
            return Tag(f"Your turn: answer by {day(one.wanted_by)}{late}", "waiting")
        return Tag(f"Their turn, wanted by {day(one.wanted_by)}{late}", "ended")
    words, standing = _CLOSED[one.status]
    return Tag(f"{words} {age(one.turn_since, now)}", standing)


def show_data_requests(found: Sequence[DataRequest], now: datetime) -> None:
    """Show requests without names in a table, both ways."""
    table(
        "Requests without names",
        ["Request", "Between", "Sent", "Whose turn"],
        [
            (
                LinkTo(one.reference, f"/data-request?id={one.id}"),
                f"From {one.asking}" if one.side is Side.HOLDING else f"To {one.holder}",
                day(one.sent_at),
                tag_of(one, now),
            )
            for one in found
        ],
        hide_caption=True,
    )


def answer_form(act: Act, one: DataRequest, problems: Mapping[str, str]) -> None:
    """Draw the form with which the holder answers or declines."""
    st.header("Your answer")
    scope = f"data_request.{one.id}"
    choices = {"answer": "Give the figures", "decline": "Decline, and say why"}
    choice = st.radio("What do you do?", list(choices), index=None, format_func=choices.get, key=f"{scope}.choice")
    at_field(problems, "choice")
    words, reason = "", ""
    files: tuple[tuple[str, bytes], ...] = ()
    if choice == "answer":
        words = st.text_area(
            "The figures, or what is in the file",
            max_chars=10_000,
            height=160,
            key=f"{scope}.answer",
            on_change="ignore",
        )
        st.caption("Name nobody. What is written or sent here is read first, and refused if it points to a person.")
        at_field(problems, "answer")
        chosen = st.file_uploader(
            "Files (optional, CSV or XLSX with one sheet, 3 at most)",
            type=list(KINDS),
            accept_multiple_files=True,
            max_upload_size=megabytes(MOST_BYTES),
            key=f"{scope}.files",
        )
        files = tuple((file.name, file.getvalue()) for file in chosen)
    elif choice == "decline":
        reason = st.text_area("Why?", max_chars=10_000, height=110, key=f"{scope}.reason", on_change="ignore")
        at_field(problems, "reason")
    if st.button("Send answer", type="primary", key=f"{scope}.go"):
        with problems_kept():
            if choice is None:
                raise AnswersNeededError({"choice": "Choose what you do."})
            if choice == "answer":
                answer_without_names(act, one.id, words, files)
            else:
                decline_without_names(act, one.id, reason)
            go("data-request", id=one.id)


def show_wishes_to_us(wishes: Sequence[OnwardSharing]) -> None:
    """Lead to the questions of partners who want to pass on what came from this organisation."""
    if not wishes:
        return
    st.header("Partners who ask to pass a fact of yours on")
    links([LinkTo(f"Asked on {day(one.asked_at)}: answer it", f"/passing-on?id={one.id}") for one in wishes])

"""How papers on data protection are drawn: where each stands, what one says, its questions, its signatures."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import cast

import streamlit as st

from portal.accountability.papers.answers import LONGEST, save_answers
from portal.accountability.papers.making import make_paper, sign_paper
from portal.accountability.papers.sections import PaperSection
from portal.accountability.papers.views import OpenedPaper, PaperLine
from portal.ground.act import Act
from portal.ground.wording import new_id
from portal.ui.blocks import LinkTo, Standing, Tag, facts, link_button, panel, table
from portal.ui.fields import label
from portal.ui.flow import go
from portal.ui.problems import problems_kept
from portal.ui.words import plain

Problems = Mapping[str, str]
_SIDE_BY_SIDE = 4  # columns of a table that can still be read side by side


def show_papers(caption: str, lines: Sequence[PaperLine], on: date) -> None:
    """Show papers in a table that says where each stands."""
    table(
        caption,
        ["Paper", "Where it stands"],
        [
            (LinkTo(one.title, f"/accountability-paper?subject={one.subject.code}"), _tag(one.stands(on)))
            for one in lines
        ],
        hide_caption=True,
    )


def show_paper_standing(line: PaperLine, on: date) -> None:
    """Say above everything where a paper stands, and give its files."""
    words, tint = line.stands(on)
    panel(words, standing=cast("Standing", tint))
    if line.paper_id:
        for form, name in (("pdf", "PDF"), ("csv", "spreadsheet, CSV"), ("json", "for machines, JSON")):
            link_button(f"Download it ({name})", f"/files/accountability/{line.paper_id}.{form}")


def show_sections(sections: Sequence[PaperSection]) -> None:
    """Show what a paper says."""
    for section in sections:
        st.subheader(plain(section.title))
        for text in section.paragraphs:
            st.write(plain(text))
        if section.items:
            st.markdown("\n".join(f"- {plain(one)}" for one in section.items))
        if section.rows and len(section.headings) <= _SIDE_BY_SIDE:
            table(section.title, section.headings, section.rows, hide_caption=True)
        else:
            for row in section.rows:
                st.markdown(f"**{plain(row[0])}**")
                facts(list(zip(section.headings[1:], row[1:], strict=True)))


def show_questions(act: Act, opened: OpenedPaper, problems: Problems) -> None:
    """Draw what only the body itself can say; it is asked once and kept."""
    subject = opened.line.subject
    shown, first = (f"accountability.{subject.code}.{key}" for key in ("shown", subject.kind.questions[0].key))
    if first not in st.session_state:  # the page is opened: what was shown before is gone with its fields
        st.session_state.pop(shown, None)
    was = st.session_state.setdefault(shown, dict(opened.said))
    st.header("What only you can say")
    with st.form("accountability.answers"):
        typed = {}
        for one in subject.kind.questions:
            name = label(one.prompt, one.hint, problems.get(one.key, ""))
            typed[one.key] = (
                st.text_area(
                    name,
                    opened.said[one.key],
                    key=f"accountability.{subject.code}.{one.key}",
                    max_chars=LONGEST,
                    height=90,
                    label_visibility="collapsed",
                )
                or ""
            )
        if st.form_submit_button("Save these answers"):
            with problems_kept():
                save_answers(act, subject, typed, was=was)
                del st.session_state[shown]
                go("accountability-paper", subject=subject.code)


def show_making(act: Act, opened: OpenedPaper) -> None:
    """Draw the button that makes the paper, and the one that signs it."""
    line, scope = opened.line, f"accountability.{opened.line.subject.code}"
    if opened.may_keep:
        st.write(
            "Read it below. The portal makes it as it stands now, and seals it. Those who signed before sign anew."
        )
        key = st.session_state.setdefault(f"{scope}.key", new_id())
        if st.button("Make this paper", key="accountability.make"):
            with problems_kept():
                make_paper(act, line.subject, key=key)
                del st.session_state[f"{scope}.key"]
                go("accountability-paper", subject=line.subject.code)
    if opened.may_sign:
        st.write("By signing you say that you read it and that it is right.")
        if st.button("Sign this paper", key="accountability.sign", type="primary"):
            with problems_kept():
                sign_paper(act, line.paper_id)
                go("accountability-paper", subject=line.subject.code)


def _tag(stands: tuple[str, str]) -> Tag:
    return Tag(stands[0], cast("Standing", stands[1]))

"""Screen: one paper on data protection: where it stands, what only the body can say, what it says today, its signatures."""

import streamlit as st

from portal.accountability.papers.views import open_paper, paper_history
from portal.ground.wording import today
from portal.ui.accountability.papers import show_making, show_paper_standing, show_questions, show_sections
from portal.ui.blocks import LinkTo, inset, links
from portal.ui.problems import kept
from portal.ui.requests.view import asked_for
from portal.ui.statements.view import show_history
from portal.ui.visitor import act
from portal.ui.words import plain

here = act()
opened = open_paper(here, asked_for("subject"))
kind = opened.line.subject.kind
problems = kept()
links([LinkTo("Back to all papers", "/accountability")])
st.title(plain(opened.line.title))
st.write(plain(kind.about))
inset(kind.law if kind.verified else f"{kind.law}. Not all of this law was read for it: check it.")
show_paper_standing(opened.line, today(here.at))
if opened.may_keep:
    show_questions(here, opened, problems)
show_making(here, opened)
st.header("What it says today")
show_sections(opened.sections)
show_history(paper_history(here, opened.line.subject.code))

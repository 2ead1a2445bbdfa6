"""The table of pages as Streamlit's own page objects. Each is read once a process: 160 paths looked up were a fifth of a run."""

from copy import copy
from functools import cache

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from portal.ground.act import Person
from portal.ground.page_access import PAGES, Page, in_menu
from portal.ground.settings import ROOT


def page_table(person: Person) -> list[StreamlitPage]:
    """Give every page of the portal; those in this person's menu are visible there. May be asked for in a run alone."""
    return [copy(_page(one, in_menu=in_menu(person, one))) for one in PAGES]  # a run marks the one that it may call


@cache
def _page(page: Page, *, in_menu: bool) -> StreamlitPage:
    return st.Page(
        ROOT / "pages" / page.file,
        title=page.menu or page.title,
        url_path=page.address or None,
        default=not page.address,
        visibility="visible" if in_menu else "hidden",
    )

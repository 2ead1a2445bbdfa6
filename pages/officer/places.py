"""Screen: the partnership's own lists of places, which say what of a place may stay in a return.

Clauses: s6.no-identifiers, app1.whatever-is-recorded.
"""

import streamlit as st

from portal.ground.page_access import may_open
from portal.ground.wording import counted, day
from portal.partnership.places.list_reading import MOST_BYTES, read_names
from portal.partnership.places.place_lists import KIND_WORDS, lists_loaded, load_list, load_wards, remove_list
from portal.partnership.places.secret_places import SECRET
from portal.privacy.grammar.gazetteer import wards_by_district
from portal.ui.blocks import Cell, LinkTo, links, table
from portal.ui.fields import list_field, which_one
from portal.ui.flow import done, show_done
from portal.ui.problems import at_field, kept, problems_kept
from portal.ui.visitor import act

here = act()
st.title("Places we know")
problems = kept()
show_done()


st.write("In a return, a place stays only where it is known. Most streets and towns are known already.")
st.write(
    "Load your own lists, and more of what your partners send will stay. A new list takes the place of the one before."
)
loaded = lists_loaded(here)
rows: list[list[Cell]] = []
for kind, words in {**KIND_WORDS, SECRET: "Secret places"}.items():
    one = loaded.get(kind)
    who = "Came with set-up" if one and one.with_set_up else f"{one.loaded_by}, {day(one.loaded_at)}" if one else ""
    rows.append([words, counted(one.count, "place" if kind == SECRET else "name") if one else "None yet", who])
table("Lists", ["List", "How many", "Loaded by"], rows, hide_caption=True)
links([LinkTo("Secret places: refuges and safe houses", "/secret-places")])

st.header("Load a list")
st.write("One row for each name. Where the file has several columns, write Name above the right one.")
with st.form("places.load"):
    kind = st.selectbox("Which list", list(KIND_WORDS), format_func=KIND_WORDS.__getitem__, key="places.kind")
    file = list_field("places.file", MOST_BYTES)
    if st.form_submit_button("Load this list", type="primary") and file is not None:
        with problems_kept():
            found = read_names(file, kind)
            count = load_list(here, kind, found)
            some = ", ".join(found.names[:3]) + (" and so on" if count > 3 else "")  # noqa: PLR2004 - a few to know them by
            gone = (
                f" {counted(found.left_out, 'cell')} left out: too long, with a long number, or like a person or a home."
                if found.left_out
                else ""
            )
            done(f"{KIND_WORDS[kind]}: {counted(count, 'name')} loaded", f"They begin: {some}.{gone}")

st.header("Take the wards from the portal")
st.write("The portal has the wards of England and Wales as they were published. Choose your districts.")
with st.form("places.wards"):
    districts = st.multiselect("Districts", list(wards_by_district()), key="places.districts")
    at_field(problems, "districts")
    if st.form_submit_button("Take these wards"):
        with problems_kept():
            done(f"Wards: {counted(load_wards(here, districts), 'name')} loaded")

if there := [one for one in KIND_WORDS if one in loaded]:
    st.header("Remove a list")
    with st.form("places.remove"):
        which = which_one("Which list", there, "places.gone", problems=problems, named=KIND_WORDS.__getitem__)
        if st.form_submit_button("Remove this list"):
            with problems_kept():
                remove_list(here, which())
                done(f"{KIND_WORDS[which()]}: removed")
back = LinkTo("Returns received", "/returns-received"), LinkTo("Settings", "/settings")
links([one for one in back if may_open(here.person, one.href.strip("/"))])

"""Screen: secret places, of which a return keeps nothing but the area: loaded, counted, asked about one at a time, never shown.

Clauses: s6.no-identifiers.
"""

import streamlit as st

from portal.ground.wording import counted, day
from portal.partnership.places import secret_places as secret
from portal.partnership.places.list_reading import MOST_BYTES, read_secrets
from portal.partnership.places.place_lists import lists_loaded, remove_list
from portal.ui.blocks import LinkTo, inset, links
from portal.ui.fields import list_field, text_field
from portal.ui.flow import done, show_done
from portal.ui.problems import kept, problems_kept
from portal.ui.visitor import act
from portal.ui.words import plain

here = act()
st.title("Secret places")
problems = kept()
show_done()


st.write("A refuge or a safe house must not be found through a return. Of a place on this list a return keeps the first half of the postcode and the area, and nothing else.")  # fmt: skip
inset("The list is turned into codes as it is loaded. Nobody can read it back, not even you. Keep your own copy where you keep such things.")  # fmt: skip
held = lists_loaded(here).get(secret.SECRET)
st.write(
    f"{counted(held.count, 'place')} on the list. Last changed on {day(held.loaded_at)} by {plain(held.loaded_by)}."
    if held
    else "No place is on the list yet."
)

st.header("Load the list")
st.write("One row for each place: its name and its address, in as many columns as you like. The new list takes the place of the one before.")  # fmt: skip
with st.form("secret.load"):
    file = list_field("secret.file", MOST_BYTES)
    if st.form_submit_button("Load this list", type="primary") and file is not None:
        with problems_kept():
            places = read_secrets(file, secret.key_of(here.store.vault))
            done(f"{counted(secret.load_secrets(here, places), 'place')} on the list now")

st.header("One place")
st.write("Write its name and address as people write them: Wren House, 7 Mill Lane, Tugby.")
with st.form("secret.one", clear_on_submit=True):
    typed = text_field("The place", "secret.place", problems=problems, most=secret.LONGEST_PLACE)
    test = st.form_submit_button("Ask whether it is on the list", type="primary")
    add = st.form_submit_button("Add it to the list")
    take = st.form_submit_button("Take it off the list")
st.write("The record says that you asked, not what.")
with problems_kept():
    if test:
        done("It is on the list" if secret.is_on_list(here, typed) else "It is not on the list")
    if add:
        done(f"Added: {counted(secret.add_secret(here, typed), 'place')} on the list now")
    if take:
        done("It is off the list" if secret.take_secret(here, typed) else "It was not on the list")
if held:
    st.header("Remove the list")
    with st.form("secret.remove"):
        sure = st.checkbox("I have a copy of the list, or do not need it", key="secret.sure")
        if st.form_submit_button("Remove the whole list") and sure:
            remove_list(here, secret.SECRET)
            done("The list is removed")
links([LinkTo("Places we know", "/places")])

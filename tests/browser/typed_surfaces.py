"""A page with the same typed words on every surface of the framework that renders Markdown, for `test_typed_words`."""

import json
import os

import streamlit as st

from portal.ui.words import plain

show = plain if os.environ["TYPED_HOW"] == "plain" else str
for number, words in enumerate(json.loads(os.environ["TYPED_WORDS"])):
    said = show(words)
    st.title(said)
    st.header(said)
    st.subheader(said)
    st.write(f"Signed by **{said}**.")
    st.markdown(f"- {said}\n- {said}")
    st.markdown(f"| a | b |\n|---|---|\n| {said} | {said} |")
    st.caption(said)
    for alert in (st.success, st.info, st.warning, st.error):
        alert(said)
    st.table([{"a": said}])
    st.radio(f"Which: {said}?", [said, "other"], captions=[said, said], key=f"radio{number}")
    st.checkbox(said, key=f"box{number}")
    st.text_input(said, key=f"text{number}", help=said)
    st.selectbox(said, [said], key=f"select{number}")
    st.file_uploader(said, key=f"file{number}")
    st.button(said, key=f"button{number}")
    st.expander(said, expanded=True).write(said)
    st.tabs([said])[0].write(said)
    st.metric(said, said)
st.header("The end")

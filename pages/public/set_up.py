"""Screen: set up this portal, once, with the code from the terminal."""

import streamlit as st

st.title("Set up this portal")

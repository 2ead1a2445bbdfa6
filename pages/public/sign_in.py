"""Screen: sign in."""

import streamlit as st

from portal.ui.sign_in import sign_in_form

st.title("Sign in")
sign_in_form()

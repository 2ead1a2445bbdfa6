"""What pages are built of; with `pages/` and `app/` the only place that knows Streamlit.

Blocks and fields for all, a folder for each journey.
"""

"""What pages are built of; with `pages/` and `portal/app/` the only place that knows Streamlit.

A page asks `visitor.act` who is here, and stands between `layout.open_page` and `layout.close_page`; `blocks.table` and its
kin, `fields`, `flow` and `problems` are for all, with a folder for each journey. Typed words go through `words.plain`.
"""

"""A screen each, grouped by who stands in front of it. Streamlit runs them by path; none is imported."""

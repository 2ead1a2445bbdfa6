"""The only room besides pages, main.py and server.py that knows Streamlit."""

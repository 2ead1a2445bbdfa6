"""What starts and is started.

`bootstrap` makes the environment, `commands` is the command line, `server` the ASGI application, `main` the script
that Streamlit runs; `backup` and `clause_coverage` serve commands.
"""

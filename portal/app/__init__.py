"""What starts and is started.

`bootstrap` makes the environment, `commands` is the command line and the way in, `server.make_app` the ASGI application
with `websockets` and `timeouts` before it, `main` the script that Streamlit runs; `backup` and `clause_coverage` serve commands.
"""

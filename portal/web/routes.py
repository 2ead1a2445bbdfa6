"""The plain HTTP routes, in one list."""

from starlette.routing import BaseRoute, Route

from portal.web.files import asset
from portal.web.health import healthz
from portal.web.sessions import session


def routes() -> list[BaseRoute]:
    """Give every route beside the pages. Streamlit's own addresses are left to it."""
    return [
        Route("/healthz", healthz),
        Route("/assets/{name}", asset),
        Route("/session", session, methods=["POST"]),
    ]

"""The partnership's logo, as a file of its own."""

import hashlib

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from portal.ground.partnership import facts
from portal.ground.process.runtime import running

_SHUT_IN = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def logo(request: Request) -> Response:
    """Serve the logo; an SVG is shut in, so that even one opened by itself runs nothing. 404 where there is none."""
    known = facts(running().store)
    if known.logo is None:
        return PlainTextResponse("Not found", status_code=404)
    tag = f'"{hashlib.sha256(known.logo).hexdigest()[:32]}"'
    headers = {"Cache-Control": "public, max-age=300", "ETag": tag, "Content-Security-Policy": _SHUT_IN}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(known.logo, media_type=known.logo_type, headers=headers)

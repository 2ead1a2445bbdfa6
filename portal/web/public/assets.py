"""The portal's own files that pages need: the web face and the style sheet."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

_ASSETS = Path(__file__).resolve().parents[2] / "assets"
_SERVED = {
    "atkinson.woff2": ("fonts/atkinson-hyperlegible-next-latin-ext-wght-normal.woff2", "font/woff2"),
    "atkinson-basic.woff2": ("fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2", "font/woff2"),
    "portal.css": ("portal.css", "text/css; charset=utf-8"),
    "plain.css": ("plain.css", "text/css; charset=utf-8"),
}


def asset(request: Request) -> Response:
    """Serve one of the named files; nothing else can be asked for."""
    found = _SERVED.get(request.path_params["name"])
    if found is None or not (_ASSETS / found[0]).is_file():
        return PlainTextResponse("Not found", status_code=404)
    return FileResponse(_ASSETS / found[0], media_type=found[1], headers={"Cache-Control": "public, max-age=86400"})

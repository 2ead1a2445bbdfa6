"""The HTML in which Streamlit draws every page: its own, with the portal's style sheet, face and title in it from the start.

Left to itself the framework draws each page in its own look first and again once the style sheet has come as part of the
page: everything on it jumps. It has no setting for a style sheet of the application's own.
"""

import hashlib
import re
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from portal.ground.errors import UnsafeStartError
from portal.ground.settings import ROOT

_FACE = '<link rel="preload" href="/assets/atkinson-basic.woff2" as="font" type="font/woff2" crossorigin>'
_ITS_FACE = re.compile(r'<link\s+rel="preload"[^>]*SourceSans[^>]*>')
_ON_EVERY_PAGE = ("Html", "purify.es", "BidiComponent", "serialization", "recordbatch", "_arrayReduce")  # its modules
_IN_FORMS = ("Selectbox", "TextInput", "Button", "Radio", "WidgetLabel", "styled-components", "useBasicWidgetState")


def framework_page() -> Path:
    """Give the file of the framework's own page. Raises UnsafeStartError where it is not installed."""
    framework = find_spec("streamlit")
    if framework is None or framework.origin is None:
        raise UnsafeStartError("The web framework is not installed. Run: python3 -m portal setup")
    return Path(framework.origin).parent / "static" / "index.html"


@lru_cache(maxsize=1)
def shell_page() -> str:
    """Give the page: the style sheet stands in the body, after the framework's own, so that its rules hold."""
    file = framework_page()
    style = ROOT / "portal" / "assets" / "portal.css"
    version = hashlib.sha256(style.read_bytes()).hexdigest()[:12]
    early = _early(file, _ON_EVERY_PAGE, "high") + _early(file, _IN_FORMS, "low")
    page = _ITS_FACE.sub("", file.read_text(encoding="utf-8"))
    page = page.replace("<title>Streamlit</title>", "<title>Information sharing portal</title>")
    page = page.replace("</head>", f"{_FACE}{early}</head>", 1)
    return page.replace("<body>", f'<body><link rel="stylesheet" href="/assets/portal.css?v={version}">', 1)


def _early(file: Path, names: tuple[str, ...], priority: str) -> str:
    """Write what has the framework's modules of these names fetched before a page asks for the first of them."""
    return "".join(
        f'<link rel="modulepreload" crossorigin fetchpriority="{priority}" href="./static/js/{module.name}">'
        for name in names
        for module in sorted((file.parent / "static" / "js").glob(f"{name}.*.js"))
    )


def shell(_request: Request) -> Response:
    """Answer the address of a page."""
    return HTMLResponse(shell_page(), headers={"Cache-Control": "no-cache"})

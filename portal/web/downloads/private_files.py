"""Giving out a file that is not for everybody: never kept by a browser, and one plain sentence where it cannot be had."""

from collections.abc import Callable

from starlette.responses import PlainTextResponse, Response

from portal.ground.database import BusyError
from portal.ground.errors import NotAllowedError, PortalError

NEVER_KEPT = {"Cache-Control": "no-store"}
PDF = "application/pdf"


def private_file(content: bytes, kind: str, name: str) -> Response:
    """Give the file to keep; `name` is made of a kind and a reference, never of a person's words."""
    headers = {**NEVER_KEPT, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=kind, headers=headers)


def or_why_not(found: Callable[[], Response]) -> Response:
    """Answer with the file, 404 where it is not theirs (a missing one looks the same), 409 where it cannot be had now."""
    try:
        return found()
    except NotAllowedError as error:
        return PlainTextResponse(error.message, status_code=404, headers=NEVER_KEPT)
    except BusyError:
        raise  # told in the words for a busy store
    except PortalError as error:
        return PlainTextResponse(error.message, status_code=409, headers=NEVER_KEPT)

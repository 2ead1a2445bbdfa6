"""Giving out a file that is not for everybody: never kept by a browser, and one plain sentence where it cannot be had."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from portal.ground.act import Act
from portal.ground.database import BusyError
from portal.ground.errors import NotAllowedError, PortalError
from portal.web.visitors import act_of

NEVER_KEPT = {"Cache-Control": "no-store"}
PDF = "application/pdf"


def private_file(content: bytes, kind: str, name: str) -> Response:
    """Give the file to keep; `name` is made of a kind and a reference, never of a person's words."""
    headers = {**NEVER_KEPT, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=kind, headers=headers)


def or_why_not(found: Callable[[], Response], closed: str = "") -> Response:
    """Answer with the file; 404 where it is not theirs (a missing one looks the same), 409 where it cannot be had now.

    `closed` is what a 404 says, where the refusal's own sentence is not for this reader.
    """
    try:
        return found()
    except NotAllowedError as error:
        return PlainTextResponse(closed or error.message, status_code=404, headers=NEVER_KEPT)
    except BusyError:
        raise  # told in the words for a busy store
    except PortalError as error:
        return PlainTextResponse(error.message, status_code=409, headers=NEVER_KEPT)


def private_pdf(request: Request, give: Callable[[Act, str], tuple[str, bytes]], kind: str) -> Response:
    """Answer with the paper of a thing by the id in the address; `give` returns its reference and the paper."""

    def found() -> Response:
        reference, pdf = give(act_of(request), request.path_params["id"])
        return private_file(pdf, PDF, f"{kind}-{reference}.pdf")

    return or_why_not(found)


def signed_in_file(request: Request, page: str, found: Callable[[Act], Response]) -> Response:
    """Answer with a signed-in person's file; 303 to a page, which asks to sign in, where nobody is."""
    act = act_of(request)
    if not act.person.signed_in:
        return RedirectResponse(page, status_code=303, headers=NEVER_KEPT)
    return or_why_not(lambda: found(act))

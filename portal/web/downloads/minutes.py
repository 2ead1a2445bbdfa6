"""Agenda, minutes and restricted appendix as files, each behind a check of who asks; published minutes for everybody.

Clauses: s6.meetings.restricted-appendix, app6.minutes-and-actions, app3.restricted-minutes.
"""

import json
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from portal.ground.act import PUBLIC, Act, act_now
from portal.ground.database import BusyError
from portal.ground.errors import NotAllowedError, PortalError
from portal.ground.process.runtime import running
from portal.meetings.minutes.papers import agenda_sheet, appendix_sheet, minutes_sheet, published_sheet
from portal.meetings.retention import about_signer as held_about
from portal.web.visitors import act_of

_PRIVATE = {"Cache-Control": "no-store"}
_PDF = "application/pdf"


def meeting_agenda(request: Request) -> Response:
    """Give the sealed agenda (?id=) to the meeting's Chair."""
    return _file(request, "agenda.pdf", lambda act: agenda_sheet(act, _asked(request, "id"), base_url=_base()))


def meeting_minutes(request: Request) -> Response:
    """Give the sealed minutes (?id=) to those they went to, the Chair, and managers once they are final."""
    return _file(request, "minutes.pdf", lambda act: minutes_sheet(act, _asked(request, "id"), base_url=_base()))


def meeting_appendix(request: Request) -> Response:
    """Give the sealed restricted appendix (?id=, and for the Chair ?line=) to those who needed to know."""
    return _file(
        request,
        "restricted-appendix.pdf",
        lambda act: appendix_sheet(act, _asked(request, "id"), _asked(request, "line"), base_url=_base()),
    )


def about_signer(request: Request) -> Response:
    """Give the Information Manager what the meetings hold about one signer (?line=), as JSON, for that person."""

    def made(act: Act) -> bytes:
        return json.dumps(held_about(act, _asked(request, "line")), ensure_ascii=False, indent=2).encode()

    return _file(request, "meetings-about-you.json", made, "application/json")


def public_minutes(request: Request) -> Response:
    """Give published minutes to anybody; answers 404 where there are none under this reference."""
    act = act_now(running().store, PUBLIC)
    try:
        paper = published_sheet(act, str(request.path_params["reference"])[:20], base_url=_base())
    except NotAllowedError:
        return PlainTextResponse("There are no published minutes here.", status_code=404, headers=_PRIVATE)
    return _answer(paper, _PDF, "minutes.pdf")


def _file(request: Request, name: str, make: Callable[[Act], bytes], kind: str = _PDF) -> Response:
    """Answer 200 with the file, 303 where nobody is signed in, 404 where it is not theirs, 409 where it cannot be made."""
    act = act_of(request)
    if not act.person.signed_in:
        return RedirectResponse("/meeting-papers", status_code=303, headers=_PRIVATE)
    try:
        return _answer(make(act), kind, name)
    except NotAllowedError as error:
        return PlainTextResponse(error.message, status_code=404, headers=_PRIVATE)
    except BusyError:
        raise  # told in the words for a busy store
    except PortalError as error:
        return PlainTextResponse(error.message, status_code=409, headers=_PRIVATE)


def _answer(content: bytes, kind: str, name: str) -> Response:
    headers = {**_PRIVATE, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=kind, headers=headers)


def _asked(request: Request, name: str) -> str:
    return request.query_params.get(name, "")[:40]


def _base() -> str:
    return running().settings.base_url

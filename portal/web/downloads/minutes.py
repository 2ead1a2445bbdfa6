"""Agenda, minutes and restricted appendix as files, each behind a check of who asks; published minutes for everybody.

Clauses: s6.meetings.restricted-appendix, app6.minutes-and-actions, app3.restricted-minutes.
"""

import json
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from portal.ground.act import PUBLIC, Act, act_now
from portal.ground.errors import NotAllowedError
from portal.ground.process.runtime import running
from portal.meetings.minutes.papers import agenda_sheet, appendix_sheet, minutes_sheet, published_sheet
from portal.meetings.retention import about_signer as held_about
from portal.web.downloads.private_files import NEVER_KEPT, PDF, private_file, signed_in_file


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
        return PlainTextResponse("There are no published minutes here.", status_code=404, headers=NEVER_KEPT)
    return private_file(paper, PDF, "minutes.pdf")


def _file(request: Request, name: str, make: Callable[[Act], bytes], kind: str = PDF) -> Response:
    return signed_in_file(request, "/meeting-papers", lambda act: private_file(make(act), kind, name))


def _asked(request: Request, name: str) -> str:
    return request.query_params.get(name, "")[:40]


def _base() -> str:
    return running().settings.base_url

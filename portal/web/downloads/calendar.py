"""A person's calendar as a file: downloaded once behind the session, or read by a diary program at its own address."""

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from portal.duties.calendar import coming
from portal.duties.feed import calendar_of, entries
from portal.ground.act import PUBLIC, act_now
from portal.ground.errors import NotAllowedError
from portal.ground.process.runtime import running
from portal.meetings.planning.calendar_files import Entry, calendar_file
from portal.web.visitors import act_of

_PRIVATE = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}


def own_calendar(request: Request) -> Response:
    """Give the signed-in person's calendar as a file; answers 303 to the page, which asks to sign in, where nobody is."""
    act = act_of(request)
    if not act.person.signed_in:
        return RedirectResponse("/calendar", status_code=303, headers=_PRIVATE)
    return _file(entries(coming(act)), request)


def calendar_feed(request: Request) -> Response:
    """Give the calendar that a diary subscribes to, by its own key; answers 404 to any other."""
    act = act_now(running().store, PUBLIC)
    try:
        return _file(calendar_of(act, str(request.path_params["key"])), request)
    except NotAllowedError:
        return PlainTextResponse("There is no such calendar.", status_code=404, headers=_PRIVATE)


def _file(found: list[Entry], request: Request) -> Response:
    host = urlsplit(running().settings.base_url).hostname or "portal"
    content = calendar_file(found, made_at=act_of(request).at, host=host)
    named = {**_PRIVATE, "Content-Disposition": 'attachment; filename="calendar.ics"'}
    return Response(content, media_type="text/calendar; charset=utf-8", headers=named)

"""A person's calendar as a file: downloaded once behind the session, or read by a diary program at its own address."""

from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from portal.duties.calendar import coming
from portal.duties.feed import calendar_of, entries
from portal.ground.act import PUBLIC, Act, act_now
from portal.ground.errors import NotAllowedError
from portal.ground.process.runtime import running
from portal.meetings.planning.calendar_files import Entry, calendar_file
from portal.web.downloads.private_files import NEVER_KEPT, private_file, signed_in_file

_NAME = "calendar.ics"


def own_calendar(request: Request) -> Response:
    """Give the signed-in person's calendar as a file; answers 303 to the page, which asks to sign in, where nobody is."""
    return signed_in_file(request, "/calendar", lambda act: diary_file(act, entries(coming(act)), _NAME))


def calendar_feed(request: Request) -> Response:
    """Give the calendar that a diary subscribes to, by its own key; answers 404 to any other."""
    return diary_feed(request, calendar_of, _NAME)


def diary_feed(request: Request, entries_of: Callable[[Act, str], Sequence[Entry]], name: str) -> Response:
    """Answer a diary program with what a key opens, or 404; `entries_of` raises NotAllowedError for an unknown key."""
    act = act_now(running().store, PUBLIC)
    try:
        return diary_file(act, entries_of(act, str(request.path_params["key"])), name)
    except NotAllowedError:
        return PlainTextResponse("There is no such calendar.", status_code=404, headers=NEVER_KEPT)


def diary_file(act: Act, found: Sequence[Entry], name: str) -> Response:
    """Make the file; its address may hold a key, so that no other site hears of it."""
    host = urlsplit(running().settings.base_url).hostname or "portal"
    answer = private_file(calendar_file(found, made_at=act.at, host=host), "text/calendar; charset=utf-8", name)
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer

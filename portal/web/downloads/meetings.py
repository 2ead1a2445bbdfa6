"""Files of a meeting behind the session: its attendance list, and calendar files."""

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from portal.ground.act import PUBLIC, Act, act_now
from portal.ground.database import BusyError
from portal.ground.errors import NotAllowedError, PortalError
from portal.ground.process.runtime import running
from portal.meetings.check_in.attendance_list import attendance_list, blank_sheet
from portal.meetings.check_in.scans import open_scan
from portal.meetings.meeting import Planned, meetings
from portal.meetings.planning.calendar_files import calendar_file, entry_of
from portal.meetings.planning.feed import feed
from portal.web.visitors import act_of

_PRIVATE = {"Cache-Control": "no-store"}


def meeting_list(request: Request) -> Response:
    """Give a closed meeting's sealed attendance list (?id=) to its Chair and the Information Manager.

    Answers 303 to the page, which asks to sign in, where nobody is; 404 where the meeting is not theirs; 409 while it
    is open.
    """
    act, meeting_id = act_of(request), request.query_params.get("id", "")
    if not act.person.signed_in:
        return RedirectResponse("/meetings", status_code=303, headers=_PRIVATE)
    try:
        paper = attendance_list(act, meeting_id, base_url=running().settings.base_url)
    except NotAllowedError as error:
        return PlainTextResponse(error.message, status_code=404, headers=_PRIVATE)
    except BusyError:
        raise  # told in the words for a busy store
    except PortalError as error:
        return PlainTextResponse(error.message, status_code=409, headers=_PRIVATE)
    return _file(paper, "application/pdf", "attendance-list.pdf")


def meeting_sheet(request: Request) -> Response:
    """Give a meeting's sheet to sign by hand (?id=) to its Chair and the Information Manager.

    Answers 303 where nobody is signed in, 404 where the meeting is not theirs.
    """
    act = act_of(request)
    if not act.person.signed_in:
        return RedirectResponse("/meetings", status_code=303, headers=_PRIVATE)
    try:
        return _file(blank_sheet(act, request.query_params.get("id", "")), "application/pdf", "signing-sheet.pdf")
    except NotAllowedError as error:
        return PlainTextResponse(error.message, status_code=404, headers=_PRIVATE)


def meeting_scan(request: Request) -> Response:
    """Give a scan of a paper signed at a meeting (?id=) to those who may read its list; each opening is recorded.

    Answers 303 where nobody is signed in, 404 where it is not theirs.
    """
    act = act_of(request)
    if not act.person.signed_in:
        return RedirectResponse("/meetings", status_code=303, headers=_PRIVATE)
    try:
        scan = open_scan(act, request.query_params.get("id", ""))
    except NotAllowedError as error:
        return PlainTextResponse(error.message, status_code=404, headers=_PRIVATE)
    return _file(scan.content, scan.media_type, f"scan.{scan.kind}")


def meeting_diary(request: Request) -> Response:
    """Give a calendar file of one meeting (?id=) or of all that are still to come.

    Answers 303 where nobody is signed in, 404 where the person may not see meetings or there is none of that id.
    """
    act, meeting_id = act_of(request), request.query_params.get("id", "")
    if not act.person.signed_in:
        return RedirectResponse("/meetings", status_code=303, headers=_PRIVATE)
    try:
        every = meetings(act)
    except NotAllowedError as error:
        return PlainTextResponse(error.message, status_code=404, headers=_PRIVATE)
    wanted = [one for one in every if one.id == meeting_id or (not meeting_id and one.starts_at >= act.at)]
    if meeting_id and not wanted:
        return PlainTextResponse("There is no such meeting.", status_code=404, headers=_PRIVATE)
    return _diary(act, wanted)


def meeting_feed(request: Request) -> Response:
    """Give the calendar that a diary subscribes to, by its own key; answers 404 to any other."""
    act = act_now(running().store, PUBLIC)
    try:
        return _diary(act, feed(act, str(request.path_params["key"])))
    except NotAllowedError:
        return PlainTextResponse("There is no such calendar.", status_code=404, headers=_PRIVATE)


def _diary(act: Act, planned: list[Planned]) -> Response:
    host = urlsplit(running().settings.base_url).hostname or "portal"
    return _file(
        calendar_file([entry_of(one) for one in planned], made_at=act.at, host=host),
        "text/calendar; charset=utf-8",
        "meetings.ics",
    )


def _file(content: bytes, kind: str, name: str) -> Response:
    return Response(
        content, media_type=kind, headers={**_PRIVATE, "Content-Disposition": f'attachment; filename="{name}"'}
    )

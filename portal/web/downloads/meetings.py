"""Files of a meeting behind the session: its attendance list, sheets, scans, and calendar files."""

from starlette.requests import Request
from starlette.responses import Response

from portal.ground.act import Act
from portal.ground.errors import NotFoundError
from portal.ground.process.runtime import running
from portal.meetings.check_in.attendance_list import attendance_list, blank_sheet
from portal.meetings.check_in.scans import open_scan
from portal.meetings.meeting import meetings
from portal.meetings.planning.calendar_files import entry_of
from portal.meetings.planning.feed import feed
from portal.web.downloads.calendar import diary_feed, diary_file
from portal.web.downloads.private_files import PDF, private_file, signed_in_file

_PAGE, _NAME = "/meetings", "meetings.ics"


def meeting_list(request: Request) -> Response:
    """Give a closed meeting's sealed attendance list (?id=) to its Chair and the Information Manager; 409 while it is open."""

    def found(act: Act) -> Response:
        paper = attendance_list(act, request.query_params.get("id", ""), base_url=running().settings.base_url)
        return private_file(paper, PDF, "attendance-list.pdf")

    return signed_in_file(request, _PAGE, found)


def meeting_sheet(request: Request) -> Response:
    """Give a meeting's sheet to sign by hand (?id=) to its Chair and the Information Manager."""
    return signed_in_file(
        request,
        _PAGE,
        lambda act: private_file(blank_sheet(act, request.query_params.get("id", "")), PDF, "signing-sheet.pdf"),
    )


def meeting_scan(request: Request) -> Response:
    """Give a scan of a paper signed at a meeting (?id=) to those who may read its list; each opening is recorded."""

    def found(act: Act) -> Response:
        scan = open_scan(act, request.query_params.get("id", ""))
        return private_file(scan.content, scan.media_type, f"scan.{scan.kind}")

    return signed_in_file(request, _PAGE, found)


def meeting_diary(request: Request) -> Response:
    """Give a calendar file of one meeting (?id=) or of all that are still to come, to whoever may see meetings."""

    def found(act: Act) -> Response:
        asked, every = request.query_params.get("id", ""), meetings(act)
        wanted = [one for one in every if one.id == asked or (not asked and one.starts_at >= act.at)]
        if asked and not wanted:
            raise NotFoundError("There is no such meeting.")
        return diary_file(act, [entry_of(one) for one in wanted], _NAME)

    return signed_in_file(request, _PAGE, found)


def meeting_feed(request: Request) -> Response:
    """Give the calendar that a diary subscribes to, by its own key; answers 404 to any other."""
    return diary_feed(request, lambda act, key: [entry_of(one) for one in feed(act, key)], _NAME)

"""Published figures as files. Until a table has been proved and published, the address says so plainly."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse


def statistics_csv(_request: Request) -> PlainTextResponse:
    """Answer 404 in one sentence: nothing has been published for any data set yet."""
    return PlainTextResponse("Nothing has been published for this data set yet.", status_code=404)

"""Files of returns: certificates behind a check of who asks, and templates for anybody.

Clauses: s9.datasets-secured.
"""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from portal.accounts.sessions import COOKIE, person_of
from portal.act import PUBLIC, act_now
from portal.errors import PortalError
from portal.returns.looking import certificate, view
from portal.returns.templates import template
from portal.rules.faults import RulesError
from portal.running import running

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def return_certificate(request: Request) -> Response:
    """Give the sealed certificate of a return to those who may see it."""
    here = act_now(running().store, PUBLIC)
    here = here.as_(person_of(here, request.cookies.get(COOKIE, "")))
    return_id = request.query_params.get("return", "")
    try:
        content, name = certificate(here, return_id), view(here, return_id).reference
    except PortalError as error:
        return PlainTextResponse(error.message, status_code=404, headers={"Cache-Control": "no-store"})
    return Response(
        content,
        media_type="application/pdf",
        headers={"Cache-Control": "no-store", "Content-Disposition": f'attachment; filename="return-{name}.pdf"'},
    )


def return_template(request: Request) -> Response:
    """Give an empty workbook for a data set."""
    try:
        content = template(request.query_params.get("dataset", ""))
    except RulesError:
        return PlainTextResponse("There is no such data set.", status_code=404)
    name = request.query_params["dataset"]
    return Response(
        content, media_type=_WORKBOOK, headers={"Content-Disposition": f'attachment; filename="{name}.xlsx"'}
    )

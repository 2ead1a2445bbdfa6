"""Files of returns: certificates behind a check of who asks, and templates for anybody.

Clauses: s9.datasets-secured.
"""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from portal.accounts.sessions import COOKIE, person_of
from portal.act import PUBLIC, act_now
from portal.errors import PortalError
from portal.returns.looking import certificate, certificate_data, view
from portal.returns.templates import csv_template, table_schema, template
from portal.rules.faults import RulesError
from portal.running import running

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TEMPLATES: dict[str, tuple[Callable[[str], bytes], str, str]] = {
    "xlsx": (template, _WORKBOOK, ".xlsx"),
    "csv": (csv_template, "text/csv; charset=utf-8", ".csv"),
    "schema": (table_schema, "application/json", ".schema.json"),
}


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


def return_certificate_json(request: Request) -> Response:
    """Give the certificate's data as JSON to those who may see it: what the sealed PDF says, and never a value."""
    here = act_now(running().store, PUBLIC)
    here = here.as_(person_of(here, request.cookies.get(COOKIE, "")))
    return_id = request.query_params.get("return", "")
    try:
        content, name = certificate_data(here, return_id), view(here, return_id).reference
    except PortalError as error:
        return PlainTextResponse(error.message, status_code=404, headers={"Cache-Control": "no-store"})
    return Response(
        content,
        media_type="application/json",
        headers={"Cache-Control": "no-store", "Content-Disposition": f'attachment; filename="return-{name}.json"'},
    )


def return_template(request: Request) -> Response:
    """Give an empty workbook for a data set; by `as`, its CSV or the Table Schema of that."""
    make, media_type, ending = _TEMPLATES.get(request.query_params.get("as", "xlsx"), _TEMPLATES["xlsx"])
    try:
        content = make(request.query_params.get("dataset", ""))
    except RulesError:
        return PlainTextResponse("There is no such data set.", status_code=404)
    name = request.query_params["dataset"]
    return Response(
        content, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}{ending}"'}
    )

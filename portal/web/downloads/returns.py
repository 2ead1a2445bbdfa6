"""Files of returns: certificates behind a check of who asks, and templates for anybody.

Clauses: s9.datasets-secured.
"""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from portal.ground.act import Act
from portal.returns.report.problem_list import problem_list
from portal.returns.service.templates import csv_template, table_schema, template
from portal.returns.service.views import certificate, certificate_data, view
from portal.rules.errors import RulesError
from portal.web.downloads.private_files import PDF, or_why_not, private_file
from portal.web.visitors import act_of

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TEMPLATES: dict[str, tuple[Callable[[str], bytes], str, str]] = {
    "xlsx": (template, _WORKBOOK, ".xlsx"),
    "csv": (csv_template, "text/csv; charset=utf-8", ".csv"),
    "schema": (table_schema, "application/json", ".schema.json"),
}


def return_certificate(request: Request) -> Response:
    """Give the sealed certificate of a return to those who may see it."""
    return _certificate(request, certificate, PDF, "pdf")


def return_certificate_json(request: Request) -> Response:
    """Give the certificate's data as JSON to those who may see it: what the sealed PDF says, and never a value."""
    return _certificate(request, certificate_data, "application/json", "json")


def _certificate(request: Request, make: Callable[[Act, str], bytes], kind: str, ending: str) -> Response:
    def found() -> Response:
        here, return_id = act_of(request), request.query_params.get("return", "")
        return private_file(make(here, return_id), kind, f"return-{view(here, return_id).reference}.{ending}")

    return or_why_not(found)


def return_problems(request: Request) -> Response:
    """Give the sender the list of what is wrong in the file that they are checking, as CSV."""
    return or_why_not(lambda: private_file(problem_list(act_of(request)), "text/csv", "problems-in-your-file.csv"))


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

"""Published figures as files and plain pages.

`/statistics/DATASET.csv` is the newest table of a data set; `?quarter=` and `?rows=` choose. `/statistics/table/ID` is the
lasting address of one version, with `.csv` and `.json` (data package) behind it; `/statistics/all` lists them all.
"""

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response

from portal.ground.errors import NotFoundError
from portal.ground.partnership import facts
from portal.ground.process.runtime import running
from portal.publication.views import LICENCE, data_package, public_table, public_tables
from portal.web.plain_page import render


def statistics_csv(request: Request) -> Response:
    """Give the newest published table of a data set as CSV; 404 in one sentence where nothing is public."""
    name = request.path_params["name"]
    found = public_tables(running().store, name.removesuffix(".csv")) if name.endswith(".csv") else []
    asked = request.query_params
    found = [
        one
        for one in found
        if asked.get("quarter", one.run.label) == one.run.label
        and asked.get("rows", one.rows) == one.rows
        and asked.get("columns", one.columns) == one.columns
    ]
    public = [one for one in found if one.status == "published"]
    if public:
        told = {"Content-Disposition": f'attachment; filename="{public[0].entry.id}-{public[0].run.label}.csv"'}
        return PlainTextResponse(public[0].content, media_type="text/csv; charset=utf-8", headers=told)
    if found:
        return PlainTextResponse(f"This table was withdrawn. {found[0].notice}", status_code=410)
    return PlainTextResponse("Nothing has been published for this data set yet.", status_code=404)


def figures_list(_request: Request) -> Response:
    """List every published table, and what was withdrawn, on a page without script."""
    store = running().store
    page = render("figures.html", "Published figures", facts(store), tables=public_tables(store), licence=LICENCE)
    return HTMLResponse(page)


def figures_version(request: Request) -> Response:
    """Give one version of a table: as a page to read or print, as CSV, or as its data package; 410 once withdrawn."""
    name, _, kind = request.path_params["name"].partition(".")
    store = running().store
    try:
        one = public_table(store, name)
    except NotFoundError:
        return PlainTextResponse("There is no such table.", status_code=404)
    if one.status == "withdrawn":
        return PlainTextResponse(f"This table was withdrawn. {one.notice}", status_code=410)
    if kind == "csv":
        told = {"Content-Disposition": f'attachment; filename="{one.entry.id}-{one.run.label}-v{one.version}.csv"'}
        return PlainTextResponse(one.content, media_type="text/csv; charset=utf-8", headers=told)
    if kind == "json":
        return JSONResponse(data_package(one, f"{one.id}.csv"))
    if kind:
        return PlainTextResponse("There is no such file.", status_code=404)
    back = ("/statistics/all", "All published figures")
    return HTMLResponse(render("figures_table.html", one.title, facts(store), back=back, one=one, licence=LICENCE))

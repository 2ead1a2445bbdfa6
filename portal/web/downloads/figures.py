"""Published figures as files: `/statistics/DATASET.csv`, the newest table of a data set; `?quarter=` and `?rows=` choose."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from portal.ground.runtime import running
from portal.publication.views import public_tables


def statistics_csv(request: Request) -> Response:
    """Give the newest published table of a data set as CSV; 404 in one sentence where nothing is public."""
    name = request.path_params["name"]
    found = public_tables(running().store, name.removesuffix(".csv")) if name.endswith(".csv") else []
    asked = request.query_params
    found = [
        one
        for one in found
        if asked.get("quarter", one.quarter.label) == one.quarter.label
        and asked.get("rows", one.rows) == one.rows
        and asked.get("columns", one.columns) == one.columns
    ]
    public = [one for one in found if one.status == "published"]
    if public:
        told = {"Content-Disposition": f'attachment; filename="{public[0].entry.id}-{public[0].quarter.label}.csv"'}
        return PlainTextResponse(public[0].content, media_type="text/csv; charset=utf-8", headers=told)
    if found:
        return PlainTextResponse(f"This table was withdrawn. {found[0].notice}", status_code=410)
    return PlainTextResponse("Nothing has been published for this data set yet.", status_code=404)

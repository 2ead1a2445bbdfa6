"""The papers that show how the law is kept, behind a check of who asks. No file name says more than a reference."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from portal.accountability.complaints.views import complaint_pdf
from portal.accountability.papers.files import FORMS, paper_file
from portal.web.downloads.private_files import NEVER_KEPT, or_why_not, private_file, private_pdf
from portal.web.visitors import act_of


def complaint_file(request: Request) -> Response:
    """Give the sealed letter of a complaint's outcome to whoever handles complaints."""
    return private_pdf(request, complaint_pdf, "complaint")


def accountability_file(request: Request) -> Response:
    """Give a paper on data protection as PDF, CSV or JSON to whoever may read it."""
    form = request.path_params["form"]
    if form not in FORMS:
        return PlainTextResponse("Not found", status_code=404, headers=NEVER_KEPT)

    def found() -> Response:
        reference, content = paper_file(act_of(request), request.path_params["id"], form)
        return private_file(content, FORMS[form], f"data-protection-{reference}.{form}")

    return or_why_not(found)

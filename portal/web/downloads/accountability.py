"""The papers that show how the law is kept, behind a check of who asks. No file name says more than a reference."""

from starlette.requests import Request
from starlette.responses import Response

from portal.accountability.complaints.views import complaint_pdf
from portal.web.downloads.private_files import PDF, or_why_not, private_file
from portal.web.visitors import act_of


def complaint_file(request: Request) -> Response:
    """Give the sealed letter of a complaint's outcome to whoever handles complaints."""

    def found() -> Response:
        reference, pdf = complaint_pdf(act_of(request), request.path_params["id"])
        return private_file(pdf, PDF, f"complaint-{reference}.pdf")

    return or_why_not(found)

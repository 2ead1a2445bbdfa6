"""The papers of statements, access requests and privacy notices, behind a check of who asks. No file name says more than a reference.

Clauses: app5.statement, s5.consult-originator, s6.fair-obtaining.
"""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from portal.access_requests.views import access_pdf
from portal.privacy_notices.notices import notice, notice_pdf
from portal.privacy_notices.wording import as_html, as_text
from portal.statements.views import statement_pdf
from portal.web.downloads.private_files import NEVER_KEPT, PDF, or_why_not, private_file, private_pdf
from portal.web.visitors import act_of


def statement_file(request: Request) -> Response:
    """Give the sealed paper of a statement to its parties, the officer and the managers."""
    return private_pdf(request, statement_pdf, "statement")


def access_file(request: Request) -> Response:
    """Give the sealed record of an access request to the organisation that holds it."""
    return private_pdf(request, access_pdf, "access-request")


def notice_file(request: Request) -> Response:
    """Give a privacy notice to its organisation as PDF, HTML or text."""

    def found() -> Response:
        act, notice_id, form = act_of(request), request.path_params["id"], request.path_params["form"]
        if form == "pdf":
            reference, pdf = notice_pdf(act, notice_id)
            return private_file(pdf, PDF, f"privacy-notice-{reference}.pdf")
        made = notice(act, notice_id)
        name = f"privacy-notice-{made.reference}.{form}"
        if form == "html":
            return private_file(as_html(made.words).encode(), "text/html; charset=utf-8", name)
        if form == "txt":
            return private_file(as_text(made.words).encode(), "text/plain; charset=utf-8", name)
        return PlainTextResponse("Not found", status_code=404, headers=NEVER_KEPT)

    return or_why_not(found)

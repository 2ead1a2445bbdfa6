"""The papers and files of a request, behind a check of who asks. A file name never says anything about a person.

Clauses: s6.request.in-writing, s6.disclosure-in-writing, s6.refusal, s4.proportionality.people, s12.personal-retention.
"""

from starlette.requests import Request
from starlette.responses import Response

from portal.requests.after_disclosure.destruction import certificate_pdf
from portal.requests.audit_pack.pack import request_pack
from portal.requests.depersonalised.views import data_file
from portal.requests.exchange.answers import answer_file, answer_pdf
from portal.requests.exchange.attachments import media_type
from portal.requests.views import request_pdf
from portal.web.downloads.private_files import or_why_not, private_file, private_pdf
from portal.web.visitors import act_of


def request_paper(request: Request) -> Response:
    """Give the written request to those who may read it."""
    return private_pdf(request, request_pdf, "request")


def answer_paper(request: Request) -> Response:
    """Give the paper of a decision to the people named in the request, and to the side that decided."""
    return private_pdf(request, answer_pdf, "answer")


def answer_attachment(request: Request) -> Response:
    """Give a file that was sent with an answer; its own name stays inside the portal."""

    def found() -> Response:
        number = request.path_params["number"]
        reference, kind, content = answer_file(act_of(request), request.path_params["id"], number)
        return private_file(content, media_type(kind), f"answer-{reference}-file-{number}.{kind}")

    return or_why_not(found)


def audit_pack(request: Request) -> Response:
    """Make and give the audit pack of a request to either side; each issue is recorded."""
    return private_pdf(request, request_pack, "audit-pack")


def destruction_certificate(request: Request) -> Response:
    """Give the certificate that what was shared is gone, to both sides of the request."""
    return private_pdf(request, certificate_pdf, "certificate")


def figures_without_names(request: Request) -> Response:
    """Give a file of figures that answered a request without names, to both sides."""

    def found() -> Response:
        number = request.path_params["number"]
        reference, content = data_file(act_of(request), request.path_params["id"], number)
        return private_file(content, media_type("csv"), f"figures-{reference}-{number}.csv")

    return or_why_not(found)

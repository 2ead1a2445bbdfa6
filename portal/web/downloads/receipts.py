"""Signed copies and notices: only for whoever holds the signing's token, or may read them by their session."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response

from portal.agreement.signing.copies import notice_copy, signed_copy, signed_copy_of_draft
from portal.agreement.signing.on_paper import open_paper
from portal.ground.process.runtime import running
from portal.web.downloads.private_files import PDF, or_why_not, private_file
from portal.web.signing.posts import signing_secret
from portal.web.visitors import act_of

_CLOSED = "You cannot open this file. It may have moved, or belong to another organisation."


def my_signed_copy(request: Request) -> Response:
    """Answer the signed copy of the signing in this browser."""
    return _answer(lambda: signed_copy_of_draft(act_of(request), signing_secret(request), _base()), "signed-agreement")


def any_signed_copy(request: Request) -> Response:
    """Answer a signed copy by the signature's id, to its signer, the managers and the organisation's people."""
    return _answer(lambda: signed_copy(act_of(request), request.path_params["id"], _base()), "signed-agreement")


def paper_scan(request: Request) -> Response:
    """Answer the scan of a signature on paper, to managers; each opening is recorded."""

    def found() -> Response:
        scan = open_paper(act_of(request), request.path_params["id"])
        return private_file(scan.content, scan.media_type, f"signed-on-paper.{scan.kind}")

    return or_why_not(found, _CLOSED)


def notice_file(request: Request) -> Response:
    """Answer the paper of a notice, to the organisation's people and the managers."""
    return _answer(lambda: notice_copy(act_of(request), request.path_params["id"], _base()), "notice")


def _answer(make: Callable[[], tuple[bytes, str]], name: str) -> Response:
    def found() -> Response:
        pdf, reference = make()
        return private_file(pdf, PDF, f"{name}-{reference}.pdf")

    return or_why_not(found, _CLOSED)


def _base() -> str:
    return running().settings.base_url

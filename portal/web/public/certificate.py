"""The certificate of the portal's seal, for anybody who checks a document with a program of their own."""

from starlette.requests import Request
from starlette.responses import Response

from portal.documents.seal.issuing import certificate
from portal.ground.act import PUBLIC, act_now
from portal.ground.process.runtime import running


def seal_certificate(_request: Request) -> Response:
    """Answer the certificate in PEM. It says nothing about a person."""
    return Response(
        certificate(act_now(running().store, PUBLIC)),
        media_type="application/x-pem-file",
        headers={
            "Cache-Control": "public, max-age=300",
            "Content-Disposition": 'attachment; filename="certificate.pem"',
        },
    )

"""Forms to fill in by hand, for anybody: /forms/NAME.pdf. They hold nothing but questions.

Clauses: s10.confidentiality, s16.declaration, app2.urgent-permission.
"""

from functools import lru_cache

from starlette.requests import Request
from starlette.responses import Response

from portal.ground.act import PUBLIC, act_now
from portal.ground.process.runtime import running
from portal.paper_forms.registry import paper_of
from portal.web.public.daily_pdf import daily_pdf


def paper_form(request: Request) -> Response:
    """Answer a form as a PDF, or 404 where there is none of that name."""
    return daily_pdf(request, _made, "form")


@lru_cache(maxsize=64)
def _made(name: str, _day: str, _facts: str, _where: str) -> bytes:
    """Make a form once a day, and again where the partnership's facts change."""
    return paper_of(act_now(running().store, PUBLIC), name)

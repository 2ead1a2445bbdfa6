"""Forms to fill in by hand, for anybody: /forms/NAME.pdf. They hold nothing but questions.

Clauses: s10.confidentiality, s16.declaration, app2.urgent-permission.
"""

from functools import lru_cache

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from portal.ground.act import PUBLIC, act_now
from portal.ground.errors import NotFoundError
from portal.ground.partnership import facts
from portal.ground.process.runtime import running
from portal.ground.wording import today
from portal.paper_forms.registry import paper_of


def paper_form(request: Request) -> Response:
    """Answer a form as a PDF, or 404 where there is none of that name."""
    act, name = act_now(running().store, PUBLIC), str(request.path_params["name"])[:60]
    try:
        pdf = _made(name, str(today(act.at)), repr(facts(act.store)), str(running().settings.data_dir))
    except NotFoundError:
        return PlainTextResponse("There is no such form.", status_code=404)
    headers = {"Cache-Control": "public, max-age=300", "Content-Disposition": f'inline; filename="form-{name}.pdf"'}
    return Response(pdf, media_type="application/pdf", headers=headers)


@lru_cache(maxsize=64)
def _made(name: str, _day: str, _facts: str, _where: str) -> bytes:
    """Make a form once a day, and again where the partnership's facts change."""
    return paper_of(act_now(running().store, PUBLIC), name)

"""The guides for anybody: /guide/ROLE.pdf, /guide/ROLE-card.pdf, and their pictures."""

from functools import lru_cache

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

from portal.ground.act import PUBLIC, act_now
from portal.ground.process.runtime import running
from portal.guides.guides import guide, guides
from portal.guides.papers import card_pdf, guide_pdf
from portal.web.public.daily_pdf import daily_pdf

_CARD = "-card"


def guide_file(request: Request) -> Response:
    """Answer a guide or its card as a PDF, or 404 where there is none of that name."""
    return daily_pdf(request, _made, "guide")


def guide_picture(request: Request) -> Response:
    """Answer a picture of a guide; only those that a guide names can be asked for."""
    files = {step.picture: step.file for one in guides() for step in one.steps}
    found = files.get(str(request.path_params["name"]))
    if found is None:
        return PlainTextResponse("Not found", status_code=404)
    return FileResponse(found, media_type="image/png", headers={"Cache-Control": "public, max-age=86400"})


@lru_cache(maxsize=32)
def _made(name: str, _day: str, _facts: str, _where: str) -> bytes:
    """Make a guide once a day, and again where the partnership's facts change."""
    act = act_now(running().store, PUBLIC)
    if name.endswith(_CARD):
        return card_pdf(act, guide(name.removesuffix(_CARD)))
    return guide_pdf(act, guide(name))

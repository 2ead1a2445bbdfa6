"""A PDF for anybody that is drawn from data and the partnership's facts: made once a day, and again where the facts change."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from portal.ground.act import PUBLIC, act_now
from portal.ground.errors import NotFoundError
from portal.ground.partnership import facts
from portal.ground.process.runtime import running
from portal.ground.wording import today


def daily_pdf(request: Request, make: Callable[[str, str, str, str], bytes], kind: str) -> Response:
    """Answer with the paper of the name in the address, or 404.

    Args:
        request: `name` in its address says which.
        make: gives the PDF of a name; it is cached by what follows it: the day, the partnership's facts, the data folder.
            Raises NotFoundError for an unknown name.
        kind: what it is, in a word: guide, form.
    """
    act, name = act_now(running().store, PUBLIC), str(request.path_params["name"])[:60]
    try:
        pdf = make(name, str(today(act.at)), repr(facts(act.store)), str(running().settings.data_dir))
    except NotFoundError:
        return PlainTextResponse(f"There is no such {kind}.", status_code=404)
    headers = {"Cache-Control": "public, max-age=300", "Content-Disposition": f'inline; filename="{kind}-{name}.pdf"'}
    return Response(pdf, media_type="application/pdf", headers=headers)

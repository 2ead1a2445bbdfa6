"""A misspelt name put right by whoever typed it: /m/CODE/mend, while the door is open.

Clauses: s10.confidentiality.
"""

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal.ground.errors import AnswersNeededError, TooManyTriesError
from portal.meetings.check_in.attendees import AttendeeDetails, suggestions
from portal.meetings.check_in.corrections import correct_own, own_details
from portal.meetings.errors import NoSuchMeetingError
from portal.web.door.page import DoorForm, door_facts, hidden_fields, problems_box, told_page, who_fields, whole_page
from portal.web.door.routes import (
    DoorRequest,
    call_of,
    door_frame,
    door_refused,
    form_text,
    hidden_of,
    page_answer,
    posted,
    signed_answer,
    signer_of,
    with_cookie,
)

_TITLE = "Put a misspelt name right"
_ASK_THE_CHAIR = "You did not type your name on this phone today. Tell the Chair, who can put it right."


async def own_typo(request: Request) -> Response:
    """Show what somebody typed at this door today, or take it as it should be.

    Answers as the door does.
    """
    if request.method != "POST":
        return RedirectResponse(f"/m/{request.path_params['code']}", status_code=303)
    form = await posted(request)
    return form if isinstance(form, Response) else await run_in_threadpool(_answer, request, form)


def _answer(request: Request, form: FormData) -> Response:
    code = str(request.path_params["code"])
    try:
        call = call_of(request, code, form_text(form, "key"), form_text(form, "lang"))
        if form_text(form, "do") == "mend":
            return _take(call, signer_of(form))
        known = own_details(call.act, call.door, call.secret)
        return _form(call, known, {}) if known else page_answer(told_page(call.frame, _TITLE, _ASK_THE_CHAIR))
    except (NoSuchMeetingError, TooManyTriesError) as error:
        return door_refused(door_frame(), error)


def _take(call: DoorRequest, given: AttendeeDetails) -> Response:
    try:
        return signed_answer(call, correct_own(call.act, call.door, call.secret, given))
    except AnswersNeededError as error:
        return _form(call, given, error.problems)


def _form(call: DoorRequest, given: AttendeeDetails, wrong: dict[str, str]) -> Response:
    frame, say = call.frame, call.frame.say
    problems = {name: frame.language.problem(sentence) for name, sentence in wrong.items()}
    asked = DoorForm(given=given, problems=problems, names=suggestions(call.act))
    body = f"""<h1>{say(_TITLE)}</h1>{problems_box(problems, frame)}{door_facts(call.door, frame)}
<p>{say("Your signature stays. The list also keeps what stood there before.")}</p>
<form method="post" action="/m/{call.door.code}/mend">{hidden_fields(hidden_of(call))}{who_fields(asked, frame)}
<button name="do" value="mend">{say("Put it right")}</button></form><p><a href="/m/{call.door.code}">{say("Leave it as it is")}</a></p>"""
    return with_cookie(call, whole_page(frame, _TITLE, body, error=bool(problems)))

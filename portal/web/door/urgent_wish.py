"""An urgent wish from a phone: /m/ask, for whoever signed at a meeting, known by the phone's own cookie alone.

Clauses: app2.urgent-permission.
"""

from html import escape

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal.ground.act import PUBLIC, act_now
from portal.ground.errors import AnswersNeededError, NotFoundError, TooManyTriesError
from portal.ground.process.runtime import running
from portal.ground.vault import token
from portal.ground.wording import day, day_and_time
from portal.meetings.closed_session.urgent import AnsweredWish, Attended, ask, asked_by, attended
from portal.meetings.closed_session.wish import WORDS_LENGTH, WishDetails
from portal.web.door.page import problem_at, problems_box, text_field, told_page, whole_page
from portal.web.door.routes import COOKIE, SECRET, door_frame, form_text, page_answer
from portal.web.visitors import from_own_page

_MOST_BYTES = 40_000  # two long answers as a form writes them, with room
_TITLE = "Ask the Chair if you may pass something on"


async def ask_the_chair(request: Request) -> Response:
    """Show the form with what the Chair has answered, or take a wish.

    Answers 200 with a page, 303 after a wish was sent, 403 where it came from elsewhere, 404 where this phone signed
    for no such meeting, 413 where it is too long, 429 after too many.
    """
    if request.method != "POST":
        return await run_in_threadpool(_show, request, WishDetails(what="", to="", why=""), {})
    if not from_own_page(request):
        return _told("Open the page again", "This form was not sent from the portal's own page.", 403)
    length = request.headers.get("content-length", "")
    if not length.isdecimal() or int(length) > _MOST_BYTES:
        return _told("That is too long", "Write less, then send it again.", 413)
    form = await request.form(max_files=0, max_fields=10)
    return await run_in_threadpool(_take, request, form)


def _show(request: Request, wish: WishDetails, problems: dict[str, str]) -> Response:
    act, secret = act_now(running().store, PUBLIC), _secret(request)
    meetings = attended(act, secret)
    if not meetings:
        return _told(
            "We do not know this phone", "Ask the Chair in person, or use the phone that you signed with.", 200
        )
    body = f"""<h1>{_TITLE}</h1>{problems_box(problems)}
<p class="note">Is someone in danger now? Phone 999. Do not wait for an answer here.</p>
{"".join(_answered(one) for one in asked_by(act, secret))}
<p>The Chair decides whether the law allows it. Pass nothing on before the Chair says yes.</p>
<form method="post" action="/m/ask"><input type="hidden" name="key" value="{token()}">{_which(meetings)}
{_long("what", "What do you want to pass on?", wish.what, problems)}
{text_field("to", "Whom do you want to tell?", wish.to, problems, 'autocomplete="off"')}
{_long("why", "Why can it not wait?", wish.why, problems)}<button>Send to the Chair</button></form>"""
    return page_answer(whole_page(door_frame(), _TITLE, body, error=bool(problems)))


def _take(request: Request, form: FormData) -> Response:
    wish = WishDetails(what=form_text(form, "what"), to=form_text(form, "to"), why=form_text(form, "why"))
    act, key = act_now(running().store, PUBLIC), form_text(form, "key") or token()
    try:
        ask(act, _secret(request), key, form_text(form, "meeting"), wish, base_url=running().settings.base_url)
    except AnswersNeededError as error:
        return _show(request, wish, error.problems)
    except TooManyTriesError as error:
        return _told("Wait a while", error.message, 429)
    except NotFoundError:
        return _told("We do not know this phone", "Ask the Chair in person.", 404)
    return RedirectResponse("/m/ask", status_code=303, headers={"Cache-Control": "no-store"})


def _secret(request: Request) -> str:
    held = request.cookies.get(COOKIE, "")
    return held if SECRET.fullmatch(held) else ""


def _which(meetings: list[Attended]) -> str:
    choices = "".join(
        f'<div class="pick"><input type="radio" id="meeting-{number}" name="meeting" value="{one.meeting_id}" required'
        f'{" checked" if number == 0 else ""}><label for="meeting-{number}">{escape(one.name)}, {day(one.starts_at)}, '
        f"chaired by {escape(one.chair_name)}</label></div>"
        for number, one in enumerate(meetings)
    )
    return f"<fieldset><legend>At which meeting did you hear it?</legend>{choices}</fieldset>"


def _long(name: str, label: str, value: str, problems: dict[str, str]) -> str:
    wrong = problems.get(name, "")
    tied = f' aria-invalid="true" aria-describedby="{name}-error"' if wrong else ""
    return (
        f'<div class="field"><label for="{name}">{label}</label>{problem_at(name, wrong)}'
        f'<textarea id="{name}" name="{name}" maxlength="{WORDS_LENGTH}" rows="4"{tied}>{escape(value)}</textarea></div>'
    )


def _answered(one: AnsweredWish) -> str:
    if one.decided_at is None:
        answer = "The Chair has not decided yet. Pass nothing on."
    else:
        answer = f"{'Yes, you may.' if one.allowed else 'No, you may not.'} {one.decided_by}, {day_and_time(one.decided_at)}: {one.reason}"
    return (
        f"<dl><div><dt>Asked</dt><dd>{day_and_time(one.asked_at)}, {escape(one.meeting_name)}</dd></div>"
        f"<div><dt>What</dt><dd>{escape(one.wish.what)}</dd></div><div><dt>To</dt><dd>{escape(one.wish.to)}</dd></div>"
        f"<div><dt>Answer</dt><dd>{escape(answer)}</dd></div></dl>"
    )


def _told(title: str, sentence: str, status: int) -> Response:
    return page_answer(told_page(door_frame(), title, sentence), status)

"""Signed before, on another phone: /m/CODE/known sends a link of one use, and signs the attendance list with it.

Clauses: s10.confidentiality.
"""

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal.accounts.addresses import network
from portal.ground.act import PUBLIC, Act, act_now
from portal.ground.errors import AnswersNeededError, LinkError, TooManyTriesError
from portal.ground.process.runtime import running
from portal.ground.vault import token
from portal.meetings.check_in.by_link import LASTS, ReturningSigner, returning, send_link, sign_by_link
from portal.meetings.check_in.door import Door, find_door
from portal.meetings.errors import NoSuchMeetingError
from portal.web.door.page import Frame, door_facts, problems_box, text_field, told_page, whole_page
from portal.web.door.routes import (
    COOKIE,
    SECRET,
    door_frame,
    door_refused,
    form_text,
    keep_phone,
    language_of,
    page_answer,
    posted,
)
from portal.web.visitors import network_address

_LINK = "portal_door_link"
_TITLE, _BY_NAME = "Signed before?", "Sign with your name instead"


def follow_link(request: Request) -> Response:
    """Take the secret of a link out of the address, and go on to its page. Changes nothing, and does not use it up."""
    code, secret = str(request.path_params["code"])[:20], str(request.path_params["secret"])[:100]
    answer = RedirectResponse(f"/m/{code}/known", status_code=303, headers={"Cache-Control": "no-store"})
    answer.set_cookie(
        _LINK,
        secret if secret.isascii() else "",  # a cookie holds nothing else, and none of ours does
        max_age=int(LASTS.total_seconds()),
        path="/m",
        httponly=True,
        samesite="lax",
        secure=running().settings.secure,
    )
    return answer


async def known(request: Request) -> Response:
    """Ask for an address, or, with a link, for one tap; take either.

    Answers 200 with a page, 403, 404, 413 and 429 as the door does.
    """
    if request.method != "POST":
        return await run_in_threadpool(_answer, request, None)
    form = await posted(request)
    return form if isinstance(form, Response) else await run_in_threadpool(_answer, request, form)


def _answer(request: Request, form: FormData | None) -> Response:
    act, frame = act_now(running().store, PUBLIC), door_frame(language_of(request))
    try:
        door = find_door(act, str(request.path_params["code"]), network(network_address(request)))
        link = request.cookies.get(_LINK, "")
        if form is None:
            return _welcome(act, door, frame, link) if link else _ask(door, frame, {}, "")
        if form_text(form, "do") == "here" and link:
            return _sign(request, act, door, link, form_text(form, "who"))
        return _send(act, door, frame, form_text(form, "email"))
    except (NoSuchMeetingError, TooManyTriesError) as error:
        return door_refused(frame, error)
    except LinkError as error:
        html = told_page(frame, "This link does not work", error.message, back=f"/m/{door.code}")
        return _forget(page_answer(html, 404))


def _ask(door: Door, frame: Frame, wrong: dict[str, str], typed: str) -> Response:
    say = frame.say
    problems = {name: frame.language.problem(sentence) for name, sentence in wrong.items()}
    field = 'autocomplete="email" autocapitalize="off" required'
    body = f"""<h1>{say(_TITLE)}</h1>{problems_box(problems, frame)}{door_facts(door, frame)}
<p>{say("Then you sign today's list only. We send a link to the e-mail address that you gave when you signed.")}</p>
<form method="post" action="/m/{door.code}/known">
{text_field("email", say("Your e-mail address"), typed, problems, field, kind="email")}
<button name="do" value="send">{say("Send me a link")}</button></form><p><a href="/m/{door.code}">{say(_BY_NAME)}</a></p>"""
    return page_answer(whole_page(frame, _TITLE, body, error=bool(problems)))


def _send(act: Act, door: Door, frame: Frame, email: str) -> Response:
    try:
        send_link(act, door, email, base_url=running().settings.base_url)
    except AnswersNeededError as error:
        return _ask(door, frame, error.problems, email)
    say, title = frame.say, "Look at your e-mail"
    handed = "This portal has no mail of its own yet. The Information Manager hands the link over."
    sent = "If you signed before with {email}, a link is on its way. It works once, for 15 minutes."
    told = say(sent, email=email) if running().settings.smtp_url else say(handed)
    body = f"""<h1>{say(title)}</h1><p>{told}</p>
<p>{say("Nothing came?")} <a href="/m/{door.code}">{say(_BY_NAME)}</a></p>{door_facts(door, frame)}"""
    return page_answer(whole_page(frame, title, body))


def _welcome(act: Act, door: Door, frame: Frame, link: str) -> Response:
    people = returning(act, door, link)
    if not people:
        raise LinkError
    say = frame.say
    body = f"""<h1>{say("Welcome back")}</h1><p>{say("You sign the attendance list only. Your promises of before still hold.")}</p>{door_facts(door, frame)}
{"".join(_person(door, frame, one) for one in people)}<p><a href="/m/{door.code}">{say("That is not me")}</a></p>"""
    return page_answer(whole_page(frame, "Welcome back", body))


def _person(door: Door, frame: Frame, one: ReturningSigner) -> str:
    say = frame.say
    return f"""<form method="post" action="/m/{door.code}/known"><input type="hidden" name="who" value="{one.undertaking_id}">
<button name="do" value="here">{say("I am {name}, here today", name=one.name)}</button></form><p class="hint">{say("Signed the promises on {day}.", day=frame.language.day(one.since))}</p>"""


def _sign(request: Request, act: Act, door: Door, link: str, who: str) -> Response:
    held = request.cookies.get(COOKIE, "")
    secret = held if SECRET.fullmatch(held) else token()
    sign_by_link(act, door, link, secret, who)
    answer = RedirectResponse(f"/m/{door.code}", status_code=303, headers={"Cache-Control": "no-store"})
    return _forget(keep_phone(answer, secret))


def _forget(answer: Response) -> Response:
    answer.delete_cookie(_LINK, path="/m")
    return answer

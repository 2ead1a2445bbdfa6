"""One tablet goes round: /m/CODE/tablet, for those without a phone or a signal. Its Chair handed it over.

Clauses: s10.confidentiality, s10.with-attendance-list.
"""

from html import escape

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal.accounts.addresses import network
from portal.accounts.authentication.sessions import end_session
from portal.ground.act import PUBLIC, Act, act_now
from portal.ground.database import BusyError
from portal.ground.errors import AnswersNeededError, NotAllowedError, PortalError, TooManyTriesError
from portal.ground.process.runtime import running
from portal.ground.vault import token
from portal.ground.wording import clock
from portal.meetings.check_in.attendees import AttendeeDetails
from portal.meetings.check_in.door import Door, find_door
from portal.meetings.check_in.signing import SignedLine, decline, sign
from portal.meetings.check_in.tablet import RegularAttendee, goes_round, hand_round, regulars, vouched
from portal.meetings.check_in.understanding_check import lessons
from portal.meetings.errors import NoSuchMeetingError
from portal.meetings.undertakings.undertaking import words_in_force
from portal.web.door import page
from portal.web.door.page import HiddenFields, door_facts, door_promises, problems_box, whole_page
from portal.web.door.routes import (
    SECRET,
    asked_again,
    door_frame,
    door_refused,
    form_text,
    page_answer,
    posted,
    signer_of,
)
from portal.web.visitors import act_of, network_address, session_secret

_KEY = "portal_door_tablet"
_LASTS = 12 * 60 * 60  # seconds: a meeting is over by then, and its code with it


async def tablet(request: Request) -> Response:
    """Show who may sign on the tablet, or take a signature; `do=begin` by the Chair makes this the tablet that goes round.

    Answers 303 to the door where this is not such a tablet; otherwise as the door does.
    """
    if request.method != "POST":
        return await run_in_threadpool(_answer, request, None)
    form = await posted(request)
    return form if isinstance(form, Response) else await run_in_threadpool(_answer, request, form)


def _answer(request: Request, form: FormData | None) -> Response:
    act, code = act_now(running().store, PUBLIC), str(request.path_params["code"])
    try:
        door = find_door(act, code, network(network_address(request)))
    except (NoSuchMeetingError, TooManyTriesError) as error:
        return door_refused(door_frame(), error)
    try:
        return _open(request, act, door, form)
    except NoSuchMeetingError as error:
        return door_refused(door_frame(), error)
    except BusyError:
        raise  # told in the words for a busy store
    except PortalError as error:
        status = 404 if isinstance(error, NotAllowedError) else 409
        return page_answer(page.told_page(door_frame(), "This cannot be done here", error.message), status)


def _open(request: Request, act: Act, door: Door, form: FormData | None) -> Response:
    key = request.cookies.get(_KEY, "")
    if form is not None and form_text(form, "do") == "begin":
        return _begin(request, door)
    if not goes_round(act, door, key):
        return _go(f"/m/{door.code}")
    if form is not None:
        return _take(act, door, key, form)
    if request.query_params.get("first") == "1":
        return _first(act, door, AttendeeDetails(name=""), {})
    return _who(act, door, regulars(act, door, key), {})


def _begin(request: Request, door: Door) -> Response:
    """Make this the tablet that goes round; the Chair is signed out on it, so that only this door is open."""
    by = act_of(request)
    key = hand_round(by, door.meeting_id)
    if secret := session_secret(request):
        end_session(by, secret)
    answer = _go(f"/m/{door.code}/tablet")
    answer.set_cookie(
        _KEY, key, max_age=_LASTS, path="/m", httponly=True, samesite="lax", secure=running().settings.secure
    )
    return answer


def _take(act: Act, door: Door, key: str, form: FormData) -> Response:
    if form_text(form, "do") == "here":
        who = form_text(form, "who")
        if not who:
            return _who(act, door, regulars(act, door, key), {"who": "Choose your name."})
        return _done(door, vouched(act, door, key, who))
    given, sent = signer_of(form), form_text(form, "key")
    secret = sent if SECRET.fullmatch(sent) else token()
    if form_text(form, "do") == "decline":
        decline(act, door, secret)
        return page_answer(_declined(door))
    try:
        signed = sign(act, door, secret, given, how="tablet")
    except AnswersNeededError as error:
        return _first(act, door, given, error.problems)
    return _done(door, signed, lessons(given.answers))


def _who(act: Act, door: Door, known: list[RegularAttendee], problems: dict[str, str]) -> Response:
    choices = "".join(
        f'<div class="pick"><input type="radio" id="who-{n}" name="who" value="{one.undertaking_id}" required>'
        f'<label for="who-{n}">{escape(one.name)}, {escape(one.organisation)}</label></div>'
        for n, one in enumerate(known)
    )
    here = f"""<h2>You signed the promises before</h2><p class="hint">They still hold. You sign today's list only.</p>
<form method="post" action="/m/{door.code}/tablet"><fieldset id="who" tabindex="-1"><legend>Who are you?</legend>{choices}</fieldset>
<button name="do" value="here">I am here today</button></form>"""
    body = f"""<h1>Sign on this tablet</h1>{problems_box(problems)}{door_facts(door)}{here if known else ""}
<h2>It is your first time</h2><p><a class="button second" href="/m/{door.code}/tablet?first=1">Sign for the first time</a></p>
<p class="hint">{escape(door.chair_name)} hands this tablet round, and answers for who signs on it.</p>{door_promises(door_frame(), door, words_in_force(act))}"""
    return page_answer(whole_page(door_frame(), "Sign on this tablet", body, error=bool(problems)))


def _first(act: Act, door: Door, given: AttendeeDetails, problems: dict[str, str]) -> Response:
    form = HiddenFields(secret=token(), action=f"/m/{door.code}/tablet")
    asked = asked_again(act, given, problems)
    return page_answer(page.form_page(door_frame(), door, words_in_force(act), form, asked))


def _done(door: Door, signed: SignedLine, teach: tuple[str, ...] = ()) -> Response:
    remember = "".join(f"<li>{escape(lesson)}</li>" for lesson in teach)
    body = f"""<div class="done"><div class="tick" aria-hidden="true">✓</div><h1>Thank you, {escape(signed.name)}</h1>
<p>You signed at {clock(signed.signed_at)}. Your check words: <strong class="words">{escape(signed.words)}</strong></p></div>
{f"<h2>Remember</h2><ul>{remember}</ul>" if remember else ""}<p>Is your name misspelt? Tell the Chair, who can put it right. Now hand the tablet on.</p>
<p><a class="button" href="/m/{door.code}/tablet">Next person</a></p>"""
    return page_answer(whole_page(door_frame(), "You have signed", body))


def _declined(door: Door) -> str:
    body = f"""<h1>You did not sign</h1><p>Tell the Chair. You may be asked to leave for the private part.</p>
<p>The list says that somebody did not sign. It does not say who.</p><p><a class="button" href="/m/{door.code}/tablet">Next person</a></p>"""
    return whole_page(door_frame(), "You did not sign", body)


def _go(address: str) -> Response:
    return RedirectResponse(address, status_code=303, headers={"Cache-Control": "no-store"})

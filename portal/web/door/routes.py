"""The door of a meeting over plain HTTP: /m asks for the code, /m/CODE signs. No account, no script."""

import re
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from portal.accounts.addresses import network
from portal.ground.act import PUBLIC, Act, act_now
from portal.ground.database import BusyError
from portal.ground.errors import AnswersNeededError, TooManyTriesError
from portal.ground.partnership import facts
from portal.ground.process.runtime import running
from portal.ground.vault import token
from portal.ground.wording import folded
from portal.meetings.check_in.attendees import AttendeeDetails, suggestions
from portal.meetings.check_in.codes import as_typed
from portal.meetings.check_in.door import Door, ended_door, find_door
from portal.meetings.check_in.signing import DoorVisitor, SignedLine, attend, decline, sign, visitor
from portal.meetings.check_in.understanding_check import QUESTIONS, lessons
from portal.meetings.errors import MeetingEndedError, NoSuchMeetingError, TooManyWrongCodesError
from portal.meetings.undertakings.undertaking import words_in_force
from portal.web.door import page
from portal.web.door.drawn_signature import door_policy
from portal.web.door.language import ENGLISH, DoorLanguage, language_named
from portal.web.door.page import DoorForm, Frame, HiddenFields
from portal.web.door.resumed_form import kept_page
from portal.web.visitors import from_own_page, network_address

COOKIE, _LANGUAGE = "portal_door", "portal_door_language"
_STILL_HERE = "What you typed is still here. Look at it, then sign."
_CHANGED = "The words have changed since you signed on {day}. Read them and sign again."
_LASTS = 400 * 24 * 60 * 60  # a year of meetings and a little more, in seconds
MOST_BYTES = 30_000  # a name, an organisation, an address, three answers and a drawn signature, with room
SECRET = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, kw_only=True)
class DoorRequest:
    """One request at the door: the act, the door, and the secret of the phone (or of its form)."""

    act: Act
    door: Door
    frame: Frame
    secret: str
    has_cookie: bool


async def door(request: Request) -> Response:
    """Ask for a code, show the form of a meeting, or take what was sent.

    Answers 200 with a page, 303 after something was done, 404 where no open meeting has the code, 429 after too many
    wrong codes, 403 where a form was sent from elsewhere, 413 where it is too long.
    """
    if request.method != "POST":
        return await run_in_threadpool(_show, request)
    form = await posted(request)
    return form if isinstance(form, Response) else await run_in_threadpool(_take, request, form)


async def posted(request: Request) -> FormData | Response:
    """Read a form that was sent to the door, or give the page that says why it is not taken."""
    if not from_own_page(request):
        return page_answer(
            page.told_page(door_frame(), "Open the page again", "This form was not sent from the portal's own page."),
            403,
        )
    length = request.headers.get("content-length", "")
    if not length.isdecimal() or int(length) > MOST_BYTES:
        return page_answer(page.told_page(door_frame(), "That is too long", "Write less, then send it again."), 413)
    return await request.form(max_files=0, max_fields=20)


def _show(request: Request) -> Response:
    typed = request.path_params.get("code", request.query_params.get("code", ""))
    frame = door_frame(language_of(request))
    if not typed:
        return keep_language(page_answer(page.code_page(frame)), frame)
    if "code" not in request.path_params:
        code = as_typed(typed)
        if not code:
            return page_answer(page.code_page(frame, "Enter the letters and numbers of the code.", typed[:20]))
        return RedirectResponse(f"/m/{code}", status_code=303, headers={"Cache-Control": "no-store"})
    try:
        return _present(call_of(request, typed, ""))
    except MeetingEndedError as error:
        return _signed_there(request, frame, typed) or door_refused(frame, error)
    except (NoSuchMeetingError, TooManyTriesError) as error:
        return door_refused(frame, error)


def _signed_there(request: Request, frame: Frame, typed: str) -> Response | None:
    """Tell a phone that signed at a meeting which has ended since that it did; None for any other."""
    act, held = act_now(running().store, PUBLIC), request.cookies.get(COOKIE, "")
    door = ended_door(act, typed)
    signed = visitor(act, door, held).signed if door and SECRET.fullmatch(held) else None
    return page_answer(page.signed_page(frame, door, None, signed)) if door and signed else None


def _take(request: Request, form: FormData) -> Response:
    """Do what a form asks; /m itself takes a form that was filled in for an earlier code of the door."""
    code = str(request.path_params.get("code", "")) or form_text(form, "code")
    frame = door_frame(language_of(request, form_text(form, "lang")))
    filled = form_text(form, "do") in {"sign", "again"}
    call: DoorRequest | None = None
    try:
        call = call_of(request, code, form_text(form, "key"), form_text(form, "lang"))
        return _do(call, form)
    except TooManyTriesError as error:
        return door_refused(frame, error)
    except NoSuchMeetingError as error:
        if not filled:
            return door_refused(frame, error)
        return page_answer(kept_page(frame, signer_of(form), form_text(form, "key"), error.message), 404)
    except BusyError as error:  # what was typed stands in the form again
        if call is None:  # the code opened nothing, and that could not be counted
            if not filled:
                raise
            return page_answer(kept_page(frame, signer_of(form), form_text(form, "key"), error.message), 503)
        given, problems = signer_of(form), {"name": error.message}
        asked = DoorForm(given=given, problems=problems, names=[])
        html = page.form_page(call.frame, call.door, words_in_force(call.act), hidden_of(call), asked)
        return keep_phone(page_answer(html, 503), call.secret)


def _do(call: DoorRequest, form: FormData) -> Response:
    match form_text(form, "do"):
        case "here":
            return _done(call, attend(call.act, call.door, call.secret))
        case "other":
            return _someone_else(call)
        case "decline":
            return _declined(call)
        case "decline-name":
            return _declined(call, form_text(form, "name"))
        case "again":
            return _form_page(call, signer_of(form), {}, note=call.frame.say(_STILL_HERE))
        case _:
            return _sign(call, form)


def call_of(request: Request, typed: str, key: str, language: str = "") -> DoorRequest:
    """Find the door of a request and the secret that its phone holds. Raises NoSuchMeetingError or TooManyTriesError."""
    act = act_now(running().store, PUBLIC)
    found = find_door(act, typed, network(network_address(request)))
    held = request.cookies.get(COOKIE, "")
    has_cookie = bool(SECRET.fullmatch(held))
    secret = held if has_cookie else key if SECRET.fullmatch(key) else token()
    return DoorRequest(
        act=act, door=found, frame=door_frame(language_of(request, language)), secret=secret, has_cookie=has_cookie
    )


def _present(call: DoorRequest) -> Response:
    """Show what fits whoever holds the secret: signed, welcome back, or the form."""
    known = visitor(call.act, call.door, call.secret)
    if known.signed:
        return signed_answer(call, known.signed)
    if known.known and not known.must_sign_again:
        return with_cookie(
            call, page.welcome_page(call.frame, call.door, words_in_force(call.act), hidden_of(call), known)
        )
    since = call.frame.language.day(known.known_since) if known.known_since else ""
    note = call.frame.say(_CHANGED, day=since) if since else ""
    return _form_page(call, _as_before(known), {}, note=note)


def _sign(call: DoorRequest, form: FormData) -> Response:
    given = signer_of(form)
    try:
        signed = sign(call.act, call.door, call.secret, given)
    except AnswersNeededError as error:
        return _form_page(call, given, error.problems)
    if folded(given.name) != folded(signed.name):
        return signed_answer(call, signed, other=True)
    return _done(call, signed, lessons(given.answers))


def _done(call: DoorRequest, signed: SignedLine, teach: tuple[str, ...] = ()) -> Response:
    """Go on to the signed page; a phone that keeps no cookies, or has something to learn, gets it at once."""
    if call.has_cookie and not teach:
        return RedirectResponse(f"/m/{call.door.code}", status_code=303, headers={"Cache-Control": "no-store"})
    return signed_answer(call, signed, teach=teach)


def signed_answer(
    call: DoorRequest, signed: SignedLine, *, teach: tuple[str, ...] = (), other: bool = False
) -> Response:
    """Answer with the page that says that somebody has signed."""
    return with_cookie(call, page.signed_page(call.frame, call.door, hidden_of(call), signed, teach=teach, other=other))


def _someone_else(call: DoorRequest) -> Response:
    """Forget this phone's holder: the next form is a new person's. Without cookies each form is new anyway."""
    answer = RedirectResponse(f"/m/{call.door.code}", status_code=303, headers={"Cache-Control": "no-store"})
    return keep_phone(answer, token())


def _declined(call: DoorRequest, name: str = "") -> Response:
    decline(call.act, call.door, call.secret, name)
    return with_cookie(call, page.declined_page(call.frame, call.door, hidden_of(call), named=bool(name.strip())))


def _form_page(call: DoorRequest, given: AttendeeDetails, problems: dict[str, str], *, note: str = "") -> Response:
    asked = asked_again(call.act, given, problems, note=note)
    html = page.form_page(call.frame, call.door, words_in_force(call.act), hidden_of(call), asked)
    return with_cookie(call, html)


def signer_of(form: FormData) -> AttendeeDetails:
    """Read who signs from a form of the door."""
    return AttendeeDetails(
        name=form_text(form, "name"),
        organisation=form_text(form, "organisation"),
        myself=form_text(form, "myself") == "yes",
        email=form_text(form, "email"),
        drawing=form_text(form, "drawing"),
        answers={question.id: form_text(form, f"q-{question.id}") for question in QUESTIONS},
    )


def asked_again(act: Act, given: AttendeeDetails, problems: dict[str, str], *, note: str = "") -> DoorForm:
    """Fill the form as it is shown; names to choose from give way to a drawing, so that the page stays small."""
    names = [] if given.drawing else suggestions(act)
    return DoorForm(given=given, problems=problems, names=names, note=note)


def _as_before(known: DoorVisitor) -> AttendeeDetails:
    return (
        AttendeeDetails(name=known.known.name, organisation=known.known.organisation)
        if known.known
        else AttendeeDetails(name="")
    )


def hidden_of(call: DoorRequest) -> HiddenFields:
    """Give what the form carries; the phone's own secret stands in it only until we know that it keeps cookies."""
    return HiddenFields(secret=token() if call.has_cookie else call.secret, language=call.frame.language.id)


def door_refused(frame: Frame, error: NoSuchMeetingError | TooManyTriesError) -> Response:
    """Say why a code opens nothing."""
    if isinstance(error, TooManyTriesError):
        title = "You cannot sign with this code" if isinstance(error, TooManyWrongCodesError) else "Wait a while"
        return page_answer(page.told_page(frame, title, error.message), 429)
    return page_answer(page.told_page(frame, "You cannot sign with this code", error.message), 404)


def language_of(request: Request, sent: str = "") -> DoorLanguage:
    """Give the language that was chosen: on this page just now, by the form that was sent, or before on this phone."""
    return language_named(request.query_params.get("lang", ""), sent, request.cookies.get(_LANGUAGE, ""))


def keep_language(answer: Response, frame: Frame) -> Response:
    """Let the phone remember a language other than English, for the door alone and a year of meetings."""
    if frame.language == ENGLISH:
        answer.delete_cookie(_LANGUAGE, path="/m")
    else:
        secure = running().settings.secure
        answer.set_cookie(
            _LANGUAGE, frame.language.id, max_age=_LASTS, path="/m", httponly=True, samesite="lax", secure=secure
        )
    return answer


def door_frame(language: DoorLanguage = ENGLISH) -> Frame:
    """Give what stands around every page of the door."""
    known = facts(running().store)
    return Frame(
        partnership=known.name,
        council=known.placeholders.get("council") or known.owner,
        accent=known.accent,
        language=language,
    )


def with_cookie(call: DoorRequest, html: str) -> Response:
    """Answer with a page, and let the phone hold its secret."""
    return keep_language(keep_phone(page_answer(html), call.secret), call.frame)


def keep_phone(answer: Response, secret: str) -> Response:
    """Let the phone hold its secret, out of scripts' reach and for the door alone."""
    answer.set_cookie(
        COOKIE, secret, max_age=_LASTS, path="/m", httponly=True, samesite="lax", secure=running().settings.secure
    )
    return answer


def page_answer(html: str, status: int = 200) -> Response:
    """Answer with a page that no cache keeps."""
    headers = {"Cache-Control": "no-store", "Content-Security-Policy": door_policy()}
    return HTMLResponse(html, status_code=status, headers=headers)


def form_text(form: FormData, name: str) -> str:
    """Give a field of a form, '' where it is missing or a file."""
    value = form.get(name, "")
    return value if isinstance(value, str) else ""

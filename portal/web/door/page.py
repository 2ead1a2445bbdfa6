"""The pages of a meeting's door: plain HTML for any phone, one request, no script, under 30 kB."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape
from pathlib import Path

from portal.ground.wording import day
from portal.meetings.check_in.attendees import AttendeeDetails
from portal.meetings.check_in.door import Door
from portal.meetings.check_in.signing import DoorVisitor, SignedLine
from portal.meetings.check_in.understanding_check import QUESTIONS, EverydayChoice, EverydayQuestion
from portal.meetings.undertakings.undertaking_words import five, opening, rest
from portal.rules.edition.edition_type import Edition
from portal.web.door.drawn_signature import drawing_field
from portal.web.door.language import ENGLISH, DoorLanguage, languages

_CSS = Path(__file__).resolve().parents[2] / "assets" / "door.css"
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What stands around every page of the door, and in which language it speaks."""

    partnership: str
    council: str
    accent: str = ""
    language: DoorLanguage = ENGLISH

    @property
    def say(self) -> Callable[..., str]:
        """Give what turns an English sentence into the words of this page."""
        return self.language.say


@dataclass(frozen=True, kw_only=True)
class HiddenFields:
    """What a form carries that nobody sees: its secret, and its language."""

    secret: str
    action: str = ""  # where it goes, where that is not the door's own page
    language: str = ENGLISH.id


@dataclass(frozen=True, kw_only=True)
class DoorForm:
    """A form as it is shown: what was given so far, what is wrong with it, and names to choose from.

    `note` stands above it: the words have changed, or it was filled in before.
    """

    given: AttendeeDetails
    problems: Mapping[str, str]
    names: list[str]
    note: str = ""


def code_page(frame: Frame, problem: str = "", typed: str = "") -> str:
    """Ask for the meeting's code."""
    say, wrong = frame.say, frame.language.problem(problem)
    told = problems_box({"code": wrong}, frame) if problem else ""
    return whole_page(
        frame,
        "Join a meeting",
        f"""<h1>{say("Join a meeting")}</h1>{language_choice(frame, "/m")}{told}
<form method="get" action="/m"><div class="field"><label for="code">{say("The meeting's code")}<br><span>{say("6 or 10 letters and numbers. The Chair shows it, or reads it out.")}</span></label>
{problem_at("code", wrong)}<input class="code" type="text" id="code" name="code" value="{escape(typed)}" maxlength="20" autocomplete="off" autocapitalize="characters" spellcheck="false" required></div>
<button>{say("Go on")}</button></form>
<p>{say("Did you sign at a meeting?")} <a href="/m/ask">{say("Ask its Chair if you may pass something on")}</a></p>""",
        error=bool(problem),
    )


def told_page(frame: Frame, title: str, sentence: str, *, back: str = "") -> str:
    """Say one thing: a wrong code, a meeting that has ended, too many tries; `back` is where else one may go on."""
    say = frame.say
    on = (
        f'<a href="{escape(back)}">{say("Sign with your name")}</a>'
        if back
        else f'<a href="/m">{say("Type the code again")}</a>'
    )
    return whole_page(frame, title, f"<h1>{say(title)}</h1><p>{say(sentence)}</p><p>{on}</p>")


def form_page(frame: Frame, door: Door, edition: Edition, form: HiddenFields, asked: DoorForm) -> str:
    """Ask for a first signature: meeting, date and Chair first, then the promises, then who it is (clauses app2.*)."""
    say = frame.say
    problems = {name: frame.language.problem(sentence) for name, sentence in asked.problems.items()}
    asked = replace(asked, problems=problems)
    before = (
        ""
        if form.action
        else f'<p>{say("Did you sign before, on another phone?")} <a href="/m/{door.code}/known">{say("Get a link by e-mail")}</a></p>'
    )
    again = f'<p class="note">{asked.note}</p>' if asked.note else ""
    choice = "" if form.action or problems or asked.given.name else language_choice(frame, f"/m/{door.code}")
    return whole_page(
        frame,
        "Sign at a meeting",
        f"""<h1>{say("Sign to keep what you hear private")}</h1>{choice}{problems_box(problems, frame)}{door_facts(door, frame)}{again}{door_promises(frame, door, edition)}{before}
<form method="post" action="{form.action or f"/m/{door.code}"}">{hidden_fields(form)}{who_fields(asked, frame)}
<h2>{say("Three everyday questions")}</h2><p class="hint">{say("They show what the promises mean. Nobody is turned away.")}</p>
{"".join(_question(question, asked, frame) for question in QUESTIONS)}
{drawing_field(asked.given.drawing, problem_at("drawing", problems.get("drawing", "")), say)}
<button name="do" value="sign">{say("I agree")} &ndash; {say("sign")}</button>
<button class="second" name="do" value="decline" formnovalidate>{say("I do not agree")}</button></form>
<p class="hint">{say("Your name goes on this meeting's list. The Chair and the Information Manager can see it.")}</p>""",
        error=bool(problems),
    )


def welcome_page(frame: Frame, door: Door, edition: Edition, form: HiddenFields, visitor: DoorVisitor) -> str:
    """Greet somebody who signed before, known by this phone alone; they sign the attendance list only (s10)."""
    say = frame.say
    name = visitor.known.name if visitor.known else ""
    since = say("You signed on {day}.", day=frame.language.day(visitor.known_since)) if visitor.known_since else ""
    return whole_page(
        frame,
        "Sign at a meeting",
        f"""<h1>{say("Welcome back, {name}", name=name)}</h1>{language_choice(frame, f"/m/{door.code}")}<p>{since} {say("Those promises still hold. Sign the list of today's meeting too.")}</p>{door_facts(door, frame)}
<form method="post" action="/m/{door.code}">{hidden_fields(form)}<button name="do" value="here">{say("I am here today")}</button>
<button class="second" name="do" value="other">{say("Someone else wants to sign")}</button></form>{door_promises(frame, door, edition)}""",
    )


def signed_page(
    frame: Frame,
    door: Door,
    form: HiddenFields | None,
    signed: SignedLine,
    *,
    teach: tuple[str, ...] = (),
    other: bool = False,
) -> str:
    """Confirm: a tick, the name, the time, and three words that also stand on the Chair's list; no `form` once the meeting is over."""
    say, no = frame.say, f"{frame.say('No.')} "
    lessons = "".join(f"<li>{say(f'No. {lesson}').removeprefix(no)}</li>" for lesson in teach)
    remember = f"<h2>{say('Remember')}</h2><ul>{lessons}</ul>" if lessons else ""
    already = "This phone signed already, as {name}. Is that not you? Choose “Someone else wants to sign”."
    warn = f'<p class="note">{say(already, name=signed.name)}</p>' if other else ""
    at = {"time": frame.language.clock(signed.signed_at), "day": frame.language.day(signed.signed_at)}
    return whole_page(
        frame,
        "You have signed",
        f"""{warn}<div class="done"><div class="tick" aria-hidden="true">✓</div><h1>{say("Thank you, {name}", name=signed.name)}</h1>
<p>{say("You signed at {time} on {day}.", **at)}</p><p>{say("Show this to the Chair:")} <strong class="words" lang="en-GB">{escape(signed.words)}</strong></p></div>
{door_facts(door, frame)}{remember}{_on_from_signed(frame, door, form) if form else ""}""",
    )


def _on_from_signed(frame: Frame, door: Door, form: HiddenFields) -> str:
    say = frame.say
    return f"""<form method="post" action="/m/{door.code}/mend">{hidden_fields(form)}<button class="second">{say("Put a misspelt name right")}</button></form>
<p><a href="/m/ask">{say("Ask the Chair if you may pass something on")}</a></p><form method="post" action="/m/{door.code}">{hidden_fields(form)}<button class="second" name="do" value="other">{say("Someone else wants to sign")}</button></form>"""


def declined_page(frame: Frame, door: Door, form: HiddenFields, *, named: bool) -> str:
    """Say what follows where somebody does not agree; a name is only recorded if they give it here."""
    say = frame.say
    name = f"{say('Full name')} <span>{say('(optional) if you want the Chair to know that it was you')}</span>"
    ask = (
        f"<p>{say('The Chair now has your name.')}</p>"
        if named
        else f"""<form method="post" action="/m/{door.code}">{hidden_fields(form)}
{text_field("name", name, "", {}, 'autocomplete="name" autocapitalize="words"')}
<button class="second" name="do" value="decline-name">{say("Give my name to the Chair")}</button></form>"""
    )
    return whole_page(
        frame,
        "You did not sign",
        f"""<h1>{say("You did not sign")}</h1><p>{say("Tell the Chair. You may be asked to leave for the private part.")}</p>
<p>{say("The list says that somebody did not sign. It does not say who.")}</p>{ask}<p><a href="/m/{door.code}">{say("Go back and sign")}</a></p>{door_facts(door, frame)}""",
    )


def door_promises(frame: Frame, door: Door, edition: Edition) -> str:
    """Draw the promises: five, and all of them a tap away. What is agreed to is the English, beside any other language."""
    say = frame.say
    short = "".join(f"<li>{_promise(frame, text)}</li>" for text in five(edition))
    above = "".join(f"<p>{_promise(frame, text)}</p>" for text in opening(edition))
    below = "".join(f"<li>{_promise(frame, text)}</li>" for text in rest(edition))
    laws = "; ".join(edition.confidentiality.laws)
    binds = (
        ""
        if frame.language == ENGLISH
        else f'<p class="note">{say("You agree to the English text. It stands below each promise.")}</p>'
    )
    return f"""<h2>{say("What you promise")}</h2>{binds}<ul>{short}</ul><details><summary>{say("Read all of it")}</summary>
<div lang="en-GB"><p>{escape(edition.confidentiality.title)}. {escape(frame.council)}, {day(door.starts_at)}.</p></div>{above}<ul>{below}</ul>
<div lang="en-GB"><p>Laws: {escape(laws)}.</p><p>These are the words of the {escape(edition.about.short_title)}, Appendix 2.</p></div></details>"""


def _promise(frame: Frame, english: str) -> str:
    if not frame.language.says_otherwise(english):
        return escape(english) if frame.language == ENGLISH else f'<span lang="en-GB">{escape(english)}</span>'
    return f'{frame.say(english)}<br><span class="hint" lang="en-GB">{escape(english)}</span>'


def language_choice(frame: Frame, address: str) -> str:
    """Draw the choice of a language: each by its own name, the present one without a link."""
    items = "".join(
        f'<li aria-current="true" lang="{one.id}">{escape(one.name)}</li>'
        if one == frame.language
        else f'<li><a href="{escape(address)}?lang={one.id}" lang="{one.id}" hreflang="{one.id}">{escape(one.name)}</a></li>'
        for one in languages().values()
    )
    return f'<nav class="languages" aria-label="{frame.say("Language")}"><ul>{items}</ul></nav>'


def door_facts(door: Door, frame: Frame | None = None) -> str:
    """Draw which meeting this is, before anybody is asked for a name (threat ES12)."""
    language = frame.language if frame else ENGLISH
    when = language.moment(door.starts_at)
    rows = {"Meeting": door.name, "When": when, "Where": door.place, "Chair": door.chair_name}
    items = "".join(f"<div><dt>{language.say(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in rows.items())
    return f"<dl>{items}</dl>"


def who_fields(asked: DoorForm, frame: Frame) -> str:
    """Draw the fields that ask who somebody is."""
    say, given, problems = frame.say, asked.given, asked.problems
    options = "".join(f"<option>{escape(name)}</option>" for name in asked.names)
    checked = " checked" if given.myself else ""
    organisation = f"{say('Organisation')} <span>{say('(type it if it is not on the list)')}</span>"
    email = f"{say('E-mail')} <span>{say('(optional) to get a copy')}</span>"
    return f"""{text_field("name", say("Full name"), given.name, problems, 'autocomplete="name" autocapitalize="words" required')}
{text_field("organisation", organisation, given.organisation, problems, 'list="names" autocomplete="organization"')}
<datalist id="names">{options}</datalist>
<div class="pick"><input type="checkbox" id="myself" name="myself" value="yes"{checked}><label for="myself">{say("I am here for myself, as a resident")}</label></div>
{text_field("email", email, given.email, problems, 'autocomplete="email" autocapitalize="off"', kind="email")}"""


def text_field(name: str, label: str, value: str, problems: Mapping[str, str], more: str, *, kind: str = "text") -> str:
    """Draw a one-line field with its label and problem."""
    wrong = problems.get(name, "")
    tied = f' aria-invalid="true" aria-describedby="{name}-error"' if wrong else ""
    return (
        f'<div class="field"><label for="{name}">{label}</label>{problem_at(name, wrong)}'
        f'<input type="{kind}" id="{name}" name="{name}" value="{escape(value)}" maxlength="250" {more}{tied}></div>'
    )


def _question(question: EverydayQuestion, asked: DoorForm, frame: Frame) -> str:
    name, given, problems = f"q-{question.id}", asked.given, asked.problems
    choices = "".join(
        _choice(name, choice, frame, chosen=given.answers.get(question.id) == choice.id) for choice in question.choices
    )
    return f'<fieldset id="{name}" tabindex="-1"><legend>{frame.say(question.ask)}</legend>{problem_at(name, problems.get(name, ""))}{choices}</fieldset>'


def _choice(name: str, choice: EverydayChoice, frame: Frame, *, chosen: bool) -> str:
    ticked = " checked" if chosen else ""
    kind = "right" if choice.right else "wrong"
    return (
        f'<div class="pick"><input type="radio" id="{name}-{choice.id}" name="{name}" value="{choice.id}" required{ticked}>'
        f'<label for="{name}-{choice.id}">{frame.say(choice.text)}</label><p class="{kind}">{frame.say(choice.lesson)}</p></div>'
    )


def problems_box(problems: Mapping[str, str], frame: Frame | None = None) -> str:
    """Draw the summary of what is wrong, '' where nothing is."""
    say = frame.say if frame else ENGLISH.say
    if not problems:
        return ""
    items = "".join(f'<li><a href="#{name}">{escape(sentence)}</a></li>' for name, sentence in problems.items())
    return f'<div class="errors" role="alert" tabindex="-1" autofocus><h2>{say("There is a problem")}</h2><ul>{items}</ul></div>'


def problem_at(name: str, sentence: str) -> str:
    """Draw the sentence at a field."""
    return f'<p class="error" id="{name}-error">{escape(sentence)}</p>' if sentence else ""


def hidden_fields(form: HiddenFields) -> str:
    """Draw what the form carries that nobody sees."""
    spoken = f'<input type="hidden" name="lang" value="{form.language}">' if form.language != ENGLISH.id else ""
    return f'<input type="hidden" name="key" value="{escape(form.secret)}">{spoken}'


@lru_cache(maxsize=1)
def _style() -> str:
    return _CSS.read_text(encoding="utf-8")


def whole_page(frame: Frame, title: str, body: str, *, error: bool = False) -> str:
    """Draw a whole page of the door; `body` is escaped already."""
    say, language = frame.say, frame.language
    unchecked = (
        ""
        if language.checked
        else f'<p class="note">{say("This translation has not been checked by a translator yet.")}</p>'
    )
    accent = f":root{{--accent:{frame.accent}}}" if _COLOUR.fullmatch(frame.accent) else ""
    return f"""<!DOCTYPE html>
<html lang="{language.id}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{"Error: " if error else ""}{say(title)}</title><link rel="icon" href="data:,"><style>{_style()}{accent}</style></head>
<body><header>{escape(frame.partnership)}</header><main>{unchecked}{body}
<footer><p>{say("Is someone in danger now? Phone 999.")}</p><p><a href="/privacy">{say("How this portal uses information about you")}</a></p></footer></main></body></html>"""

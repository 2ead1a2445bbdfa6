"""The pages of a meeting's door: plain HTML for any phone, one request, no script, under 30 kB."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path

from portal.ground.wording import clock, day, day_and_time
from portal.meetings.check_in.attendees import AttendeeDetails
from portal.meetings.check_in.door import Door
from portal.meetings.check_in.everyday import QUESTIONS, EverydayChoice, EverydayQuestion
from portal.meetings.check_in.signing import SignedLine, Visitor
from portal.meetings.undertakings.undertaking_words import five, opening, rest
from portal.rules.edition.edition_type import Edition
from portal.web.door.drawn_signature import drawing_field

_CSS = Path(__file__).resolve().parents[2] / "assets" / "door.css"
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What stands around every page of the door."""

    partnership: str
    council: str
    accent: str = ""


@dataclass(frozen=True, kw_only=True)
class HiddenFields:
    """What a form carries that nobody sees: its secret."""

    secret: str
    action: str = ""  # where it goes, where that is not the door's own page


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
    told = problems_box({"code": problem}) if problem else ""
    return whole_page(
        frame,
        "Join a meeting",
        f"""<h1>Join a meeting</h1>{told}
<form method="get" action="/m"><div class="field"><label for="code">The meeting's code<br><span>6 or 10 letters and numbers. The Chair shows it, or reads it out.</span></label>
{problem_at("code", problem)}<input class="code" type="text" id="code" name="code" value="{escape(typed)}" maxlength="20" autocomplete="off" autocapitalize="characters" spellcheck="false" required></div>
<button>Go on</button></form>
<p>Did you sign at a meeting? <a href="/m/ask">Ask its Chair if you may pass something on</a></p>""",
        error=bool(problem),
    )


def told_page(frame: Frame, title: str, sentence: str, *, back: str = "") -> str:
    """Say one thing: a wrong code, a meeting that has ended, too many tries; `back` is where else one may go on."""
    on = f'<a href="{escape(back)}">Sign with your name</a>' if back else '<a href="/m">Type the code again</a>'
    return whole_page(frame, title, f"<h1>{escape(title)}</h1><p>{escape(sentence)}</p><p>{on}</p>")


def form_page(frame: Frame, door: Door, edition: Edition, form: HiddenFields, asked: DoorForm) -> str:
    """Ask for a first signature: meeting, date and Chair first, then the promises, then who it is (clauses app2.*)."""
    before = (
        ""
        if form.action
        else f'<p>Did you sign before, on another phone? <a href="/m/{door.code}/known">Get a link by e-mail</a></p>'
    )
    again = f'<p class="note">{escape(asked.note)}</p>' if asked.note else ""
    return whole_page(
        frame,
        "Sign at a meeting",
        f"""<h1>Sign to keep what you hear private</h1>{problems_box(asked.problems)}{door_facts(door)}{again}{door_promises(frame, door, edition)}{before}
<form method="post" action="{form.action or f"/m/{door.code}"}">{hidden_fields(form)}{who_fields(asked)}
<h2>Three everyday questions</h2><p class="hint">They show what the promises mean. Nobody is turned away.</p>
{"".join(_question(question, asked) for question in QUESTIONS)}
{drawing_field(asked.given.drawing, problem_at("drawing", asked.problems.get("drawing", "")))}
<button name="do" value="sign">I agree &ndash; sign</button>
<button class="second" name="do" value="decline" formnovalidate>I do not agree</button></form>
<p class="hint">Your name goes on this meeting's list. The Chair and the Information Manager can see it.</p>""",
        error=bool(asked.problems),
    )


def welcome_page(frame: Frame, door: Door, edition: Edition, form: HiddenFields, visitor: Visitor) -> str:
    """Greet somebody who signed before, known by this phone alone; they sign the attendance list only (s10)."""
    name = visitor.known.name if visitor.known else ""
    since = f"You signed on {day(visitor.known_since)}." if visitor.known_since else ""
    return whole_page(
        frame,
        "Sign at a meeting",
        f"""<h1>Welcome back, {escape(name)}</h1><p>{since} Those promises still hold. Sign the list of today's meeting too.</p>{door_facts(door)}
<form method="post" action="/m/{door.code}">{hidden_fields(form)}<button name="do" value="here">I am here today</button>
<button class="second" name="do" value="other">Someone else wants to sign</button></form>{door_promises(frame, door, edition)}""",
    )


def signed_page(
    frame: Frame, door: Door, form: HiddenFields, signed: SignedLine, *, teach: tuple[str, ...], other: bool
) -> str:
    """Confirm: a tick, the name, the time, and three words that also stand on the Chair's list."""
    lessons = "".join(f"<li>{escape(lesson)}</li>" for lesson in teach)
    remember = f"<h2>Remember</h2><ul>{lessons}</ul>" if lessons else ""
    warn = (
        f'<p class="note">This phone signed already, as {escape(signed.name)}. Is that not you? Choose &ldquo;Someone else wants to sign&rdquo;.</p>'
        if other
        else ""
    )
    return whole_page(
        frame,
        "You have signed",
        f"""{warn}<div class="done"><div class="tick" aria-hidden="true">✓</div><h1>Thank you, {escape(signed.name)}</h1>
<p>You signed at {clock(signed.signed_at)} on {day(signed.signed_at)}.</p><p>Show this to the Chair: <strong class="words">{escape(signed.words)}</strong></p></div>
{door_facts(door)}{remember}<form method="post" action="/m/{door.code}/mend">{hidden_fields(form)}<button class="second">Put a misspelt name right</button></form>
<p><a href="/m/ask">Ask the Chair if you may pass something on</a></p><form method="post" action="/m/{door.code}">{hidden_fields(form)}<button class="second" name="do" value="other">Someone else wants to sign</button></form>""",
    )


def declined_page(frame: Frame, door: Door, form: HiddenFields, *, named: bool) -> str:
    """Say what follows where somebody does not agree; a name is only recorded if they give it here."""
    ask = (
        "<p>The Chair now has your name.</p>"
        if named
        else f"""<form method="post" action="/m/{door.code}">{hidden_fields(form)}
{text_field("name", "Full name <span>(optional) if you want the Chair to know that it was you</span>", "", {}, 'autocomplete="name" autocapitalize="words"')}
<button class="second" name="do" value="decline-name">Give my name to the Chair</button></form>"""
    )
    return whole_page(
        frame,
        "You did not sign",
        f"""<h1>You did not sign</h1><p>Tell the Chair. You may be asked to leave for the private part.</p>
<p>The list says that somebody did not sign. It does not say who.</p>{ask}<p><a href="/m/{door.code}">Go back and sign</a></p>{door_facts(door)}""",
    )


def door_promises(frame: Frame, door: Door, edition: Edition) -> str:
    """Draw the promises: five, and all of them a tap away."""
    short = "".join(f"<li>{escape(text)}</li>" for text in five(edition))
    above = "".join(f"<p>{escape(text)}</p>" for text in opening(edition))
    below = "".join(f"<li>{escape(text)}</li>" for text in rest(edition))
    laws = "; ".join(edition.confidentiality.laws)
    return f"""<h2>What you promise</h2><ul>{short}</ul><details><summary>Read all of it</summary>
<p>{escape(edition.confidentiality.title)}. {escape(frame.council)}, {day(door.starts_at)}.</p>{above}<ul>{below}</ul>
<p>Laws: {escape(laws)}.</p><p>These are the words of the {escape(edition.about.short_title)}, Appendix 2.</p></details>"""


def door_facts(door: Door) -> str:
    """Draw which meeting this is, before anybody is asked for a name (threat ES12)."""
    rows = {"Meeting": door.name, "When": day_and_time(door.starts_at), "Where": door.place, "Chair": door.chair_name}
    return "<dl>" + "".join(f"<div><dt>{k}</dt><dd>{escape(v)}</dd></div>" for k, v in rows.items()) + "</dl>"


def who_fields(asked: DoorForm) -> str:
    """Draw the fields that ask who somebody is."""
    given, problems = asked.given, asked.problems
    options = "".join(f"<option>{escape(name)}</option>" for name in asked.names)
    checked = " checked" if given.myself else ""
    organisation = "Organisation <span>(type it if it is not on the list)</span>"
    return f"""{text_field("name", "Full name", given.name, problems, 'autocomplete="name" autocapitalize="words" required')}
{text_field("organisation", organisation, given.organisation, problems, 'list="names" autocomplete="organization"')}
<datalist id="names">{options}</datalist>
<div class="pick"><input type="checkbox" id="myself" name="myself" value="yes"{checked}><label for="myself">I am here for myself, as a resident</label></div>
{text_field("email", "E-mail <span>(optional) to get a copy</span>", given.email, problems, 'autocomplete="email" autocapitalize="off"', kind="email")}"""


def text_field(name: str, label: str, value: str, problems: Mapping[str, str], more: str, *, kind: str = "text") -> str:
    """Draw a one-line field with its label and problem."""
    wrong = problems.get(name, "")
    tied = f' aria-invalid="true" aria-describedby="{name}-error"' if wrong else ""
    return (
        f'<div class="field"><label for="{name}">{label}</label>{problem_at(name, wrong)}'
        f'<input type="{kind}" id="{name}" name="{name}" value="{escape(value)}" maxlength="250" {more}{tied}></div>'
    )


def _question(question: EverydayQuestion, asked: DoorForm) -> str:
    name, given, problems = f"q-{question.id}", asked.given, asked.problems
    choices = "".join(_choice(name, choice, given.answers.get(question.id) == choice.id) for choice in question.choices)
    return f'<fieldset id="{name}" tabindex="-1"><legend>{escape(question.ask)}</legend>{problem_at(name, problems.get(name, ""))}{choices}</fieldset>'


def _choice(name: str, choice: EverydayChoice, chosen: bool) -> str:  # noqa: FBT001 - whether this one is ticked
    ticked = " checked" if chosen else ""
    kind = "right" if choice.right else "wrong"
    return (
        f'<div class="pick"><input type="radio" id="{name}-{choice.id}" name="{name}" value="{choice.id}" required{ticked}>'
        f'<label for="{name}-{choice.id}">{escape(choice.text)}</label><p class="{kind}">{escape(choice.lesson)}</p></div>'
    )


def problems_box(problems: Mapping[str, str]) -> str:
    """Draw the summary of what is wrong, '' where nothing is."""
    if not problems:
        return ""
    items = "".join(f'<li><a href="#{name}">{escape(sentence)}</a></li>' for name, sentence in problems.items())
    return f'<div class="errors" role="alert" tabindex="-1" autofocus><h2>There is a problem</h2><ul>{items}</ul></div>'


def problem_at(name: str, sentence: str) -> str:
    """Draw the sentence at a field."""
    return f'<p class="error" id="{name}-error">{escape(sentence)}</p>' if sentence else ""


def hidden_fields(form: HiddenFields) -> str:
    """Draw what the form carries that nobody sees."""
    return f'<input type="hidden" name="key" value="{escape(form.secret)}">'


@lru_cache(maxsize=1)
def _style() -> str:
    return _CSS.read_text(encoding="utf-8")


def whole_page(frame: Frame, title: str, body: str, *, error: bool = False) -> str:
    """Draw a whole page of the door; `body` is escaped already."""
    accent = f":root{{--accent:{frame.accent}}}" if _COLOUR.fullmatch(frame.accent) else ""
    return f"""<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{"Error: " if error else ""}{escape(title)}</title><link rel="icon" href="data:,"><style>{_style()}{accent}</style></head>
<body><header>{escape(frame.partnership)}</header><main>{body}
<footer><p>Is someone in danger now? Phone 999.</p><p><a href="/privacy">How this portal uses information about you</a></p></footer></main></body></html>"""

"""A form that was filled in for a code which no longer opens the door: what was typed is kept, and the new code asked."""

from html import escape

from portal.meetings.check_in.attendees import AttendeeDetails
from portal.web.door.page import Frame, problem_at, problems_box, whole_page


def kept_page(frame: Frame, given: AttendeeDetails, key: str, why: str) -> str:
    """Say that the code opens nothing now, show what was typed, and take the new code with it."""
    fields = {
        "do": "again",
        "key": key,
        "lang": frame.language.id,
        "name": given.name,
        "organisation": given.organisation,
        "myself": "yes" if given.myself else "",
        "email": given.email,
        "drawing": given.drawing,
        **{f"q-{question}": answer for question, answer in given.answers.items()},
    }
    kept = "".join(f'<input type="hidden" name="{escape(k)}" value="{escape(v)}">' for k, v in fields.items() if v)
    say, wrong = frame.say, frame.language.problem(why)
    typed = ", ".join(one for one in (given.name, given.organisation, given.email) if one)
    closed = "Was the door closed and opened again? Then it has a new code. The Chair shows it, or reads it out."
    body = f"""<h1>{say("Type the meeting's code again")}</h1>{problems_box({"code": wrong}, frame)}
<p>{say("What you typed is not lost: {typed}. You have not signed yet.", typed=typed)}</p><p>{say(closed)}</p>
<form method="post" action="/m">{kept}<div class="field"><label for="code">{say("The new code")}</label>{problem_at("code", wrong)}
<input class="code" type="text" id="code" name="code" maxlength="20" autocomplete="off" autocapitalize="characters" spellcheck="false" required aria-invalid="true" aria-describedby="code-error"></div>
<button>{say("Go on")}</button></form>"""
    return whole_page(frame, "Type the code again", body, error=True)

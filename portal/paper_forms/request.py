"""The written request on paper: the tasks of its pages, each with the fields that its page would draw (s6, s4)."""

from dataclasses import replace

from portal.documents.blank_form import BlankPart, BlankQuestion
from portal.ground.partnership import Facts
from portal.requests.case import Body, Case, Colleague
from portal.requests.forms.fields import FormField, QuestionPage
from portal.requests.forms.questions import page_of
from portal.requests.forms.tasks import GROUPS, TASKS, RequestTask
from portal.rules.edition.edition_type import Edition
from portal.rules.forms.requests import request_contents

_NOBODY = Body(id="", name="", kind="")
_OWN_WORDS = ", in your own words"
_SAYS_NOTHING = frozenset({"Your answer", "Choose one", "Item", "Full name", "How long, and why"})
_OPEN = BlankQuestion(label="Your answer", kind="long")
_OF_THE_PORTAL = {
    "holder": BlankQuestion(label="Organisation that you ask", kind="line"),
    "requester": BlankQuestion(label="Your name, your post, and how to reach you", kind="long"),
    "gateway": BlankQuestion(label="The law that lets them tell you, and you hold it", kind="long"),
    "people_minimum": BlankQuestion(label="Names and posts of all who will see the answer", kind="long"),
}


def request_parts(edition: Edition, _known: Facts) -> tuple[BlankPart, ...]:
    """Give the parts of the form: the ten contents first as a list, then every task in its group (clause s6.request.in-writing)."""
    case = Case(edition=edition, asking=_NOBODY, requester=Colleague(id="", name="", position=""))
    ten = "\n".join(f"- {one.label}" for one in request_contents(edition))
    first = BlankPart(
        title="What a written request holds", text=ten, blanks=(BlankQuestion(label="Date", kind="date"),)
    )
    return (
        first,
        *(
            BlankPart(
                title=group, blanks=tuple(blank for task in TASKS if task.group == n for blank in _task(case, task))
            )
            for n, group in enumerate(GROUPS)
        ),
        BlankPart(title="Signature", blanks=(BlankQuestion(label="Signed by whoever asks", kind="signature"),)),
    )


def _task(case: Case, task: RequestTask) -> tuple[BlankQuestion, ...]:
    page = page_of(case, task)
    drawn = [blank for field in page.fields if (blank := _field(field, page)) is not None]
    own = _OF_THE_PORTAL.get(task.id)
    if own is not None and not any(one.kind in {"long", "line"} for one in drawn):
        drawn.append(own)
    if not drawn:
        drawn = [_OPEN]
    head = drawn[0]
    asks = "?" in head.label or head.kind == "promise"
    says_nothing = head.label in _SAYS_NOTHING or head.label.endswith(_OWN_WORDS)
    title = head.label if asks else task.title if says_nothing else f"{task.title}. {head.label}"
    return (replace(head, label=title, hint=head.hint or ("" if page.first else page.help)), *drawn[1:])


def _field(field: FormField, page: QuestionPage) -> BlankQuestion | None:
    options = tuple((one.label, one.hint) for one in field.options if one.value)
    match field.kind:
        case "radio" | "pick" | "checks":
            return (
                BlankQuestion(label=field.label or page.title, kind="pick", hint=field.hint, options=options)
                if options
                else None
            )
        case "items":
            return BlankQuestion(
                label=field.label or page.title,
                kind="table",
                hint=field.hint,
                headings=("What you want to know", "Why you need it"),
                rows=6,
            )
        case "day":
            return BlankQuestion(label=field.label, kind="date", hint=field.hint)
        case "promise":
            return BlankQuestion(label=field.label, kind="promise", hint=field.hint)
        case "line":
            return BlankQuestion(label=field.label, kind="line", hint=field.hint)
        case "long":
            return BlankQuestion(label=field.label, kind="long", hint=field.hint)

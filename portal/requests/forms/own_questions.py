"""The pages of the request itself: who is asked, who asks, about whom, what exactly, how it is kept, the promise."""

from collections.abc import Callable, Sequence

from portal.requests.case import Body, Case
from portal.requests.forms.examples import EXAMPLES
from portal.requests.forms.fields import LINE, FormField, Option, QuestionPage
from portal.rules.forms.requests import request_contents
from portal.rules.forms.secure_reply import FAX


def holder_page(bodies: Sequence[Body]) -> QuestionPage:
    """Ask who holds the information."""
    return QuestionPage(
        title="Who are you asking?",
        help="Organisations that take part in the agreement now. Start typing a name to find it.",
        paragraph="s6 General Disclosure",
        fields=(
            FormField(
                key="holder",
                kind="pick",
                label="Organisation",
                options=tuple(Option(value=body.id, label=body.name) for body in bodies),
                needed="Choose the organisation you are asking.",
            ),
        ),
    )


def requester_page(case: Case) -> QuestionPage:
    """Confirm who asks, from the account (clause s6.request.requester)."""
    fields: tuple[FormField, ...] = ()
    facts = [("Name", case.requester.name), ("Post", case.requester.position), ("Organisation", case.asking.name)]
    if not case.requester.position:
        needed = "Enter your job title or post."
        fields = (FormField(key="requester.position", kind="line", label="Your post", limit=LINE, needed=needed),)
        facts.pop(1)
    return QuestionPage(
        title="Your name and post",
        help="They come from your account and stand in the request.",
        paragraph="s6 General Disclosure item 9",
        fields=fields,
        facts=tuple(facts),
    )


def reply_page(case: Case) -> QuestionPage:
    """Ask where the answer goes; inside the portal is the default (clause s6.request.secure-reply)."""
    content = next(one for one in request_contents(case.edition) if one.kind == "secure_contact")
    ways = [
        Option(
            value="portal",
            label="Inside this portal (recommended)",
            hint="Encrypted, open only to the people you name, and each opening is recorded.",
        ),
        Option(value="email", label="To a secure e-mail address", hint=f"It must end in {', '.join(content.domains)}."),
    ]
    if FAX in content.accepts:
        ways.append(Option(value="fax", label="To a fax number"))
    return content_page(
        case,
        "secure_reply",
        "reply",
        "Where should the answer go?",
        (
            FormField(
                key="reply",
                kind="radio",
                label="How the answer comes back",
                options=tuple(ways),
                needed="Choose where the answer should go.",
            ),
            FormField(
                key="reply.address",
                kind="line",
                label="Secure address or number",
                limit=254,
                needed="Enter the address.",
                shown_if=(("reply", frozenset({"email", "fax"})),),
            ),
        ),
    )


def items_page(case: Case) -> QuestionPage:
    """Ask for each item and why it is needed (clause s6.request.details)."""
    field = FormField(
        key="items",
        kind="items",
        label="Item",
        needed="Enter at least one item, and why you need it.",
        hint="One line each. The holder can share some items and not others.",
    )
    return content_page(case, "information", "items", "What exactly do you want to know?", (field,))


def words_page(content_id: str, key: str) -> Callable[[Case], QuestionPage]:
    """Give the page of a content that is answered in words."""
    asks, needed = {
        "necessity": ("Why, in your own words", "Say why you need it, or what would go wrong without it."),
        "effect": ("How, in your own words", "Say how it would help to prevent crime or anti-social behaviour."),
    }[key]

    def page(case: Case) -> QuestionPage:
        label = next(one.label for one in request_contents(case.edition) if one.id == content_id)
        field = FormField(key=key, kind="long", label=asks, needed=needed)
        return content_page(case, content_id, key, label, (field,))

    return page


def retention_page(case: Case) -> QuestionPage:
    """Ask how long it will be kept (s12)."""
    good, bad = EXAMPLES["retention"]
    field = FormField(
        key="retention", kind="long", label="How long, and why", limit=600, needed="Say how long you will keep it."
    )
    return QuestionPage(
        title="How long will you keep it?",
        help="Keep it no longer than the purpose needs. Then destroy it safely.",
        paragraph=next((one.ref for one in case.edition.request_extras if one.id == "retention"), "s12"),
        good=good,
        bad=bad,
        fields=(field,),
    )


def undertaking_page(case: Case) -> QuestionPage:
    """Ask for the promise to use it for this purpose only (clause s6.request.only-that-purpose)."""
    content = next(one for one in request_contents(case.edition) if one.kind == "declaration")
    field = FormField(
        key="undertaking", kind="promise", label=content.text, needed="Give the promise, or the request cannot be sent."
    )
    return content_page(case, content.id, "undertaking", "Your promise", (field,))


def content_page(case: Case, content_id: str, task: str, title: str, fields: tuple[FormField, ...]) -> QuestionPage:
    """Give the page of one of the ten contents, with its help, paragraph and examples."""
    content = next(one for one in request_contents(case.edition) if one.id == content_id)
    good, bad = EXAMPLES.get(task, ("", ""))
    return QuestionPage(title=title, help=content.help, paragraph=content.ref, good=good, bad=bad, fields=fields)

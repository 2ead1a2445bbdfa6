"""The page of each task: its question, help and fields, in the words of the edition and filtered for the two bodies."""

from collections.abc import Callable, Sequence

from portal.disclosure.case import Body, Case
from portal.disclosure.examples import EXAMPLES
from portal.disclosure.fields import LINE, Field, Option, QuestionPage
from portal.disclosure.law_questions import condition_page, gateway_page
from portal.disclosure.tasks import Task
from portal.rules.questions import Consideration
from portal.rules.requests import request_contents
from portal.rules.secure_reply import FAX

NOT_YET = Option(value="", label="I do not know yet")
WHY = "Say why, in a sentence or two"


def page_of(case: Case, task: Task, bodies: Sequence[Body] = ()) -> QuestionPage:
    """Give the page of one task. `bodies` are the organisations that may be asked."""
    special: dict[str, Callable[[Case], QuestionPage]] = {
        "requester": _requester,
        "reply": _reply,
        "urgent": _urgent,
        "subject": _subject,
        "data_type": _data_type,
        "items": _items,
        "purpose": _purpose,
        "gateway": gateway_page,
        "necessity": _words_page("necessity", "necessity"),
        "effect": _words_page("effect", "effect"),
        "consent": _consent,
        "schedule2": condition_page("schedule2"),
        "schedule3": condition_page("schedule3"),
        "public_interest_reason": _public_interest,
        "people_minimum": _people,
        "retention": _retention,
        "undertaking": _undertaking,
    }
    if task.id == "holder":
        return _holder(bodies)
    return special[task.id](case) if task.id in special else _plain_question(case, task.question)


def label_of(case: Case, question: str, value: str) -> str:
    """Give the words of an answer of the check; a grade is its own word."""
    answer = case.edition.question(question).answer(value)
    return (answer.label if answer else "") or value.replace("_", " ").capitalize()


def options_of(question: Consideration) -> tuple[Option, ...]:
    """Give a question's answers as choices, with leaving it open last."""
    words = (Option(value=a.value, label=a.label or a.value.capitalize()) for a in question.answers)
    return (*words, NOT_YET)


def why_field(question: Consideration, label: str = WHY) -> Field:
    """Give the field for the words that an answer needs."""
    need = frozenset(answer.value for answer in question.answers if answer.needs_reason)
    return Field(
        key=f"{question.id}.why",
        kind="long",
        label=label,
        needed="Say why. One or two sentences are enough.",
        shown_if=((question.id, need),),
    )


def _plain_question(case: Case, question_id: str) -> QuestionPage:
    question = case.edition.question(question_id)
    fields = [Field(key=question.id, kind="radio", label=question.text, options=options_of(question))]
    if question.options:
        fields.append(
            Field(
                key=f"{question.id}.options",
                kind="checks",
                label="Which of these is it?",
                options=tuple(Option(value=one, label=one.capitalize()) for one in question.options),
                needed="Choose at least one.",
                shown_if=((question.id, frozenset({"yes"})),),
            )
        )
    if any(answer.needs_reason for answer in question.answers):
        fields.append(why_field(question))
    return _page(question, question.id, tuple(fields))


def _page(question: Consideration, task: str, fields: tuple[Field, ...], title: str = "") -> QuestionPage:
    good, bad = EXAMPLES.get(task, ("", ""))
    return QuestionPage(
        title=title or question.text, help=question.help, paragraph=question.ref, good=good, bad=bad, fields=fields
    )


def _content_page(case: Case, content_id: str, task: str, title: str, fields: tuple[Field, ...]) -> QuestionPage:
    content = next(one for one in request_contents(case.edition) if one.id == content_id)
    good, bad = EXAMPLES.get(task, ("", ""))
    return QuestionPage(title=title, help=content.help, paragraph=content.ref, good=good, bad=bad, fields=fields)


def _holder(bodies: Sequence[Body]) -> QuestionPage:
    return QuestionPage(
        title="Who are you asking?",
        help="Organisations that take part in the agreement now. Start typing a name to find it.",
        paragraph="s6 General Disclosure",
        fields=(
            Field(
                key="holder",
                kind="pick",
                label="Organisation",
                options=tuple(Option(value=body.id, label=body.name) for body in bodies),
                needed="Choose the organisation you are asking.",
            ),
        ),
    )


def _requester(case: Case) -> QuestionPage:
    fields: tuple[Field, ...] = ()
    facts = [("Name", case.requester.name), ("Post", case.requester.position), ("Organisation", case.asking.name)]
    if not case.requester.position:
        needed = "Enter your job title or post."
        fields = (Field(key="requester.position", kind="line", label="Your post", limit=LINE, needed=needed),)
        facts.pop(1)
    return QuestionPage(
        title="Your name and post",
        help="They come from your account and stand in the request.",
        paragraph="s6 General Disclosure item 9",
        fields=fields,
        facts=tuple(facts),
    )


def _reply(case: Case) -> QuestionPage:
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
    return _content_page(
        case,
        "secure_reply",
        "reply",
        "Where should the answer go?",
        (
            Field(
                key="reply",
                kind="radio",
                label="How the answer comes back",
                options=tuple(ways),
                needed="Choose where the answer should go.",
            ),
            Field(
                key="reply.address",
                kind="line",
                label="Secure address or number",
                limit=254,
                needed="Enter the address.",
                shown_if=(("reply", frozenset({"email", "fax"})),),
            ),
        ),
    )


def _urgent(case: Case) -> QuestionPage:
    question = case.edition.question("urgent")
    day = Field(
        key="wanted_by",
        kind="day",
        label="When do you need an answer by? (optional)",
        hint="Such as 1 12 2026. The holder sees this date.",
    )
    radio = Field(key="urgent", kind="radio", label=question.text, options=options_of(question))
    return _page(question, "urgent", (radio, why_field(question), day), "How soon do you need it?")


def _subject(case: Case) -> QuestionPage:
    more = "Give only what helps to find the right person."
    return _content_page(
        case,
        "subject",
        "subject",
        "Who is it about?",
        (
            Field(
                key="subject.name",
                kind="line",
                label="Full name",
                limit=LINE,
                hint="So that the holder looks for the right person.",
                needed="Enter the person's name.",
            ),
            Field(
                key="subject.born",
                kind="line",
                label="Date of birth, or age",
                limit=60,
                hint="Two people can share a name. This tells them apart.",
            ),
            Field(key="subject.address", kind="long", label="Address, now or before", limit=600, hint=more),
            Field(key="subject.aliases", kind="line", label="Other names they use (optional)", limit=LINE),
            Field(
                key="subject.references",
                kind="line",
                label="Reference numbers (optional)",
                limit=LINE,
                hint="Such as a tenancy, crime or case number.",
            ),
        ),
    )


def _data_type(case: Case) -> QuestionPage:
    question = case.edition.question("data_type")
    about = {kind.id: kind.summary for kind in case.edition.data_types if kind.about_people}
    options = tuple(
        Option(value=a.value, label=a.label, hint=about[a.value]) for a in question.answers if a.value in about
    )
    needed = "Choose the kind of information."
    field = Field(key="data_type", kind="radio", label=question.text, options=options, needed=needed)
    return _page(question, "data_type", (field,))


def _items(case: Case) -> QuestionPage:
    field = Field(
        key="items",
        kind="items",
        label="Item",
        needed="Enter at least one item, and why you need it.",
        hint="One line each. The holder can share some items and not others.",
    )
    return _content_page(case, "information", "items", "What exactly do you want to know?", (field,))


def _purpose(case: Case) -> QuestionPage:
    question = case.edition.question("purpose_in_scope")
    words = Field(
        key="purpose",
        kind="long",
        label="What it is for, exactly",
        hint="The information may be used for this and nothing else.",
        needed="Say what the information is for.",
    )
    radio = Field(key=question.id, kind="radio", label=question.text, options=options_of(question))
    return _page(question, "purpose", (words, radio), "What is it for?")


def _words_page(content_id: str, key: str) -> Callable[[Case], QuestionPage]:
    needed = {
        "necessity": "Say why you need it, or what would go wrong without it.",
        "effect": "Say how it would help to prevent crime or anti-social behaviour.",
    }[key]

    def page(case: Case) -> QuestionPage:
        label = next(one.label for one in request_contents(case.edition) if one.id == content_id)
        field = Field(key=key, kind="long", label="In your own words", needed=needed)
        return _content_page(case, content_id, key, label, (field,))

    return page


def _consent(case: Case) -> QuestionPage:
    """Ask for consent in the three ways of Section 6: without it, with it, or against it (clause s6.request.consent)."""
    question = case.edition.question("consent")
    ways = (
        Option(value="given", label="The person has agreed", hint="Say how and when, and where the record is kept."),
        Option(
            value="without",
            label="Share it without asking the person",
            hint="You then say why the public interest is stronger, unless the law named says it must be shared.",
        ),
        Option(
            value="withheld",
            label="The person was asked and said no",
            hint="You then say why the public interest is stronger.",
        ),
    )
    asks = (
        Option(value="not_asked", label="Yes, but we have not asked"),
        Option(value="cannot_ask", label="No, asking is not safe or would spoil a case"),
    )
    way = Field(
        key="consent.way", kind="radio", label="Choose one", options=ways, needed="Choose how it stands with consent."
    )
    ask = Field(
        key="consent.ask",
        kind="radio",
        label="Could the person safely be asked?",
        options=asks,
        needed="Say whether the person could safely be asked.",
        shown_if=(("consent.way", frozenset({"without"})),),
    )
    why = Field(
        key="consent.why",
        kind="long",
        label="Say how and when they agreed, or why they cannot be asked",
        needed="Say how and when they agreed, or why they cannot be asked.",
        shown_if=(("consent.way", frozenset({"given"})), ("consent.ask", frozenset({"cannot_ask"}))),
    )
    fields = [way, ask, why]
    if case.words("data_type") == "sensitive":
        explicit = case.edition.question("consent_explicit")
        fields.append(
            Field(
                key=explicit.id,
                kind="radio",
                label=explicit.text,
                options=options_of(explicit),
                shown_if=(("consent.way", frozenset({"given"})),),
            )
        )
    return _page(question, "consent", tuple(fields))


def _public_interest(case: Case) -> QuestionPage:
    question = case.edition.question("public_interest_reason")
    field = Field(
        key=question.id, kind="long", label="In your own words", needed="Say why the public interest weighs more."
    )
    return _page(question, question.id, (field,))


def _people(case: Case) -> QuestionPage:
    question = case.edition.question("people_minimum")
    people = tuple(Option(value=c.id, label=c.words) for c in case.colleagues if c.id != case.requester.id)
    fields = [Field(key=question.id, kind="radio", label=question.text, options=options_of(question))]
    if people:
        fields.insert(
            0,
            Field(
                key="recipients",
                kind="checks",
                label="Who else needs to open the answer? (optional)",
                hint="Only people with an account here can open it. You always can.",
                options=people,
            ),
        )
    page = _page(question, question.id, tuple(fields), "Who will see the answer?")
    return QuestionPage(**{**vars(page), "facts": (("You", case.requester.words),)})


def _retention(case: Case) -> QuestionPage:
    good, bad = EXAMPLES["retention"]
    field = Field(
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


def _undertaking(case: Case) -> QuestionPage:
    content = next(one for one in request_contents(case.edition) if one.kind == "declaration")
    field = Field(
        key="undertaking", kind="promise", label=content.text, needed="Give the promise, or the request cannot be sent."
    )
    return _content_page(case, content.id, "undertaking", "Your promise", (field,))

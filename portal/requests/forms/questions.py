"""The page of each task: its question, help and fields, in the words of the edition and filtered for the two bodies."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from portal.requests.case import Body, Case
from portal.requests.forms.data_subject import subject_page
from portal.requests.forms.examples import EXAMPLES
from portal.requests.forms.fields import FormField, Option, QuestionPage
from portal.requests.forms.law_questions import gateway_page
from portal.requests.forms.own_questions import (
    holder_page,
    items_page,
    reply_page,
    requester_page,
    retention_page,
    undertaking_page,
    words_page,
)
from portal.requests.forms.tasks import BY_ID, RequestTask
from portal.rules.section4.questions import Consideration


def page_of(case: Case, task: RequestTask, bodies: Sequence[Body] = ()) -> QuestionPage:
    """Give the page of one task. `bodies` are the organisations that may be asked."""
    special: dict[str, Callable[[Case], QuestionPage]] = {
        "requester": requester_page,
        "reply": reply_page,
        "urgent": _urgent,
        "subject": subject_page,
        "data_type": _data_type,
        "items": items_page,
        "purpose": _purpose,
        "gateway": gateway_page,
        "necessity": words_page("necessity", "necessity"),
        "effect": words_page("effect", "effect"),
        "consent": _consent,
        "investigation": _investigation,
        "law_considered": _laws,
        "public_interest_reason": _public_interest,
        "people_minimum": _people,
        "retention": retention_page,
        "undertaking": undertaking_page,
    }
    if task.id == "holder":
        return holder_page(bodies)
    return special[task.id](case) if task.id in special else _plain_question(case, task.question)


def label_of(case: Case, question: str, value: str) -> str:
    """Give the words of an answer of the check; a grade is its own word."""
    answer = case.edition.question(question).answer(value)
    return (answer.label if answer else "") or value.replace("_", " ").capitalize()


def options_of(question: Consideration) -> tuple[Option, ...]:
    """Give a question's answers as choices. Leaving it open is no answer: the screen is left for now."""
    return tuple(Option(value=a.value, label=a.label or a.value.capitalize()) for a in question.answers)


def why_field(question: Consideration) -> FormField:
    """Give the field for the words that an answer needs; it names the question, since several stand on one screen."""
    need = frozenset(answer.value for answer in question.answers if answer.needs_reason)
    return FormField(
        key=f"{question.id}.why",
        kind="long",
        label=f"{BY_ID[question.id].title.rstrip('?')}: say why, in a sentence or two",
        needed="Say why. One or two sentences are enough.",
        shown_if=((question.id, need),),
    )


def _plain_question(case: Case, question_id: str) -> QuestionPage:
    question = case.edition.question(question_id)
    fields = [FormField(key=question.id, kind="radio", label=question.text, options=options_of(question))]
    if question.options:
        fields.append(
            FormField(
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


def _investigation(case: Case) -> QuestionPage:
    """Ask for a live case; an objection that was settled names who settled it (clause s4.ongoing-investigation)."""
    page = _plain_question(case, "investigation")
    settled = tuple(
        FormField(
            key=one,
            kind="line",
            label=case.edition.question(one).text,
            hint=case.edition.question(one).help,
            needed="Enter it. An objection counts as settled only with the name and post of who settled it.",
            shown_if=(("investigation", frozenset({"objects_settled"})),),
        )
        for one in ("settled_name", "settled_post")
        if case.edition.has_question(one)
    )
    return replace(page, fields=(*page.fields, *settled))


# What each law asks of whoever shares, in a sentence (s4 Compliance with relevant legislation).
LAWS = (
    ("Data protection", "Is it fair, is it lawful, and is it no more than the job needs?"),
    ("Human rights", "Does it touch private or family life, and is the aim worth that?"),
    (
        "The duty to keep confidences",
        "Was it told in confidence? Then the person agrees, a law asks, or the public interest is stronger.",
    ),
    ("Equality", "Would anybody be treated worse for who they are, such as their race, sex or disability?"),
)


def _laws(case: Case) -> QuestionPage:
    """Ask whether each law was thought about, and say what each one asks (clause s4.legislation)."""
    page = _plain_question(case, "law_considered")
    asked = tuple(law for law in LAWS if law[0].lower() in page.title.lower())
    return replace(page, beside=asked, beside_title="What each of these laws asks")


def _page(question: Consideration, task: str, fields: tuple[FormField, ...], title: str = "") -> QuestionPage:
    good, bad = EXAMPLES.get(task, ("", ""))
    return QuestionPage(
        title=title or question.text, help=question.help, paragraph=question.ref, good=good, bad=bad, fields=fields
    )


def _urgent(case: Case) -> QuestionPage:
    question = case.edition.question("urgent")
    day = FormField(
        key="wanted_by",
        kind="day",
        label="When do you need an answer by? (optional)",
        hint="The holder sees this date.",
    )
    radio = FormField(key="urgent", kind="radio", label=question.text, options=options_of(question))
    return _page(question, "urgent", (radio, why_field(question), day), "How soon do you need it?")


def _data_type(case: Case) -> QuestionPage:
    question = case.edition.question("data_type")
    about = {kind.id: kind.summary for kind in case.edition.data_types if kind.about_people}
    options = tuple(
        Option(value=a.value, label=a.label, hint=about[a.value]) for a in question.answers if a.value in about
    )
    needed = "Choose the kind of information."
    field = FormField(key="data_type", kind="radio", label=question.text, options=options, needed=needed)
    return _page(question, "data_type", (field,))


def _purpose(case: Case) -> QuestionPage:
    question = case.edition.question("purpose_in_scope")
    words = FormField(
        key="purpose",
        kind="long",
        label="What it is for, exactly",
        hint="Name the action that it supports, such as an injunction. It may be used for this and nothing else.",
        needed="Say what the information is for.",
    )
    radio = FormField(key=question.id, kind="radio", label=question.text, options=options_of(question))
    return _page(question, "purpose", (radio, words), "What is it for?")  # "these aims" of its help are the radio's


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
    way = FormField(
        key="consent.way", kind="radio", label="Choose one", options=ways, needed="Choose how it stands with consent."
    )
    ask = FormField(
        key="consent.ask",
        kind="radio",
        label="Could the person safely be asked?",
        options=asks,
        needed="Say whether the person could safely be asked.",
        shown_if=(("consent.way", frozenset({"without"})),),
    )
    why = FormField(
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
            FormField(
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
    field = FormField(
        key=question.id,
        kind="long",
        label="Its weight, in your own words",
        needed="Say why the public interest weighs more.",
    )
    return _page(question, question.id, (field,))


def _people(case: Case) -> QuestionPage:
    question = case.edition.question("people_minimum")
    people = tuple(Option(value=c.id, label=c.words) for c in case.colleagues if c.id != case.requester.id)
    who = FormField(
        key="recipients",
        kind="checks",
        label="Who else needs to open the answer? (optional)",
        hint="Only people with an account here can open it. Where you tick nobody, you alone can.",
        options=people,
    )
    no_more = FormField(
        key=question.id,
        kind="radio",
        label=question.text,
        options=options_of(question),
        shown_if=((who.key, frozenset(one.value for one in people)),),
    )
    page = _page(question, question.id, (who, no_more) if people else (no_more,), "Who will see the answer?")
    return replace(page, facts=(("You", case.requester.words),))

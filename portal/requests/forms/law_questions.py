"""The pages about the law: gateways that fit both bodies first, and conditions that the giver may rely on."""

from collections.abc import Callable

from portal.requests.case import Case
from portal.requests.forms.fields import FormField, Option, QuestionPage
from portal.rules.gateways.bodies import Gateway
from portal.rules.gateways.fit import Fit, explain_fit, who_may_tell
from portal.rules.section4.lawful_conditions import explain_conditions, usable_conditions
from portal.rules.section4.questions import Condition

SCHEDULE_1 = "dpa2018-sch1"


def gateway_page(case: Case) -> QuestionPage:
    """Offer the laws that fit both bodies first; the rest stand with the reason they do not (clauses s3.*, s6.request.gateway)."""
    question = case.edition.question("gateway")
    page = QuestionPage(title=question.text, help=question.help, paragraph=question.ref)
    known = case.holder and case.edition.has_kind(case.holder.kind) and case.edition.has_kind(case.asking.kind)
    if case.holder is None or not known:
        said = "First say who you are asking. Then we can show the laws that fit you both."
        return QuestionPage(**{**vars(page), "help": said, "first": "holder"})
    giver, receiver = case.holder.kind, case.asking.kind
    fitting = who_may_tell(case.edition, giver, receiver, case.confirmed)
    ids = [gateway.id for gateway in case.edition.gateways]
    others = [
        one
        for one in explain_fit(case.edition, ids, giver, receiver, case.confirmed)
        if one.gateway.id not in {each.gateway.id for each in fitting} and not _not_shown(one.gateway)
    ]
    may_pick = tuple(one for one in others if one.fit is Fit.UNLISTED and one.gateway.personal == "yes")
    fields = [
        FormField(
            key="gateway",
            kind="checks",
            label=f"Laws that let {case.holder.name} tell {case.asking.name}",
            options=tuple(
                Option(value=one.gateway.id, label=name_of(one.gateway), hint=f"{one.gateway.summary} {one.why}")
                for one in fitting
            ),
        )
    ]
    if may_pick:
        fields.append(
            FormField(
                key="gateway.unlisted",
                kind="checks",
                label="None of these fits? Laws that need advice first",
                hint="These laws do not list both of you. The information manager is asked before anything is shared.",
                folded=True,
                options=tuple(
                    Option(value=one.gateway.id, label=name_of(one.gateway), hint=one.why) for one in may_pick
                ),
            )
        )
    closed = tuple((name_of(one.gateway), one.why) for one in others if one not in may_pick)
    return QuestionPage(
        **{**vars(page), "fields": tuple(fields), "beside": closed, "beside_title": "Laws you cannot use, and why"}
    )


def name_of(gateway: Gateway) -> str:
    """Name a law with its provision."""
    return f"{gateway.title}, {gateway.provision}" if gateway.provision else gateway.title


def condition_page(list_id: str) -> Callable[[Case], QuestionPage]:
    """Offer the conditions of a list that the giver's kind of body may rely on (clause s4.public-interest)."""

    def page(case: Case) -> QuestionPage:
        question = case.edition.question(list_id)
        if case.holder is None:
            said = "First say who you are asking. The list depends on what kind of body it is."
            return QuestionPage(title=question.text, help=said, paragraph=question.ref, first="holder")
        giver = case.holder.kind if case.edition.has_kind(case.holder.kind) else None
        fields = [_list_field(case, list_id, giver, "Choose what fits")]
        needing = frozenset(c.id for c in case.edition.conditions_in(list_id) if c.needs_list == SCHEDULE_1)
        if list_id == "schedule3" and needing:
            label = "And one from Schedule 1 of the Data Protection Act 2018"
            first = _list_field(case, SCHEDULE_1, giver, label)
            fields.append(FormField(**{**vars(first), "shown_if": ((list_id, needing),)}))
        return QuestionPage(
            title=question.text,
            help=f"{question.help} The list is for {case.holder.name}.",
            paragraph=question.ref,
            fields=tuple(fields),
            beside=_closed(case, list_id, giver),
            beside_title="Conditions that are closed, and why",
        )

    return page


def _list_field(case: Case, list_id: str, giver: str | None, label: str) -> FormField:
    usable = usable_conditions(case.edition, list_id, giver) if giver else case.edition.conditions_in(list_id)
    return FormField(
        key=list_id,
        kind="checks",
        label=label,
        options=tuple(Option(value=c.id, label=condition_name(c), hint=c.text) for c in usable),
        needed="Choose at least one, or come back later.",
    )


def condition_name(condition: Condition) -> str:
    """Name a condition with its number."""
    return f"{condition.short} ({condition.number})"


def _closed(case: Case, list_id: str, giver: str | None) -> tuple[tuple[str, str], ...]:
    if giver is None:
        return ()
    usable = {one.id for one in usable_conditions(case.edition, list_id, giver)}
    others = [one.id for one in case.edition.conditions_in(list_id) if one.id not in usable]
    return tuple(
        (condition_name(one.condition), one.why) for one in explain_conditions(case.edition, others, giver, {})
    )


def _not_shown(gateway: Gateway) -> bool:
    """Leave out rows printed twice, and in an edition of today those long repealed."""
    return bool(gateway.duplicate_of)

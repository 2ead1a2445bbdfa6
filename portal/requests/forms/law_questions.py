"""The page about the law: gateways that fit both bodies first, then those that need advice, and how a law is named."""

from dataclasses import replace

from portal.requests.case import Case
from portal.requests.forms.fields import FormField, Option, QuestionPage
from portal.rules.gateways.bodies import Gateway
from portal.rules.gateways.fit import Fit, explain_fit, who_may_tell
from portal.rules.section4.questions import Condition


def gateway_page(case: Case) -> QuestionPage:
    """Offer the laws that fit both bodies first; the rest stand with the reason they do not (clauses s3.*, s6.request.gateway)."""
    question = case.edition.question("gateway")
    page = QuestionPage(title=question.text, help=question.help, paragraph=question.ref)
    known = case.holder and case.edition.has_kind(case.holder.kind) and case.edition.has_kind(case.asking.kind)
    if case.holder is None or not known:
        said = "First say who you are asking. Then we can show the laws that fit you both."
        return replace(page, help=said, first="holder")
    giver, receiver = case.holder.kind, case.asking.kind
    data = case.words("data_type") or "personal"
    fitting = who_may_tell(case.edition, giver, receiver, case.confirmed, data)
    ids = [gateway.id for gateway in case.edition.gateways]
    others = [
        one
        for one in explain_fit(case.edition, ids, giver, receiver, case.confirmed, data)
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
    fits = " Those shown first fit both of you." if fitting else ""
    said = f"Tick each law that you rely on.{fits}"  # the edition's help speaks of its table
    return replace(page, help=said, fields=tuple(fields), beside=closed, beside_title="Laws you cannot use, and why")


def name_of(gateway: Gateway) -> str:
    """Name a law with its provision."""
    return f"{gateway.title}, {gateway.provision}" if gateway.provision else gateway.title


def condition_name(condition: Condition) -> str:
    """Name a condition with its number."""
    return f"{condition.short} ({condition.number})"


def _not_shown(gateway: Gateway) -> bool:
    """Leave out rows printed twice, and in an edition of today those long repealed."""
    return bool(gateway.duplicate_of)

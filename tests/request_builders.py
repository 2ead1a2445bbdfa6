"""A fictional district with two signatories, and a request that is complete, for the tests of disclosure."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlmodel import select

from models.agreements import Signature, SignedWords, Standing
from models.record import Message
from portal.ground import drafts
from portal.ground.act import Act, Person, Role
from portal.ground.database import reading, transaction
from portal.ground.wording import new_id, reference, today
from portal.requests.depersonalised.depersonalised_request import NewDepersonalisedRequest, ask_without_names
from portal.requests.exchange.deciding import decide
from portal.requests.exchange.decisions import ItemVerdict, RequestDecision, conditions_to_tick
from portal.requests.exchange.holder_basis import offered_bases
from portal.requests.exchange.sending import send_request
from portal.requests.exchange.urgent import UrgentForm, send_urgent
from portal.requests.forms.drafting import JOURNEY, begin_request
from portal.requests.views import open_request
from portal.rules.edition.editions import edition_in_force
from tests.builders import a_partnership, a_person, an_organisation
from tests.replayed import replayed

CANARY = "Zebulon Quillfeather"  # the fictional person that a test looks for where he must not be
SECOND_CANARY = "Marigold Undertow"
AGREE = ("name", "born")
SECRET_FACT = "three calls about shouting, the last with a garden fork"


@dataclass(frozen=True)
class District:
    """Who is who: a parish council that asks, a police force that holds, and a council that has no part in it."""

    parish: object
    police: object
    council: object
    clerk: Person
    colleague: Person
    parish_approver: Person
    officer: Person
    inspector: Person
    sergeant: Person
    outsider: Person


@replayed
def a_signatory(act: Act, organisation, status: str = "signed") -> None:
    """Put an organisation's confirmed signature and its standing into the store."""
    edition = edition_in_force(today(act.at))
    words = f"{edition.hash[:-20]}{organisation.id}"
    signature = new_id()
    with transaction(act.store.engine) as session:
        session.add(SignedWords(sha256=words, edition=edition.id, edition_sha256=edition.hash, blanks="{}"))
        session.flush()
        session.add(
            Signature(
                id=signature,
                reference=reference(),
                draft_id=new_id(),
                organisation_id=organisation.id,
                edition=edition.id,
                text_sha256=edition.hash,
                words_sha256=words,
                signer=b"sealed",
                email_hash="0" * 64,
                method="typed",
                email_checked_at=act.at,
                email_checked_how="manager",
                signed_at=act.at,
                signed_by="public",
                audit_head="0" * 64,
                status="confirmed",
                decided_at=act.at,
                decided_by="manager",
                decided_by_name="Test",
            )
        )
        session.flush()
        session.add(
            Standing(
                id=new_id(),
                organisation_id=organisation.id,
                signature_id=signature,
                edition=edition.id,
                status=status,
                since=act.at,
                begins_at=act.at,
            )
        )


@replayed
def a_district(act: Act) -> District:
    a_partnership(act)
    parish = an_organisation(act)
    police = an_organisation(act, "Anyshire Police", "police")
    council = an_organisation(act, "Elsewhere Borough Council", "local_authority")
    for organisation in (parish, police, council):
        a_signatory(act, organisation)
    return District(
        parish=parish,
        police=police,
        council=council,
        clerk=a_person(act, "Ann Clerk", Role.PARTNER, organisation=parish),
        colleague=a_person(act, "Cal League", Role.PARTNER, organisation=parish),
        parish_approver=a_person(act, "Pat Chairman", Role.APPROVER, organisation=parish),
        officer=a_person(act, "Olu Desk", Role.PARTNER, organisation=police),
        inspector=a_person(act, "Ira Inspector", Role.APPROVER, organisation=police),
        sergeant=a_person(act, "Sam Sergeant", Role.APPROVER, organisation=police),
        outsider=a_person(act, "Una Outsider", Role.APPROVER, organisation=council),
    )


def answers_for(district: District, **more) -> dict[str, object]:
    """Every answer of a request that the check lets go out with conditions."""
    why = "Because two neighbours were threatened and only this shows a pattern."
    return {
        "holder": district.police.id,
        "reply": "portal",
        "urgent": "no",
        "wanted_by": "2026-12-01",
        "subject.first": "Zebulon",
        "subject.family": "Quillfeather",
        "subject.name": CANARY,
        "subject.age": "born",
        "subject.birth": "1990-05-04",
        "subject.born": "4 May 1990",
        "subject.address_kind": "home_now",
        "subject.address": "14 Mill Lane, Anytown",
        "data_type": "personal",
        "depersonalised_enough": "no",
        "depersonalised_enough.why": why,
        "items": [
            {"what": "Calls to 14 Mill Lane since March", "why": "To show whether it goes on"},
            {"what": f"Whether {SECOND_CANARY} was hurt", "why": "To keep her safe"},
        ],
        "purpose": "To decide whether to ask for an injunction.",
        "purpose_in_scope": "yes",
        "gateway": ["cda-1998-s115"],
        "necessity": why,
        "effect": why,
        "consent.way": "without",
        "consent.ask": "cannot_ask",
        "consent": "cannot_ask",
        "consent.why": "He has threatened the last person who asked.",
        "investigation": "no",
        "law_considered": "yes",
        "subject_role": "poses_risk",
        "subject_child": "no",
        "hra_aim": "yes",
        "hra_aim.options": ["stop or find crime"],
        "hra_aim.why": why,
        "hra_vulnerable": "no",
        "hra_risk": "high",
        "hra_risk.why": why,
        "hra_vulnerability": "medium",
        "hra_vulnerability.why": why,
        "hra_impact": "medium",
        "hra_impact.why": why,
        "public_interest_reason": why,
        "hra_proportionate": "yes",
        "hra_proportionate.why": why,
        "hra_less_intrusive": "no",
        "hra_less_intrusive.why": why,
        "amount_minimum": "yes",
        "people_minimum": "yes",
        "recipients": [district.colleague.id],
        "retention": "One year after the case ends.",
        "setting": "request",
        "undertaking": True,
        **more,
    }


@replayed
def a_draft(act: Act, district: District, **more) -> str:
    """A complete draft of the clerk's."""
    mine = act.as_(district.clerk)
    draft_id = begin_request(mine, "Counts would not show who made the threats.")
    drafts.save(mine, JOURNEY, answers_for(district, **more), draft_id=draft_id)
    return draft_id


@replayed
def a_request(act: Act, district: District, **more) -> str:
    """A request that was sent; returns its id."""
    return send_request(act.as_(district.clerk), a_draft(act, district, **more)).id


def urgently(district: District, **more) -> UrgentForm:
    """What the short form of an urgent request was filled in with."""
    told = {
        "holder": district.police.id,
        "name": CANARY,
        "details": "14 Mill Lane, Anytown",
        "what": "Whether he is wanted for violence",
        "why": "He is at her door now, and her bail hearing is at four.",
        "phoned": "Olu Desk, information desk",
        "when": "25 November 2026 at 2:15pm",
    }
    return UrgentForm(**{**told, **more})


@replayed
def an_urgent_request(act: Act, district: District) -> str:
    """A request that was sent by the short path; returns its id."""
    return send_urgent(act.as_(district.clerk), new_id(), urgently(district)).id


def later(act: Act, **more) -> Act:
    """The same act, some time later."""
    return replace(act, at=act.at + timedelta(**more))


def holders(district: District) -> list[str]:
    """The addresses of the three people of the police, who hold what is asked for: whom a letter to the holder goes to."""
    return sorted(one.email for one in (district.officer, district.inspector, district.sergeant))


def askers(district: District) -> list[str]:
    """The addresses of those to whom an answer opens: who asked, and the colleague that they named."""
    return sorted((district.clerk.email, district.colleague.email))


def written_to(act: Act, template: str) -> list[str]:
    """The addresses that the letters of one kind went to, each as often as it was written to."""
    return sorted(to for to, _ in letters(act, template))


def letters(act: Act, template: str) -> list[tuple[str, str]]:
    """The letters of one kind that were queued: to whom, and all that they say."""
    opened = act.store.vault.open_text
    with reading(act.store.engine) as session:
        rows = session.exec(select(Message).where(Message.template == template)).all()
        return [
            (opened(one.to, f"message.to:{one.id}"), f"{one.subject}\n{opened(one.body, f'message.body:{one.id}')}")
            for one in rows
        ]


def basis_for(case) -> dict[str, object]:
    """The lawful basis that the portal proposes first, confirmed by the holder."""
    first = offered_bases(case)[0]
    return {"basis": first.ids, "purpose": first.purpose}


def all_shared(act: Act, request_id: str, **more) -> RequestDecision:
    """A decision that shares every item of a request, with each condition met."""
    case = open_request(act, request_id).case
    items = tuple(ItemVerdict(shared=True, information=SECRET_FACT) for _ in case.items)
    ticked = tuple(one.id for one in conditions_to_tick(case))
    whole = {"outcome": "disclose", "items": items, "ticked": ticked, "matched": AGREE, **basis_for(case), **more}
    return RequestDecision(**whole)


@replayed
def a_shared_request(act: Act, district: District, **more) -> str:
    """A request whose every item was shared; returns its id."""
    request_id, mine = a_request(act, district), act.as_(district.inspector)
    decide(mine, request_id, all_shared(mine, request_id, **more))
    return request_id


def typed(on: date) -> tuple[str, str, str]:
    """A day as it is typed."""
    return str(on.day), str(on.month), str(on.year)


def wanted(district: District, **more) -> NewDepersonalisedRequest:
    """What the short form of a request without names was filled in with."""
    told = {
        "holder": district.police.id,
        "what": "Calls about noise in Mill Lane, by month, since March",
        "purpose": "To decide when a warden should be there.",
        "detail": "months",
        "wanted_by": ("14", "12", "2026"),
    }
    return NewDepersonalisedRequest(**{**told, **more})


@replayed
def a_data_request(act: Act, district: District, **more) -> str:
    """A request without names that was sent; returns its id."""
    return ask_without_names(act.as_(district.clerk), new_id(), wanted(district, **more))

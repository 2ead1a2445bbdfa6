"""Reading the consents of a request, and what is still to be done where one was taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, or_, select

from models.organisations import Organisation
from models.requests import ConsentConsequence, ConsentRecord, InformationRequest
from portal.ground.access import Permission, allow
from portal.ground.act import Act
from portal.ground.database import reading
from portal.ground.errors import NotFoundError
from portal.requests.case import Case
from portal.requests.entitlement import Side, request_row
from portal.requests.keys import open_key

HOW = {
    "written": "In writing",
    "electronic": "By e-mail or on a form online",
    "spoken": "By word of mouth",
    "for_them": "Somebody who may decide for them agreed",
}


@dataclass(frozen=True, kw_only=True)
class FollowedUp:
    """What one side did once a consent was taken back."""

    organisation: str
    by: str
    at: datetime
    words: str


@dataclass(frozen=True, kw_only=True)
class ConsentView:
    """A consent as it lies open before either side of its request. `ours_to_follow`: one's own side has yet to say what it did."""

    id: str
    who: str
    asked_by: str
    agreed_to: str
    evidence: str
    given_on: date
    how: str
    explicit: bool
    recorded_by: str
    recorded_at: datetime
    withdrawn_on: date | None
    withdrawn_by: str
    withdrawal: str
    followed: tuple[FollowedUp, ...]
    ours_to_follow: bool


@dataclass(frozen=True, kw_only=True)
class WithdrawnConsent:
    """A consent that was taken back and about which one's own side has said nothing yet: no word about a person."""

    request_id: str
    reference: str
    withdrawn_on: date


def consents(act: Act, request_id: str) -> tuple[ConsentView, ...]:
    """Give the consents of a request, the first first; the page that shows them records its opening. Raises NotFoundError."""
    allow(act, Permission.ASK)
    with reading(act.store.engine) as session:
        row, side = request_row(session, act, request_id)
        ours = own_side(row, side)
        return tuple(_view(session, act, row, one, ours) for one in _rows(session, row.id))


def taken_back(act: Act) -> list[WithdrawnConsent]:
    """List the consents that were taken back and wait for a word of one's own side, the oldest first."""
    ours = act.person.organisation_id
    with reading(act.store.engine) as session:
        found = session.exec(
            select(ConsentRecord, InformationRequest)
            .join(InformationRequest, col(InformationRequest.id) == col(ConsentRecord.request_id))
            .where(
                col(ConsentRecord.withdrawn_on).is_not(None),
                col(InformationRequest.data_key).is_not(None),
                or_(
                    InformationRequest.asking_organisation_id == ours,
                    InformationRequest.holding_organisation_id == ours,
                ),
            )
            .order_by(col(ConsentRecord.withdrawn_on))
        ).all()
        waiting = []
        for one, row in found:
            if session.get(ConsentConsequence, (one.id, ours)) is None and _may(session, act, row.id):
                on = one.withdrawn_on or one.given_on
                waiting.append(WithdrawnConsent(request_id=row.id, reference=row.reference, withdrawn_on=on))
    return waiting


def missing_consent(session: Session, case: Case, request_id: str, basis: Sequence[str]) -> str:
    """Say what is not recorded where the holder shares because the person agreed; '' where nothing is missing."""
    used = [case.edition.condition(one) for one in basis if case.edition.has_condition(one)]
    if not any(one.needs_consent for one in used):
        return ""
    live = [one for one in _rows(session, request_id) if one.withdrawn_on is None]
    if not live:
        return "You share because the person agreed. Record their consent first: who, when, how and what shows it."
    if any(one.needs_consent and one.belongs_to == "schedule3" for one in used) and not any(
        one.explicit for one in live
    ):
        return "For sensitive information the person must agree in express words. Record that they did, or choose another basis."
    return ""


def own_side(row: InformationRequest, side: Side) -> str:
    """Give the organisation on whose side somebody stands."""
    return row.asking_organisation_id if side is Side.ASKING else row.holding_organisation_id


def _rows(session: Session, request_id: str) -> list[ConsentRecord]:
    query = select(ConsentRecord).where(ConsentRecord.request_id == request_id)
    return list(session.exec(query.order_by(col(ConsentRecord.recorded_at), col(ConsentRecord.id))).all())


def _may(session: Session, act: Act, request_id: str) -> bool:
    try:
        request_row(session, act, request_id)
    except NotFoundError:
        return False
    return True


def _view(session: Session, act: Act, row: InformationRequest, one: ConsentRecord, ours: str) -> ConsentView:
    key = open_key(act.store.vault, row)
    words = {name: str(value) for name, value in key.open_json(one.words, f"consent_record.words:{one.id}").items()}
    found = session.exec(
        select(ConsentConsequence, Organisation.name)
        .join(Organisation, col(Organisation.id) == col(ConsentConsequence.organisation_id))
        .where(ConsentConsequence.consent_id == one.id)
        .order_by(col(ConsentConsequence.at))
    ).all()
    back = key.open(one.withdrawal, f"consent_record.withdrawal:{one.id}").decode() if one.withdrawal else ""
    return ConsentView(
        id=one.id,
        given_on=one.given_on,
        how=one.how,
        explicit=one.explicit,
        recorded_by=one.recorded_by,
        recorded_at=one.recorded_at,
        withdrawn_on=one.withdrawn_on,
        withdrawn_by=one.withdrawn_by or "",
        withdrawal=back,
        followed=tuple(
            FollowedUp(
                organisation=name,
                by=did.by_name,
                at=did.at,
                words=key.open(did.words, f"consent_consequence.words:{one.id}:{did.organisation_id}").decode(),
            )
            for did, name in found
        ),
        ours_to_follow=one.withdrawn_on is not None and ours not in {did.organisation_id for did, _ in found},
        **words,
    )

"""Consent as a record: shared upon only while it stands, taken back by either side, followed, and gone with its request."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import Session, select

from models.record import AuditEntry
from models.requests import ConsentConsequence, ConsentRecord
from portal.duties.asked import duties_of
from portal.ground.errors import AlreadyDoneError, AnswersNeededError, NotFoundError
from portal.requests.after_disclosure.deletion import purge_expired
from portal.requests.consents.recording import ConsentGiven, record_consent, say_what_followed, withdraw_consent
from portal.requests.consents.views import consents, taken_back
from portal.requests.errors import NotYourTurnError
from portal.requests.exchange import deciding
from portal.requests.exchange.correspondence import withdraw
from portal.requests.exchange.deciding import decide
from portal.requests.exchange.holder_basis import offered_bases
from portal.requests.papers.documents import decision_paper
from portal.requests.views import ConsultationView, open_request, still_held
from tests.properties.test_ten_contents import a_case, answers_in
from tests.request_builders import CANARY, a_district, a_request, all_shared, later, letters
from tests.unit.portal.requests.test_packing import pack

pytestmark = pytest.mark.clause("s6.request.consent")
GIVEN = ConsentGiven(
    who=CANARY,
    asked_by="Ann Clerk, parish clerk",
    agreed_to="That the police tell the parish of the calls.",
    evidence="A form that he signed, in the parish office.",
    given_on=date(2026, 11, 20),
    how="written",
    explicit=True,
)


@pytest.fixture
def district(act):
    return a_district(act)


def agreed(act, district, **more):
    """A request whose asker says that the person agreed."""
    more |= {"consent.way": "given", "consent": "given", "consent.why": "He signed a form."}
    return a_request(act, district, **more)


def on_consent(mine, request_id):
    """A decision that shares because the person agreed."""
    case = open_request(mine, request_id).case
    found = next(one for one in offered_bases(case) if all(each.needs_consent for each in one.conditions))
    return all_shared(mine, request_id, basis=found.ids, purpose=found.purpose)


def recorded(act, district, request_id):
    record_consent(act.as_(district.clerk), request_id, GIVEN, key="k")
    return consents(act.as_(district.clerk), request_id)[0].id


def asked_of(act, person):
    return [one for one in duties_of(act.as_(person)) if "consent" in one.sentence]


def test_nothing_is_shared_on_a_consent_that_nobody_recorded_or_that_was_taken_back(act, district, monkeypatch):
    request_id, mine = agreed(act, district), act.as_(district.inspector)
    verdict = on_consent(mine, request_id)
    with pytest.raises(AnswersNeededError) as missing:
        decide(mine, request_id, verdict)
    assert "Record their consent first" in missing.value.problems["basis"]
    consent_id = recorded(act, district, request_id)
    withdraw_consent(mine, consent_id, date(2026, 11, 24), "He rang.")
    with pytest.raises(AnswersNeededError):
        decide(mine, request_id, verdict)
    record_consent(mine, request_id, GIVEN, key="again")
    (again,) = (one.id for one in consents(mine, request_id) if one.withdrawn_on is None)

    def meanwhile(*given):
        withdraw_consent(act.as_(district.clerk), again, date(2026, 11, 25), "She rang too.")
        return decision_paper(*given)

    with monkeypatch.context() as slow:
        slow.setattr(deciding, "decision_paper", meanwhile)
        with pytest.raises(NotYourTurnError):
            decide(mine, request_id, verdict)
    record_consent(mine, request_id, GIVEN, key="once more")
    assert decide(mine, request_id, verdict)


@pytest.mark.clause("s6.sensitive-consent")
def test_sensitive_facts_are_shared_on_a_consent_in_express_words_alone(act, district):
    request_id, mine = agreed(act, district, data_type="sensitive", consent_explicit="yes"), act.as_(district.inspector)
    verdict = on_consent(mine, request_id)
    record_consent(mine, request_id, replace(GIVEN, explicit=False), key="k")
    with pytest.raises(AnswersNeededError) as missing:
        decide(mine, request_id, verdict)
    assert "the person must agree in express words" in missing.value.problems["basis"]
    record_consent(mine, request_id, GIVEN, key="express")
    assert decide(mine, request_id, verdict)


@pytest.mark.clause("s6.sensitive-consent")
def test_it_is_taken_back_on_a_day_from_its_own_to_today_and_may_be_of_today(act, district):
    request_id, mine, today = agreed(act, district), act.as_(district.clerk), act.at.date()
    record_consent(mine, request_id, replace(GIVEN, given_on=today), key="of today")
    consent_id = consents(mine, request_id)[0].id
    for wrong in (None, today - timedelta(days=1), today + timedelta(days=1)):
        with pytest.raises(AnswersNeededError) as refused:
            withdraw_consent(mine, consent_id, wrong, "He rang.")
        assert set(refused.value.problems) == {"withdrawn_on"}
    withdraw_consent(mine, consent_id, today, "He rang.")
    assert consents(mine, request_id)[0].withdrawn_on == today


def test_it_says_who_when_how_and_what_shows_it_to_both_sides_and_to_nobody_else(act, district):
    request_id = agreed(act, district)
    for wrong, field in (
        ({"who": " "}, "who"),
        ({"evidence": ""}, "evidence"),
        ({"how": "somehow"}, "how"),
        ({"explicit": None}, "explicit"),
        ({"given_on": date(2026, 11, 26)}, "given_on"),
        ({"given_on": None}, "given_on"),
    ):
        with pytest.raises(AnswersNeededError) as missing:
            record_consent(act.as_(district.clerk), request_id, replace(GIVEN, **wrong), key="x")
        assert set(missing.value.problems) == {field}
    consent_id = recorded(act, district, request_id)
    recorded(act, district, request_id)
    (seen,) = consents(act.as_(district.officer), request_id)
    assert (seen.who, seen.given_on, seen.evidence, seen.explicit) == (CANARY, GIVEN.given_on, GIVEN.evidence, True)
    theirs = act.as_(district.outsider)
    for refused in (
        lambda: consents(theirs, request_id),
        lambda: record_consent(theirs, request_id, GIVEN, key="y"),
        lambda: withdraw_consent(theirs, consent_id, date(2026, 11, 24), "x"),
        lambda: say_what_followed(theirs, consent_id, "x"),
    ):
        with pytest.raises(NotFoundError):
            refused()
    with Session(act.store.engine) as session:
        (row,) = session.exec(select(ConsentRecord)).all()
        said = "".join(one.details for one in session.exec(select(AuditEntry)).all())
    assert CANARY.encode() not in row.words
    assert CANARY not in said
    assert "A form that he signed" in pack(act, district.inspector, request_id), "it stands in the audit pack too"


def test_taking_it_back_tells_both_sides_and_each_says_what_it_did(act, district):
    request_id = agreed(act, district)
    consent_id = recorded(act, district, request_id)
    mine = act.as_(district.clerk)
    with pytest.raises(NotFoundError):
        say_what_followed(mine, consent_id, "Too early.")
    for on, words, field in (
        (None, "He rang.", "withdrawn_on"),
        (date(2026, 11, 19), "x", "withdrawn_on"),
        (act.at.date(), "", "withdrawal"),
    ):
        with pytest.raises(AnswersNeededError) as missing:
            withdraw_consent(mine, consent_id, on, words)
        assert set(missing.value.problems) == {field}
    for _ in range(2):
        withdraw_consent(mine, consent_id, date(2026, 11, 24), "He rang.")
    told = letters(act, "request-consent-withdrawn")
    assert {district.inspector.email, district.officer.email, district.colleague.email} <= {to for to, _ in told}
    assert not any(CANARY in body or "He rang" in body for _, body in told)
    assert len({to for to, _ in told}) == len(told)
    assert taken_back(act.as_(district.outsider)) == []
    assert "He rang. Nobody has said yet what was done." in pack(act, district.inspector, request_id)
    for person in (district.clerk, district.inspector):
        (duty,) = asked_of(act, person)
        assert duty.late
        assert duty.href == f"/request-consent?id={request_id}"
        say_what_followed(act.as_(person), consent_id, f"{person.name} stopped.")
        assert asked_of(act, person) == []
    with pytest.raises(AlreadyDoneError):
        say_what_followed(mine, consent_id, "Once more.")
    followed = {one.words for one in consents(mine, request_id)[0].followed}
    assert followed == {"Ann Clerk stopped.", "Ira Inspector stopped."}


def test_it_goes_with_the_request_that_it_stands_on(act, district):
    request_id, mine = agreed(act, district), act.as_(district.inspector)
    consent_id = recorded(act, district, request_id)
    decide(mine, request_id, on_consent(mine, request_id))
    withdraw_consent(mine, consent_id, act.at.date(), "He rang.")
    say_what_followed(mine, consent_id, "We told the parish.")
    assert purge_expired(later(act, days=7 * 366)) == 1
    with Session(act.store.engine) as session:
        (row,) = session.exec(select(ConsentRecord)).all()
        (did,) = session.exec(select(ConsentConsequence)).all()
    assert (row.words, row.withdrawal, did.words) == (None, None, None)
    assert taken_back(later(mine, days=7 * 366)) == []


def test_it_goes_with_a_request_that_is_withdrawn_before_it_is_decided(act, district):
    request_id = agreed(act, district)
    recorded(act, district, request_id)
    withdraw(act.as_(district.clerk), request_id)
    with Session(act.store.engine) as session:
        (row,) = session.exec(select(ConsentRecord)).all()
    assert (row.words, row.withdrawal) == (None, None)


@pytest.mark.clause("s6.sensitive-consent")
@pytest.mark.parametrize("kind", ["personal", "sensitive"])
def test_patient_data_of_a_health_body_waits_for_its_caldicott_guardian(act, kind):
    case = a_case("2026", {**answers_in("2026"), "data_type": kind})
    trust = replace(case, holder=replace(case.holder, kind="nhs_provider"))
    assert "caldicott" not in still_held(case, ())
    assert "caldicott" in still_held(trust, ())
    signed = ConsultationView(
        whom="caldicott",
        view="no_objection",
        name="Dr Cal Guard",
        position="Caldicott Guardian",
        day="20 November 2026",
        said="Share the two facts.",
        recorded_at=act.at - timedelta(days=1),
        recorded_by="Nia Nurse",
    )
    assert "caldicott" not in still_held(trust, (signed,))
    assert "caldicott" in still_held(trust, (signed, replace(signed, view="objects")))
    assert "caldicott" not in still_held(trust, (replace(signed, view="objects"), signed))

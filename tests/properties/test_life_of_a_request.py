"""The life of a request by several people, in any order: nobody unnamed reads an answer, no decision stands without its record."""

import contextlib
import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlmodel import select

from models.disclosures import Decision, InformationRequest
from models.record import AuditEntry
from portal.act import PUBLIC, SYSTEM, Act, Store
from portal.database import engine_for, reading
from portal.disclosure.answers import open_answer
from portal.disclosure.deciding import decide
from portal.disclosure.looking import open_request
from portal.disclosure.sending import send_request
from portal.disclosure.talking import Consulted, ask_question, record_consultation, reply, withdraw
from portal.disclosure.verdicts import ItemVerdict, Verdict, conditions_to_tick
from portal.errors import PortalError
from portal.record.audit import verify
from portal.vault import open_vault
from tests.conftest import NOW
from tests.request_builders import a_district, a_draft

PEOPLE = ("clerk", "colleague", "parish_approver", "officer", "inspector", "sergeant", "outsider", "public")
MAY_READ = {"clerk", "colleague", "officer", "inspector", "sergeant"}
TEMPLATE = []


class LifeOfARequest(RuleBasedStateMachine):
    @initialize(live=st.booleans())
    def begin(self, live):
        self.folder = Path(tempfile.mkdtemp())
        shutil.copy(TEMPLATE[0], self.folder / "portal.sqlite")
        engine = engine_for(f"sqlite:///{self.folder / 'portal.sqlite'}")
        store = Store(engine=engine, vault=open_vault(self.folder / "keys" / "portal.json", may_make=True))
        self.act = Act(store=store, person=SYSTEM, at=NOW)
        self.district = a_district(self.act)
        self.live, self.asked = live, set()
        self.draft_id = a_draft(self.act, self.district, investigation="not_consulted" if live else "no")
        self.request_id = ""

    def teardown(self):
        if hasattr(self, "act"):
            self.act.store.engine.dispose()
            shutil.rmtree(self.folder)

    def by(self, who):
        self.act = Act(store=self.act.store, person=SYSTEM, at=self.act.at + timedelta(minutes=16))
        return self.act.as_(PUBLIC if who == "public" else getattr(self.district, who))

    @rule(who=st.sampled_from(PEOPLE))
    def send(self, who):
        with contextlib.suppress(PortalError):
            sent = send_request(self.by(who), self.draft_id)
            assert who == "clerk"
            assert self.request_id in {"", sent.id}
            self.request_id = sent.id

    @precondition(lambda self: self.request_id)
    @rule(who=st.sampled_from(PEOPLE))
    def ask(self, who):
        with contextlib.suppress(PortalError):
            ask_question(self.by(who), self.request_id, "Which Mill Lane?")
            assert who in {"officer", "inspector", "sergeant"}

    @precondition(lambda self: self.request_id)
    @rule(who=st.sampled_from(PEOPLE))
    def answer_back(self, who):
        with contextlib.suppress(PortalError):
            reply(self.by(who), self.request_id, "In Anytown.")
            assert who in {"clerk", "colleague", "parish_approver"}

    @precondition(lambda self: self.request_id)
    @rule(who=st.sampled_from(PEOPLE), whom=st.sampled_from(["investigating_officer", "cps"]))
    def consult(self, who, whom):
        words = Consulted(whom=whom, view="no_objection", name="A", position="B", day="today", said="Go on.")
        with contextlib.suppress(PortalError):
            record_consultation(self.by(who), self.request_id, words)
            self.asked.add(whom)

    @precondition(lambda self: self.request_id)
    @rule(who=st.sampled_from(PEOPLE), shares=st.booleans())
    def judge(self, who, shares):
        verdict = Verdict(outcome="refuse", reason="We hold nothing.")
        with contextlib.suppress(PortalError):
            act = self.by(who)
            if shares:
                case = open_request(act, self.request_id).case
                item = ItemVerdict(shared=True, information="Three calls.")
                ticked = tuple(one.id for one in conditions_to_tick(case)) if case else ()
                verdict = Verdict(outcome="disclose", items=(item, item), ticked=ticked, against_reason="They agree.")
            decide(act, self.request_id, verdict)
            assert who in {"inspector", "sergeant"}
            if shares and self.live:
                assert self.asked == {"investigating_officer", "cps"}

    @precondition(lambda self: self.request_id)
    @rule(who=st.sampled_from(PEOPLE))
    def take_back(self, who):
        with contextlib.suppress(PortalError):
            withdraw(self.by(who), self.request_id)
            assert who in {"clerk", "parish_approver"}

    @precondition(lambda self: self.request_id)
    @rule(who=st.sampled_from(PEOPLE))
    def read(self, who):
        with contextlib.suppress(PortalError):
            open_answer(self.by(who), self.request_id)
            assert who in MAY_READ

    @invariant()
    def every_decision_stands_with_its_record(self):
        if not getattr(self, "request_id", ""):
            return
        with reading(self.act.store.engine) as session:
            row = session.get(InformationRequest, self.request_id)
            decisions = session.exec(select(Decision)).all()
            events = [one.event for one in session.exec(select(AuditEntry)).all()]
        assert len(decisions) == events.count("request:decided") <= 1
        assert (row.status == "decided") == bool(decisions)
        assert (row.status == "withdrawn") == (row.content is None) == (row.data_key is None)
        assert events.count("request:sent") == 1
        assert verify(self.act.store).whole


@pytest.mark.clause("s4.ongoing-investigation")
@pytest.mark.clause("s4.proportionality.people")
def test_no_order_of_acts_opens_an_answer_to_others_or_leaves_a_decision_unrecorded(request):
    TEMPLATE[:] = [request.getfixturevalue("_template")]
    run_state_machine_as_test(
        LifeOfARequest,
        settings=settings(
            max_examples=6,
            stateful_step_count=14,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )

"""The life of a request by several people, in any order: nobody unnamed reads an answer, no decision stands without its record."""

import contextlib
import shutil
import tempfile
from dataclasses import replace
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

from models.after_disclosure import OnwardSharing, RecipientCopy
from models.record import AuditEntry
from models.requests import Decision, InformationRequest
from portal.ground import drafts
from portal.ground.act import PUBLIC, SYSTEM, Act, Store
from portal.ground.database import engine_for, reading
from portal.ground.errors import PortalError
from portal.ground.vault import open_vault
from portal.ground.wording import today
from portal.record.audit import verify
from portal.requests.after_disclosure.deletion import purge_expired
from portal.requests.after_disclosure.destruction import remind_of_keeping, say_gone
from portal.requests.after_disclosure.onward_sharing import OnwardSharingRequest, ask_to_pass_on
from portal.requests.after_disclosure.onward_sharing_answers import decide_wish, remind_of_wishes
from portal.requests.after_disclosure.retention_extension import keep_longer, object_to_keeping
from portal.requests.exchange.answers import open_answer
from portal.requests.exchange.assigning import assign
from portal.requests.exchange.completing import begin_full_record, complete_record
from portal.requests.exchange.correspondence import Consulted, ask_question, record_consultation, reply, withdraw
from portal.requests.exchange.deciding import decide
from portal.requests.exchange.decisions import ItemVerdict, RequestDecision, conditions_to_tick
from portal.requests.exchange.receipt import answer_trouble, confirm_receipt, remind_of_receipts, report_trouble
from portal.requests.exchange.sending import send_request
from portal.requests.forms.drafting import JOURNEY
from portal.requests.status import turn_words
from portal.requests.views import open_request, requests_received, requests_sent
from tests.conftest import NOW
from tests.request_builders import a_district, a_draft, an_urgent_request, answers_for, basis_for, typed, urgently

PEOPLE = ("clerk", "colleague", "parish_approver", "officer", "inspector", "sergeant", "outsider", "public")
MAY_HOLD = {"officer", "inspector", "sergeant"}
MAY_READ = {"clerk", "colleague"} | MAY_HOLD
TEMPLATE = []


class LifeOfARequest(RuleBasedStateMachine):
    @initialize(live=st.booleans(), start=st.sampled_from(["draft", "urgent", "shared"]))
    def begin(self, live, start):
        self.folder = Path(tempfile.mkdtemp())
        shutil.copy(TEMPLATE[0], self.folder / "portal.sqlite")
        engine = engine_for(f"sqlite:///{self.folder / 'portal.sqlite'}")
        store = Store(engine=engine, vault=open_vault(self.folder / "keys" / "portal.json", may_make=True))
        self.act = Act(store=store, person=SYSTEM, at=NOW)
        self.district = a_district(self.act)
        self.urgent, self.live, self.asked, self.wishes = start == "urgent", live and start == "draft", set(), []
        self.draft_id = "" if self.urgent else a_draft(self.act, self.district, **self._case())
        self.request_id = an_urgent_request(self.act, self.district) if self.urgent else ""
        if start == "shared":
            self.send("clerk")
            self.judge("inspector", shares=True)

    def _case(self):
        return {"investigation": "not_consulted" if self.live else "no"}

    def teardown(self):
        if hasattr(self, "act"):
            self.act.store.engine.dispose()
            shutil.rmtree(self.folder)

    def by(self, who):
        self.act = Act(store=self.act.store, person=SYSTEM, at=self.act.at + timedelta(minutes=16))
        return self.act.as_(PUBLIC if who == "public" else getattr(self.district, who))

    @precondition(lambda self: self.draft_id)
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
        verdict = RequestDecision(outcome="refuse", reason="We hold nothing.")
        with contextlib.suppress(PortalError):
            act = self.by(who)
            if shares:
                case = open_request(act, self.request_id).case
                item = ItemVerdict(shared=True, information="Three calls.")
                verdict = RequestDecision(
                    outcome="disclose",
                    items=(item,) * (len(case.items) if case else 2),
                    ticked=tuple(one.id for one in conditions_to_tick(case)) if case else (),
                    against_reason="They agree.",
                    matched=("name", "references") if self.urgent else ("name", "born"),
                    keep_until=typed(today(act.at) + timedelta(days=30)),
                    **(basis_for(case) if case else {}),
                )
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
    @rule(who=st.sampled_from(PEOPLE), to=st.sampled_from(["", "officer", "sergeant", "clerk", "outsider"]))
    def give(self, who, to):
        with contextlib.suppress(PortalError):
            assign(self.by(who), self.request_id, getattr(self.district, to).id if to else "")
            assert who in {"inspector", "sergeant"}
            assert to in {"", "officer", "sergeant"}

    @precondition(lambda self: self.urgent)
    @rule(who=st.sampled_from(PEOPLE))
    def write_the_full_record(self, who):
        with contextlib.suppress(PortalError):
            act = self.by(who)
            draft_id = begin_full_record(act, self.request_id)
            items = [{"what": urgently(self.district).what, "why": "To keep her safe"}]
            more = {"items": items, "urgent": "yes", "urgent.why": "He is at her door.", "recipients": []}
            drafts.save(act, JOURNEY, answers_for(self.district, **more), draft_id=draft_id)
            complete_record(act, draft_id)
            assert who in {"clerk", "parish_approver"}

    @precondition(lambda self: self.request_id)
    @rule(who=st.sampled_from(PEOPLE), says=st.sampled_from(["right", "wrong"]))
    def receive(self, who, says):
        with contextlib.suppress(PortalError):
            act = self.by(who)
            confirm_receipt(act, self.request_id) if says == "right" else report_trouble(act, self.request_id, "No.")
            assert who in {"clerk", "colleague"}

    @precondition(lambda self: self.request_id)
    @rule(who=st.sampled_from(PEOPLE))
    def put_right(self, who):
        with contextlib.suppress(PortalError):
            answer_trouble(self.by(who), self.request_id, "It is he.")
            assert who in MAY_HOLD

    @precondition(lambda self: self.request_id)
    @rule(who=st.sampled_from(PEOPLE))
    def certify(self, who):
        with contextlib.suppress(PortalError):
            say_gone(self.by(who), self.request_id, "deleted", promised=True)
            assert who in {"clerk", "colleague", "parish_approver"}

    @precondition(lambda self: self.request_id)
    @rule(who=st.sampled_from(PEOPLE), days=st.sampled_from([10, 60, 500]))
    def need_longer(self, who, days):
        with contextlib.suppress(PortalError):
            act = self.by(who)
            keep_longer(act, self.request_id, typed(today(act.at) + timedelta(days=days)), "The trial goes on.")
            assert who in {"clerk", "colleague", "parish_approver"}

    @precondition(lambda self: self.request_id)
    @rule(who=st.sampled_from(PEOPLE))
    def object(self, who):
        with contextlib.suppress(PortalError):
            object_to_keeping(self.by(who), self.request_id, "It has ended.")
            assert who in {"inspector", "sergeant"}

    @precondition(lambda self: self.request_id)
    @rule(who=st.sampled_from(PEOPLE), key=st.sampled_from(["a", "b"]))
    def wish_to_pass_on(self, who, key):
        asked = OnwardSharingRequest(
            facts=(1,), receiver="", other="A charity", gateway="cda-1998-s115", why="They house him."
        )
        with contextlib.suppress(PortalError):
            self.wishes += ask_to_pass_on(self.by(who), self.request_id, key, asked)
            assert who in {"clerk", "colleague"}

    @precondition(lambda self: self.wishes)
    @rule(who=st.sampled_from(PEOPLE), yes=st.booleans())
    def answer_a_wish(self, who, yes):
        with contextlib.suppress(PortalError):
            decide_wish(self.by(who), self.wishes[-1], yes=yes, said="On conditions.")
            assert who in {"inspector", "sergeant"}

    @rule(days=st.sampled_from([1, 40, 2500]))
    def time_passes(self, days):
        self.act = replace(self.act, at=self.act.at + timedelta(days=days))
        for due in (remind_of_receipts, remind_of_keeping, remind_of_wishes, purge_expired, purge_expired):
            due(self.act)

    @precondition(lambda self: self.request_id)
    @rule(who=st.sampled_from(PEOPLE))
    def read(self, who):
        with contextlib.suppress(PortalError):
            open_answer(self.by(who), self.request_id)
            assert who in (MAY_HOLD if self._copy_is("gone") or (self.urgent and who == "colleague") else MAY_READ)

    def _copy_is(self, status):
        with reading(self.act.store.engine) as session:
            copy = session.get(RecipientCopy, self.request_id)
            return copy is not None and copy.status == status

    @invariant()
    def every_decision_stands_with_its_record(self):
        if not getattr(self, "request_id", ""):
            return
        with reading(self.act.store.engine) as session:
            row = session.get(InformationRequest, self.request_id)
            decisions = session.exec(select(Decision)).all()
            events = [one.event for one in session.exec(select(AuditEntry)).all()]
            copies = session.exec(select(RecipientCopy)).all()
            waiting = session.exec(select(OnwardSharing).where(OnwardSharing.status == "waiting")).all()
        assert len(decisions) == events.count("request:decided") <= 1
        assert (row.status == "decided") == bool(decisions)
        assert (
            (row.status == "withdrawn" or row.purged_at is not None) == (row.content is None) == (row.data_key is None)
        )
        assert events.count("request:sent") + events.count("request:sent-urgently") == 1
        assert len(copies) == sum(one.outcome != "refuse" for one in decisions)
        gone = [one for one in copies if one.status == "gone"]
        assert len(gone) == events.count("answer:copy-destroyed") == sum(one.certificate is not None for one in copies)
        assert not waiting or (row.data_key is not None and not gone)
        assert events.count("request:full-record-completed") <= 1
        assert verify(self.act.store).whole

    @invariant()
    def it_is_always_somebodys_turn_and_both_sides_see_the_same(self):
        if not getattr(self, "request_id", ""):
            return
        (sent,) = requests_sent(self.act.as_(self.district.parish_approver))
        (received,) = requests_received(self.act.as_(self.district.inspector))
        assert sent.turn is received.turn
        waits_for_its_day = sent.copy == "held" and not sent.is_over
        closed = sent.status == "withdrawn" or sent.decided == "refuse" or sent.copy == "gone"
        assert (sent.turn is None) == (closed or waits_for_its_day)
        assert turn_words(sent, self.act.at)
        assert turn_words(received, self.act.at)


@pytest.mark.clause("s4.ongoing-investigation")
@pytest.mark.clause("s12.personal-retention")
@pytest.mark.clause("s4.proportionality.people")
def test_no_order_of_acts_opens_an_answer_to_others_or_leaves_a_decision_unrecorded(request):
    TEMPLATE[:] = [request.getfixturevalue("_template")]
    run_state_machine_as_test(
        LifeOfARequest,
        settings=settings(
            max_examples=8,
            stateful_step_count=18,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )

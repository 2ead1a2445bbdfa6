"""Signing, confirming, stopping, starting and leaving, in any order: the register equals the state at every moment."""

import shutil
import tempfile
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from portal.agreement.errors import AlreadySignedError, CannotSignError, NotActiveError, NotNowError
from portal.agreement.notices import notices
from portal.agreement.notices.standing import require_active, standing_of
from portal.agreement.register.public_register import register
from portal.agreement.register.search import RegisterSearch
from portal.agreement.signing import confirmation
from portal.ground.act import PUBLIC, Act, Store
from portal.ground.database import engine_for, migrate
from portal.ground.errors import AlreadyDoneError, NotFoundError
from portal.ground.vault import open_vault
from portal.ground.wording import today
from portal.record import audit
from tests.builders import a_partnership, an_organisation
from tests.conftest import NOW
from tests.signing_builders import NO_MAIL, REASONS, a_manager, a_signature

_LEADS = {"suspension": "suspended", "lifting": "signed", "withdrawal": "left"}
_FROM = {"suspension": {"signed"}, "lifting": {"suspended"}, "withdrawal": {"signed", "suspended"}}


class Standings(RuleBasedStateMachine):
    """What a plain model says an organisation's standing is, day by day, beside what the portal says."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        engine = engine_for(f"sqlite:///{self.folder / 'portal.sqlite'}")
        migrate(engine)
        store = Store(engine=engine, vault=open_vault(self.folder / "keys" / "portal.json", may_make=True))
        self.act = Act(store=store, person=PUBLIC, at=NOW)
        a_partnership(self.act)
        self.manager, self.council = a_manager(self.act), an_organisation(self.act)
        self.status, self.open, self.keys = "", None, 0
        self.days: dict[datetime, str] = {}

    @rule(days=st.integers(0, 3))
    def time_goes_on(self, days) -> None:
        for _ in range(days):
            self.days[today(self.act.at)] = self.status
            self.act = replace(self.act, at=self.act.at + timedelta(days=1))

    @rule()
    def sign(self) -> None:
        may = self.status in {"", "left"} and self.open is None
        try:
            self.open = a_signature(self.act, self.council).id
            assert may
        except (AlreadySignedError, CannotSignError):
            assert not may

    @precondition(lambda self: self.open is not None)
    @rule(how=st.sampled_from(["confirm", "decline", "ask"]))
    def decide(self, how) -> None:
        act = self.act.as_(self.manager)
        if how == "confirm":
            confirmation.confirm(act, self.open, how="Known", reach=NO_MAIL)
            self.status, self.open = "signed", None
        elif how == "decline":
            confirmation.decline(act, self.open, reason="Not known")
            self.open = None
        else:
            confirmation.ask(act, self.open, question="Who?")

    @rule(kind=st.sampled_from(list(_LEADS)))
    def give_notice(self, kind) -> None:
        self.keys += 1
        may = self.status in _FROM[kind]
        try:
            for _ in range(2):  # every notice is sent by a double click
                notices.give_notice(
                    self.act.as_(self.manager), self.council.id, notices.NoticeEffect(kind), REASONS, key=str(self.keys)
                )
            assert may
            self.status = _LEADS[kind]
            self.open = None if kind == "withdrawal" else self.open
        except (NotNowError, AlreadyDoneError, NotFoundError):
            assert not may

    @invariant()
    def the_portal_says_the_same(self) -> None:
        stands = standing_of(self.act.store, self.council.id)
        assert (stands.status.value if stands else "") == self.status
        try:
            require_active(self.act.store, self.council.id)
            assert self.status == "signed"
        except NotActiveError:
            assert self.status != "signed"

    def teardown(self) -> None:
        self.days[today(self.act.at)] = self.status
        for on, status in self.days.items():
            found = register(self.act.store, RegisterSearch(on=on, status="all")).entries
            assert [one.status.value for one in found] == ([status] if status else [])
        assert audit.verify(self.act.store).whole
        self.act.store.engine.dispose()
        shutil.rmtree(self.folder)


TestStandings = pytest.mark.threat("ES11")(Standings.TestCase)
TestStandings.settings = settings(
    max_examples=12, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck)
)

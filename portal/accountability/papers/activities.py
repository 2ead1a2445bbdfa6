"""What is done with information about people, read from the portal's own records: a line for each activity, none about a person."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from models.agreements import Standing
from models.organisations import Organisation
from portal.accountability.papers.kinds import told
from portal.agreement.notices.standing import SignatoryStatus
from portal.ground.act import Act
from portal.ground.wording import listed, today
from portal.retention.purposes import PURPOSES, Purpose
from portal.retention.schedule import rule
from portal.rules.datasets.catalogue import data_sets_of
from portal.rules.edition.edition_type import Edition
from portal.rules.edition.editions import edition_in_force
from portal.statements.papers.documents import law
from portal.statements.uses import Uses, sent_requests, uses_of

HEADINGS = ("What is done", "Why", "Whose information", "Which", "Who receives it", "Law and basis", "Kept for")


@dataclass(frozen=True, kw_only=True)
class Activity:
    """One activity, in the order of the headings of the record."""

    what: str
    why: str
    people: str
    which: str
    recipients: str
    basis: str
    kept: str

    @property
    def row(self) -> tuple[str, ...]:
        """Give its cells."""
        return (self.what, self.why, self.people, self.which, self.recipients, self.basis, self.kept)


def partnership_activities() -> tuple[Activity, ...]:
    """Give what the partnership does in the portal: the table of its privacy page, so that the two cannot differ."""
    return tuple(_of_purpose(one) for one in PURPOSES)


def organisation_activities(session: Session, act: Act, organisation_id: str) -> tuple[Activity, ...]:
    """Give what an organisation does through the portal: its requests, returns, meetings, and what every one does."""
    of = edition_in_force(today(act.at))
    body = session.get_one(Organisation, organisation_id)
    uses = uses_of(session, act, organisation_id)
    found = [_requests(session, of, uses, organisation_id), *_statements(uses), *_returns(body, of)]
    found += [_of_purpose(one) for one in PURPOSES if one.each]
    return tuple(found)


def recipients_in_force(session: Session) -> tuple[str, ...]:
    """Name the organisations in the register that have signed and not left."""
    stands = select(Standing.organisation_id).where(
        col(Standing.ends_at).is_(None), Standing.status == SignatoryStatus.SIGNED.value
    )
    query = select(Organisation.name).where(col(Organisation.id).in_(stands)).order_by(col(Organisation.search_name))
    return tuple(session.exec(query).all())


def measures() -> tuple[str, ...]:
    """Give what keeps information secure in the portal."""
    return tuple(one["text"] for one in told("measures")["measure"])


def _of_purpose(one: Purpose) -> Activity:
    return Activity(
        what=one.activity,
        why=one.why,
        people=one.people,
        which=one.what,
        recipients=one.seen_by,
        basis=one.basis,
        kept=one.kept_of_each,
    )


def _requests(session: Session, of: Edition, uses: Uses, organisation_id: str) -> Activity:
    found = sent_requests(session, organisation_id)
    asked = sum(one.row.asking_organisation_id == organisation_id for one in found)
    laws = [law(of, one) for one in uses.gateways if of.has_gateway(one)]
    done = " and ".join(part for part, holds in (("it asks", asked > 0), ("it is asked", asked < len(found))) if holds)
    purpose = _purpose("requests")
    return Activity(
        what=f"{purpose.activity}: {done or 'nothing was asked so far'}",
        why=purpose.why,
        people=purpose.people,
        which=purpose.what,
        recipients=listed(uses.partners) or "Nobody so far",
        basis=f"{purpose.basis}. Laws named: {'; '.join(laws) or 'none so far'}",
        kept=purpose.kept,
    )


def _statements(uses: Uses) -> list[Activity]:
    """Give the regular sharing that statements in force allow, where there is any."""
    if not uses.purposes:
        return []
    purpose = _purpose("requests")
    return [
        Activity(
            what="Regular sharing under signed statements",
            why=" ".join(uses.purposes),
            people="Those whom each statement names",
            which="What each statement names",
            recipients="The partners that signed each statement",
            basis=f"{purpose.basis}. Each statement names its laws",
            kept="As each statement says",
        )
    ]


def _purpose(rule_id: str) -> Purpose:
    return next(one for one in PURPOSES if rule_id in one.rules)


def _returns(body: Organisation, of: Edition) -> list[Activity]:
    kept, purpose = rule("returns-reviewed"), _purpose("returns-reviewed")
    return [
        Activity(
            what=f"Quarterly return: {one.title}",
            why="To see patterns of crime and disorder",
            people="People whom an event concerned. No record names them",
            which=", ".join(field.label for field in one.fields),
            recipients=purpose.seen_by,
            basis=f"{purpose.basis}. Asked for by: {one.asked.law or 'the agreement, Appendix 1'}",
            kept=f"{kept.keep.words} from {kept.counts_from}",
        )
        for one in data_sets_of(body.kind, of.id)
    ]

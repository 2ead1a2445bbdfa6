"""Privacy notices: offered from what an organisation really uses, made, downloaded, and where they are published (s6)."""

import json
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from models.organisations import Organisation
from models.statements import PrivacyNotice
from portal.agreement.notices.standing import take_turn
from portal.documents.statements import NoticePaper
from portal.ground.access import Permission, allow, may
from portal.ground.act import Act
from portal.ground.database import next_number, reading, transaction
from portal.ground.errors import NotFoundError
from portal.ground.input.web_addresses import checked_web_address
from portal.ground.partnership import confirmed_facts, facts
from portal.ground.wording import new_id, reference, today
from portal.privacy_notices.form_validation import NoticeOptions, checked_choices
from portal.privacy_notices.wording import NoticeChoices, NoticeWords, choices_from, notice_words
from portal.record.audit import record
from portal.record.events import Event
from portal.requests.participants import own_organisation
from portal.rules.edition.editions import edition, edition_in_force
from portal.rules.gateways.fit import offered
from portal.rules.section4.lawful_conditions import usable_conditions
from portal.statements.papers.documents import law, privacy_notice_paper
from portal.statements.uses import uses_of


@dataclass(frozen=True, kw_only=True)
class IssuedPrivacyNotice:
    """A notice that was made; `uncovered` says what has come into use since that it does not tell people."""

    id: str
    reference: str
    number: int
    words: NoticeWords
    choices: NoticeChoices
    made_at: datetime
    made_by: str
    published_at: str
    published_on: date | None
    uncovered: tuple[str, ...]


def offer(act: Act) -> NoticeOptions:
    """Give what one's own organisation may put into a notice, with what it really uses first (clause s6.fair-obtaining)."""
    allow(act, Permission.WRITE_PRIVACY_NOTICE)
    of = edition_in_force(today(act.at))
    with reading(act.store.engine) as session:
        body = _body(session, own_organisation(act))
        uses = uses_of(session, act, body.id)
    known = offered(of, confirmed_facts(act.store, of.id))
    used = tuple(one.id for one in known if one.id in uses.gateways)
    conditions = (
        usable_conditions(of, "schedule2", body.kind) if of.has_kind(body.kind) else of.conditions_in("schedule2")
    )
    return NoticeOptions(
        edition=of,
        organisation=body.name,
        gateways=tuple((one.id, law(of, one.id)) for one in known),
        conditions=tuple((one.id, one.short) for one in conditions),
        used_gateways=used,
        partners=uses.partners,
        purposes=uses.purposes,
    )


def make_notice(act: Act, choices: NoticeChoices, *, key: str) -> str:
    """Make a notice for one's own organisation; returns its id.

    The same `key` again is the same notice, and so are the same choices on one day, from another click or tab.
    Raises AnswersNeededError.
    """
    allow(act, Permission.WRITE_PRIVACY_NOTICE)
    given = offer(act)
    made = checked_choices(given, choices)
    organisation_id, notice_id, stamp = own_organisation(act), new_id(), reference()
    words = notice_words(given.edition, given.organisation, facts(act.store).name, made, today(act.at))
    paper = privacy_notice_paper(act, stamp, NoticePaper(**vars(words)))
    kept = json.dumps({**vars(made), "partnership": facts(act.store).name}, ensure_ascii=False)
    try:
        with transaction(act.store.engine) as session:
            take_turn(session)
            newest = session.exec(_of(organisation_id)).first()
            if newest and (newest.choices, newest.edition_hash, today(newest.made_at)) == (
                kept,
                given.edition.hash,
                today(act.at),
            ):
                return newest.id
            session.add(
                PrivacyNotice(
                    id=notice_id,
                    key=key,
                    reference=stamp,
                    organisation_id=organisation_id,
                    number=next_number(session, PrivacyNotice.number, PrivacyNotice.organisation_id == organisation_id),
                    edition=given.edition.id,
                    edition_hash=given.edition.hash,
                    choices=kept,
                    made_at=act.at,
                    made_by=act.person.name,
                    paper=paper,
                )
            )
            session.flush()
            subject = f"privacy-notice:{notice_id}"
            record(session, act, Event.PRIVACY_NOTICE_MADE, subject, organisation_id, gateways=list(made.gateways))
    except IntegrityError:
        return _of_key(act, key)
    return notice_id


def notices(act: Act) -> list[IssuedPrivacyNotice]:
    """List one's own organisation's notices, the newest first."""
    allow(act, Permission.WRITE_PRIVACY_NOTICE)
    with reading(act.store.engine) as session:
        ids = [row.id for row in session.exec(_of(own_organisation(act))).all()]
    return [notice(act, one) for one in ids]


def notice(act: Act, notice_id: str) -> IssuedPrivacyNotice:
    """Give a notice of one's own organisation. Raises NotFoundError."""
    allow(act, Permission.WRITE_PRIVACY_NOTICE)
    with reading(act.store.engine) as session:
        row = _row(session, act, notice_id)
        body = _body(session, row.organisation_id)
        uses = uses_of(session, act, row.organisation_id)
    kept = json.loads(row.choices)
    choices, of = choices_from(kept), edition(row.edition)
    new_laws = tuple(law(of, one) for one in uses.gateways if one not in choices.gateways and of.has_gateway(one))
    return IssuedPrivacyNotice(
        id=row.id,
        reference=row.reference,
        number=row.number,
        words=notice_words(of, body.name, str(kept["partnership"]), choices, today(row.made_at)),
        choices=choices,
        made_at=row.made_at,
        made_by=row.made_by,
        published_at=row.published_at,
        published_on=row.published_on,
        uncovered=(*new_laws, *(one for one in uses.partners if one not in choices.recipients)),
    )


def notice_pdf(act: Act, notice_id: str) -> tuple[str, bytes]:
    """Give a notice's sealed PDF and its reference. Raises NotFoundError."""
    allow(act, Permission.WRITE_PRIVACY_NOTICE)
    with reading(act.store.engine) as session:
        row = _row(session, act, notice_id)
    return row.reference, row.paper


def record_publication(act: Act, notice_id: str, address: str) -> None:
    """Record the web address at which a notice is published, from today. Raises NotFoundError, AnswersNeededError.

    Nothing is fetched from it: the portal calls nobody.
    """
    allow(act, Permission.WRITE_PRIVACY_NOTICE)
    checked = checked_web_address(address)
    with transaction(act.store.engine) as session:
        row = _row(session, act, notice_id, lock=True)
        if row.published_at == checked:
            return
        row.published_at, row.published_on = checked, today(act.at)
        session.add(row)
        record(session, act, Event.PRIVACY_NOTICE_PUBLISHED, f"privacy-notice:{row.id}", row.organisation_id)


def _of(organisation_id: str) -> SelectOfScalar[PrivacyNotice]:
    """Select an organisation's notices, the newest first."""
    query = select(PrivacyNotice).where(PrivacyNotice.organisation_id == organisation_id)
    return query.order_by(col(PrivacyNotice.number).desc())


def _row(session: Session, act: Act, notice_id: str, *, lock: bool = False) -> PrivacyNotice:
    query = select(PrivacyNotice).where(PrivacyNotice.id == notice_id)
    row = session.exec(query.with_for_update() if lock else query).first()
    if row is None or not may(act.person, Permission.WRITE_PRIVACY_NOTICE, row.organisation_id):
        raise NotFoundError
    return row


def _body(session: Session, organisation_id: str) -> Organisation:
    return session.exec(select(Organisation).where(Organisation.id == organisation_id)).one()


def _of_key(act: Act, key: str) -> str:
    """Give the notice that a form with this key made before; only to its own organisation."""
    with reading(act.store.engine) as session:
        row = session.exec(select(PrivacyNotice).where(PrivacyNotice.key == key)).one()
        return _row(session, act, row.id).id

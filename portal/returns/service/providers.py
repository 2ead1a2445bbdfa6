"""Who provides which data set: each organisation of the kind that the edition names, but for those that are excepted (s11)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from models.organisations import Organisation
from models.return_queries import NotProvided
from portal.agreement.notices.standing import SignatoryStatus, standing_of
from portal.ground.access import Permission, allow
from portal.ground.act import Act
from portal.ground.database import reading, transaction
from portal.ground.errors import AnswersNeededError, NotFoundError
from portal.ground.wording import new_id, one_line, today
from portal.record.audit import record
from portal.record.events import Event
from portal.rules.datasets.catalogue import DataSet, data_set, data_sets
from portal.rules.edition.editions import edition_in_force
from portal.rules.errors import RulesError

REASON_LENGTH = 300


@dataclass(frozen=True, kw_only=True)
class Provider:
    """An organisation whose kind hands a data set over: whether it is asked for it, and if not, why, who said so, and when."""

    organisation_id: str
    organisation: str
    reason: str = ""
    said_by: str = ""
    said_at: datetime | None = None

    @property
    def provides(self) -> bool:
        """Tell whether the data set is asked of it."""
        return self.said_at is None


def sets_not_provided(session: Session, act: Act) -> dict[tuple[str, str], str]:
    """Give (organisation, data set) -> reason, for every exception that holds now."""
    rows = session.exec(select(NotProvided).where(col(NotProvided.ended_at).is_(None))).all()
    return {(row.organisation_id, row.data_set): _reason(act, row) for row in rows}


def providers(act: Act) -> list[tuple[DataSet, list[Provider]]]:
    """List each data set of the edition in force with the signatories whose kind hands it over."""
    allow(act, Permission.SET_PROVIDERS)
    edition = edition_in_force(today(act.at)).id
    with reading(act.store.engine) as session:
        organisations = [
            one
            for one in session.exec(select(Organisation).order_by(col(Organisation.search_name))).all()
            if (stands := standing_of(session, one.id)) is not None and stands.status is not SignatoryStatus.LEFT
        ]
        rows = session.exec(select(NotProvided).where(col(NotProvided.ended_at).is_(None))).all()
    excepted = {(row.organisation_id, row.data_set): row for row in rows}
    return [
        (
            entry,
            [
                _provider(act, one, excepted.get((one.id, entry.id)))
                for one in organisations
                if one.kind == entry.provider(edition)
            ],
        )
        for entry in data_sets(edition)
    ]


def _reason(act: Act, row: NotProvided) -> str:
    return act.store.vault.open_text(row.reason, f"not_provided.reason:{row.id}")


def _provider(act: Act, organisation: Organisation, row: NotProvided | None) -> Provider:
    if row is None:
        return Provider(organisation_id=organisation.id, organisation=organisation.name)
    return Provider(
        organisation_id=organisation.id,
        organisation=organisation.name,
        reason=_reason(act, row),
        said_by=row.said_by_name,
        said_at=row.said_at,
    )


def except_from(act: Act, organisation_id: str, data_set_id: str, reason: str) -> None:
    """Say, with a reason, that an organisation does not send a data set: calendar and matrix no longer ask for it."""
    allow(act, Permission.SET_PROVIDERS)
    reason = one_line(reason)
    if not reason:
        raise AnswersNeededError({"reason": "Say why this organisation does not send the data set"})
    if len(reason) > REASON_LENGTH:
        raise AnswersNeededError({"reason": f"The reason must be {REASON_LENGTH} characters or fewer"})
    row_id = new_id()
    row = NotProvided(
        id=row_id,
        organisation_id=organisation_id,
        data_set=_asked_of(act, organisation_id, data_set_id).id,
        reason=act.store.vault.seal_text(reason, f"not_provided.reason:{row_id}"),
        said_at=act.at,
        said_by_name=act.person.name,
    )
    try:
        with transaction(act.store.engine) as session:
            session.add(row)
            session.flush()
            record(
                session, act, Event.DATA_SET_EXCEPTED, f"organisation:{organisation_id}",
                organisation_id=organisation_id, data_set=row.data_set,
            )  # fmt: skip
    except IntegrityError:
        return  # a colleague said so first


def ask_again(act: Act, organisation_id: str, data_set_id: str) -> None:
    """Ask an organisation for a data set again; the earlier exception stays in the history."""
    allow(act, Permission.SET_PROVIDERS)
    with transaction(act.store.engine) as session:
        row = session.exec(
            select(NotProvided)
            .where(NotProvided.organisation_id == organisation_id, NotProvided.data_set == data_set_id)
            .where(col(NotProvided.ended_at).is_(None))
            .with_for_update()
        ).first()
        if row is None:
            return
        row.ended_at, row.ended_by_name = act.at, act.person.name
        session.add(row)
        record(
            session, act, Event.DATA_SET_ASKED_AGAIN, f"organisation:{organisation_id}",
            organisation_id=organisation_id, data_set=data_set_id,
        )  # fmt: skip


def _asked_of(act: Act, organisation_id: str, data_set_id: str) -> DataSet:
    try:
        entry = data_set(data_set_id)
    except RulesError as error:
        raise NotFoundError from error
    with reading(act.store.engine) as session:
        organisation = session.get(Organisation, organisation_id)
    if organisation is None or entry.provider(edition_in_force(today(act.at)).id) != organisation.kind:
        raise NotFoundError
    return entry

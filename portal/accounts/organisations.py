"""The organisation that a person acts for: its details, and the list to choose one from."""

from dataclasses import dataclass

from sqlmodel import col, select

from models.organisations import Organisation
from portal.ground.access import Permission, allow
from portal.ground.act import Act
from portal.ground.database import reading, transaction
from portal.ground.errors import AnswersNeededError, NotFoundError
from portal.ground.wording import one_line
from portal.record.audit import record
from portal.record.events import Event
from portal.rules.edition.editions import editions

_LONGEST_CONTACT = 300


@dataclass(frozen=True, kw_only=True)
class OwnOrganisation:
    """An organisation as its own people see it."""

    id: str
    slug: str
    name: str
    kind_title: str
    public_contact: str


def own_organisation(act: Act) -> OwnOrganisation:
    """Give the organisation that the signed-in person acts for. Raises NotFoundError where there is none."""
    with reading(act.store.engine) as session:
        row = session.get(Organisation, act.person.organisation_id) if act.person.organisation_id else None
    if row is None:
        raise NotFoundError("Your account does not act for an organisation.")
    newest = editions()[-1]
    kind = newest.kind(row.kind).title if newest.has_kind(row.kind) else row.kind
    return OwnOrganisation(id=row.id, slug=row.slug, name=row.name, kind_title=kind, public_contact=row.public_contact)


def choices(act: Act) -> dict[str, str]:
    """Give every organisation that is not closed, id to name in order, for a manager to choose from."""
    allow(act, Permission.INVITE_ANYBODY)
    with reading(act.store.engine) as session:
        return dict(
            session.exec(
                select(Organisation.id, Organisation.name)
                .where(col(Organisation.closed_at).is_(None))
                .order_by(col(Organisation.search_name))
            ).all()
        )


def change_contact(act: Act, organisation_id: str, contact: str) -> None:
    """Change the public contact of one's own organisation (its approvers). Raises AnswersNeededError, NotFoundError."""
    allow(act, Permission.INVITE_OWN, organisation_id)
    words = one_line(contact)
    if len(words) > _LONGEST_CONTACT:
        raise AnswersNeededError({"contact": f"Public contact must be {_LONGEST_CONTACT} characters or fewer"})
    with transaction(act.store.engine) as session:
        row = session.get(Organisation, organisation_id)
        if row is None:
            raise NotFoundError
        if row.public_contact != words:
            row.public_contact = words
            session.add(row)
            record(
                session, act, Event.ORGANISATION_CHANGED, f"organisation:{row.id}", row.id, changed=["public_contact"]
            )

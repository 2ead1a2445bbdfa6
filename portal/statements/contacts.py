"""Where an organisation's information management gets its copies of statements (App 5)."""

from dataclasses import dataclass

from sqlmodel import Session

from models.organisations import Organisation
from models.statements import InformationContact
from portal.agreement.addresses import address_in, checked_address
from portal.ground.access import Permission, allow
from portal.ground.act import Act, Role, Store
from portal.ground.database import reading, transaction
from portal.ground.errors import AnswersNeededError
from portal.ground.wording import NAME_LENGTH, one_line
from portal.record.audit import record
from portal.record.events import Event
from portal.requests.participants import own_organisation, people_of


@dataclass(frozen=True, kw_only=True)
class Contact:
    """A role and an e-mail address; both are '' where nobody has said yet."""

    role: str
    email: str


def information_contact(act: Act) -> Contact:
    """Give the information-management contact of one's own organisation."""
    allow(act, Permission.WRITE_STATEMENT)
    with reading(act.store.engine) as session:
        row = session.get(InformationContact, own_organisation(act))
    return Contact(role=row.role, email=_opened(act.store, row)) if row else Contact(role="", email="")


def set_information_contact(act: Act, role: str, email: str) -> None:
    """Say where copies for information management go (clause app5.statement). Raises AnswersNeededError."""
    allow(act, Permission.WRITE_STATEMENT)
    organisation_id = own_organisation(act)
    role = one_line(role)
    if not role or len(role) > NAME_LENGTH:
        raise AnswersNeededError(
            {"role": "Enter a role of 200 characters or fewer, such as 'Data protection officer'."}
        )
    address = checked_address(email)
    with transaction(act.store.engine) as session:
        row = session.get(InformationContact, organisation_id)
        sealed = act.store.vault.seal_text(address, f"information_contact.email:{organisation_id}")
        if row is None:
            row = InformationContact(
                organisation_id=organisation_id, role=role, email=sealed, changed_at=act.at, changed_by=act.person.name
            )
        row.role, row.email, row.changed_at, row.changed_by = role, sealed, act.at, act.person.name
        session.add(row)
        subject = f"organisation:{organisation_id}"
        record(session, act, Event.INFORMATION_CONTACT_SET, subject, organisation_id=organisation_id)


def copy_goes_to(session: Session, act: Act, organisation_id: str) -> list[str]:
    """Give the addresses for a copy: the contact, else the public address, else the organisation's approvers."""
    row = session.get(InformationContact, organisation_id)
    if row is not None:
        return [_opened(act.store, row)]
    organisation = session.get(Organisation, organisation_id)
    public = address_in(organisation.public_contact) if organisation else ""
    return [public] if public else [one.email for one in people_of(session, organisation_id, Role.APPROVER)]


def _opened(store: Store, row: InformationContact) -> str:
    return store.vault.open_text(row.email, f"information_contact.email:{row.organisation_id}")

"""People at a meeting: what they say of themselves, kept sealed, and what Appendix 6 lets them stay for."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlmodel import col, select

from models.meetings import Undertaking
from models.organisations import Organisation
from portal.accounts import addresses
from portal.documents.layout.fonts import latin_wanted
from portal.documents.layout.pictures import hand_drawn
from portal.ground.act import Act, Person
from portal.ground.database import reading
from portal.ground.errors import AnswersNeededError
from portal.ground.wording import NAME_LENGTH, is_name, one_line
from portal.meetings.check_in.understanding_check import unanswered
from portal.rules.edition.edition_type import Edition
from portal.rules.forms.attendance import entitlement

MYSELF = "Here for themselves"
_NO_ORGANISATION = {
    "your": "Enter your organisation, or choose that you are here for yourself.",
    "their": "Enter their organisation, or tick that they came for themselves.",
}
_SUGGESTED = 12_000  # bytes of names that a phone's page can carry and stay under 30 kB


@dataclass(frozen=True, kw_only=True)
class AttendeeDetails:
    """What somebody says who signs: `myself` where they come for no organisation; `answers` to the everyday questions."""

    name: str
    organisation: str = ""
    myself: bool = False
    email: str = ""
    drawing: str = ""  # base64 of a picture, where a signature was drawn with a finger beside the typed name
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class KnownAttendee:
    """A person as their signature has them."""

    name: str
    organisation: str
    email: str = ""
    was: tuple[str, ...] = ()  # what stood here before it was put right, until when, and by whom


@dataclass(frozen=True)
class StayingPermission:
    """What a person may stay for: "open" or "open_closed", and the reason that the Chair must explain."""

    entitlement: str
    why: str


def at_the_door(holder: str) -> Person:
    """Give the person of an act at the door: by the hash of what they hold, never by name."""
    return Person(id=f"door:{holder[:20]}", name="Somebody at a meeting")


def checked(signer: AttendeeDetails, *, questions: bool, whose: str = "your") -> AttendeeDetails:
    """Clean and check what a person typed; `whose` is "their" where the Chair types it for them.

    Raises AnswersNeededError (fields name, organisation, email, and q-<id> of each everyday question).
    """
    tidy = AttendeeDetails(
        name=one_line(signer.name),
        organisation="" if signer.myself else one_line(signer.organisation),
        myself=signer.myself,
        email=addresses.tidy(signer.email),
        drawing=signer.drawing,
        answers=signer.answers,
    )
    problems = unanswered(signer.answers) if questions else {}
    if not is_name(tidy.name):
        problems["name"] = f"Enter {whose} full name."
    elif len(tidy.name) > NAME_LENGTH:
        problems["name"] = f"{whose.capitalize()} name must be {NAME_LENGTH} characters or fewer."
    elif wanted := latin_wanted(tidy.name):
        problems["name"] = wanted
    if not tidy.organisation and not tidy.myself:
        problems["organisation"] = _NO_ORGANISATION[whose]
    elif len(tidy.organisation) > NAME_LENGTH:
        problems["organisation"] = f"The organisation must be {NAME_LENGTH} characters or fewer."
    if tidy.email and (problem := addresses.problem_with(tidy.email)):
        problems["email"] = f"{problem}, or leave it empty."
    if tidy.drawing and hand_drawn(tidy.drawing) is None:
        problems["drawing"] = "Draw your signature again, or leave it out. Your typed name counts."
    if problems:
        raise AnswersNeededError(problems)
    return tidy


def suggestions(act: Act) -> list[str]:
    """Give organisations' names for the field on a phone, as many as its page can carry."""
    with reading(act.store.engine) as session:
        there = select(Organisation.name).where(col(Organisation.closed_at).is_(None))
        names = session.exec(there.order_by(col(Organisation.search_name)).limit(400)).all()
    kept, size = [], 0
    for name in names:
        size += len(name.encode()) + 24
        if size > _SUGGESTED:
            break
        kept.append(name)
    return kept


def standing_of(edition: Edition, kind: str) -> StayingPermission:
    """Say what a kind of organisation may stay for (clauses app6.attendance, app6.voluntary-standing).

    A person whose organisation is not on the list, or who comes for nobody, may stay for the open session.
    """
    if not kind or not edition.has_kind(kind):
        return StayingPermission(
            "open", "Appendix 6 lists who may stay for the closed session, and this person is not on it."
        )
    found = entitlement(edition, kind)
    return StayingPermission("open_closed" if found.closed else "open", found.why)


def sealed(act: Act, undertaking_id: str, signer: AttendeeDetails) -> bytes:
    """Seal what a person said of themselves for their undertaking."""
    said = {
        "name": signer.name,
        "organisation": MYSELF if signer.myself else signer.organisation,
        "email": signer.email,
        "signature": signer.name,
    }
    return act.store.vault.seal_text(json.dumps(said, ensure_ascii=False), f"undertaking.person:{undertaking_id}")


def resealed(act: Act, row: Undertaking, right: AttendeeDetails, until: str) -> bytes:
    """Seal what was put right, beside what stood there before; the signature stays as it was typed."""
    said = json.loads(act.store.vault.open_text(row.person, f"undertaking.person:{row.id}"))
    before = f"{said['name']}, {said['organisation']}{', ' if said['email'] else ''}{said['email']} ({until})"
    said |= {
        "name": right.name,
        "organisation": MYSELF if right.myself else right.organisation,
        "email": right.email,
        "was": [*said.get("was", ()), before],
    }
    return act.store.vault.seal_text(json.dumps(said, ensure_ascii=False), f"undertaking.person:{row.id}")


def opened(act: Act, row: Undertaking) -> KnownAttendee:
    """Open what a person said of themselves."""
    said = json.loads(act.store.vault.open_text(row.person, f"undertaking.person:{row.id}"))
    return KnownAttendee(
        name=said["name"],
        organisation=said["organisation"],
        email=said["email"],
        was=tuple(said.get("was", ())),
    )

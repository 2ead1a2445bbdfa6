"""First run: a one-time code from the terminal, then the partnership, the agreement's blanks and the first manager."""

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from models.accounts import Account
from models.partnership import Partnership, SetUpCode
from portal.accounts import addresses
from portal.accounts.authentication import passwords
from portal.accounts.details import new_account_problems
from portal.accounts.posts import add_post
from portal.ground import drafts
from portal.ground.act import PUBLIC, SYSTEM, Act, Person, Role, act_now
from portal.ground.database import reading, transaction
from portal.ground.errors import AlreadyDoneError, AnswersNeededError, NotFoundError, PortalError
from portal.ground.partnership import facts
from portal.ground.process.runtime import running
from portal.ground.rate_limits import Limit, attempt
from portal.ground.wording import CLEAR_ALPHABET, new_id, one_line
from portal.partnership import logos
from portal.partnership.blanks import FIRST, tidy
from portal.partnership.places.place_lists import district_of, keep_list
from portal.privacy.grammar.gazetteer import wards_by_district
from portal.record.audit import record
from portal.record.events import Event

JOURNEY = "set-up"
COOKIE = "portal_set_up"
_TRIES = Limit(kind="set-up:code", most=5, within=timedelta(hours=1), wait=timedelta(minutes=1))
_GROUP = 4
_ASKED = {
    "partnership_name": "Enter the name of the partnership",
    "council": "Enter the name of the council",
    "local_authority_area": "Enter the area that the partnership covers",
    "owner": "Enter who owns the agreement",
}


class CodeError(PortalError):
    """The set-up code is wrong, used or replaced."""

    message = "Enter the code that the terminal shows. A new start prints a new code"


@dataclass(frozen=True, kw_only=True)
class SetUp:
    """What the first person tells: the blanks by their key (those of `blanks.FIRST` are needed), a logo, themselves."""

    placeholders: Mapping[str, str]
    name: str
    email: str
    position: str
    password: str = field(repr=False)
    logo: bytes | None = field(default=None, repr=False)
    demonstration: bool = False


def announce(say: Callable[[str], None]) -> None:
    """Print a new set-up code at the terminal, while the portal is not set up; older codes are worthless from now on."""
    here = running()
    if facts(here.store).set_up:
        return
    say(f"Set it up at {here.settings.base_url}/set-up with this code: {new_code(act_now(here.store, SYSTEM))}")


def new_code(act: Act) -> str:
    """Make the set-up code, replacing an older one; only its keyed hash is kept. Twelve letters and digits in fours."""
    letters = "".join(secrets.choice(CLEAR_ALPHABET) for _ in range(3 * _GROUP))
    with transaction(act.store.engine) as session:
        row = session.get(SetUpCode, 1) or SetUpCode(id=1, code_hash="", made_at=act.at)
        row.code_hash, row.made_at, row.used_at = act.store.vault.keyed_hash(f"set-up:{letters}"), act.at, None
        session.add(row)
    return "-".join(letters[i : i + _GROUP] for i in range(0, len(letters), _GROUP))


def open_door(act: Act, typed: str) -> str:
    """Check the code from the terminal and begin the draft of the set-up; returns its token for a cookie.

    Raises CodeError, TooManyTriesError, AlreadyDoneError.
    """
    letters = "".join(c for c in typed.upper() if c.isalnum())
    if facts(act.store).set_up:
        raise AlreadyDoneError("This portal is set up. Sign in to use it.")
    with reading(act.store.engine) as session:
        row = session.get(SetUpCode, 1)
    hashed = act.store.vault.keyed_hash(f"set-up:{letters}")
    if row is None or row.used_at is not None or not secrets.compare_digest(row.code_hash, hashed):
        attempt(act, (_TRIES, ""))  # wrong ones alone: one of 25^12 bears any guessing, and a stranger shuts nobody out
        raise CodeError
    return drafts.begin(act.as_(PUBLIC), JOURNEY, {"code": row.code_hash})[1]


def set_up(act: Act, answers: SetUp, *, draft: str = "") -> None:
    """Set the portal up: partnership, first Information Manager, audit, in one transaction.

    Args:
        act: by the public with `draft`, the token that `open_door` gave; or by the portal itself (demonstration, tests).
        answers: what was told.
        draft: the token of the draft; its code must still be the one in force.

    Raises AnswersNeededError, CodeError, AlreadyDoneError (also for the second of two clicks).
    """
    kept, logo, email = _checked(answers)
    account = Account(
        id=new_id(),
        email=email,
        name=one_line(answers.name),
        position=one_line(answers.position),
        password_hash=passwords.hash_password(answers.password),
        created_at=act.at,
    )
    partnership = Partnership(
        name=kept["partnership_name"],
        placeholders=json.dumps(kept, ensure_ascii=False),
        logo=logo[0] if logo else None,
        logo_type=logo[1] if logo else None,
        demonstration=answers.demonstration,
        set_up_at=act.at,
    )
    manager = act.as_(Person(id=account.id, name=account.name, email=account.email))
    try:
        with transaction(act.store.engine) as session:
            if act.person != SYSTEM:
                _use_code(session, act, draft)
            session.add(partnership)
            session.add(account)
            session.flush()
            record(session, manager, Event.PORTAL_SET_UP, "partnership:1", blanks_filled=len(kept))
            record(session, manager, Event.ACCOUNT_CREATED, f"account:{account.id}")
            add_post(session, manager, account.id, Role.MANAGER, None)
            if wards := wards_by_district().get(district_of(kept.get("council", ""))):
                keep_list(session, manager, "wards", wards, with_set_up=True)
    except IntegrityError as error:
        raise AlreadyDoneError("This portal is set up. Sign in to use it.") from error


def check_blanks(placeholders: Mapping[str, str]) -> dict[str, str]:
    """Give the blanks as they will be kept. Raises AnswersNeededError where one of the first four is missing, or any is wrong."""
    kept, problems = _blanks(placeholders)
    if problems:
        raise AnswersNeededError(problems)
    return kept


def _blanks(placeholders: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    kept, problems = tidy(placeholders)
    return kept, problems | {key: _ASKED[key] for key in FIRST if key not in kept and key not in problems}


def _checked(answers: SetUp) -> tuple[dict[str, str], tuple[bytes, str] | None, str]:
    kept, problems = _blanks(answers.placeholders)
    wrong = addresses.problem_with(answers.email)
    if wrong:
        problems["email"] = wrong
    names = [answers.email, kept.get("partnership_name", ""), kept.get("council", "")]
    problems |= new_account_problems(
        name=answers.name, position=answers.position, password=answers.password, names=names
    )
    logo = None
    try:
        logo = logos.checked(answers.logo) if answers.logo else None
    except AnswersNeededError as error:
        problems |= error.problems
    if problems:
        raise AnswersNeededError(problems)
    return kept, logo, addresses.tidy(answers.email)


def _use_code(session: Session, act: Act, draft: str) -> None:
    row = session.exec(select(SetUpCode).where(col(SetUpCode.id) == 1).with_for_update()).first()
    if session.get(Partnership, 1) is not None:
        raise AlreadyDoneError("This portal is set up. Sign in to use it.")
    try:
        begun = drafts.resume(act.as_(PUBLIC), JOURNEY, secret=draft)
    except NotFoundError as error:
        raise CodeError from error
    if row is None or row.used_at is not None or begun.answers.get("code") != row.code_hash:
        raise CodeError
    row.used_at = act.at
    session.add(row)
    drafts.finish(session, act.as_(PUBLIC), JOURNEY, "partnership:1", secret=draft)


__all__ = ["COOKIE", "JOURNEY", "CodeError", "SetUp", "announce", "check_blanks", "new_code", "open_door", "set_up"]

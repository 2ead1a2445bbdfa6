"""What a person does with their own account: name and position, signing out everywhere."""

from sqlmodel import Session, col, select

from models.accounts import Account
from models.meetings import Meeting
from portal.accounts.authentication import second_factor
from portal.accounts.authentication.sessions import end_all_sessions
from portal.accounts.details import name_problem, position_problem
from portal.accounts.names import rename
from portal.ground.act import Act
from portal.ground.database import reading, transaction
from portal.ground.errors import AnswersNeededError, SignedOutError
from portal.ground.wording import one_line
from portal.record.audit import record
from portal.record.events import Event


def change_details(act: Act, *, name: str, position: str) -> None:
    """Change one's own name and position. Raises SignedOutError, AnswersNeededError."""
    if not act.person.signed_in:
        raise SignedOutError
    found = {"name": name_problem(name), "position": position_problem(position)}
    problems = {field: sentence for field, sentence in found.items() if sentence}
    if problems:
        raise AnswersNeededError(problems)
    with transaction(act.store.engine) as session:
        row = session.get_one(Account, act.person.id)
        if (row.name, row.position) != (one_line(name), one_line(position)):
            rename(act, row, name)
            row.position = one_line(position)
            session.add(row)
            _chairs_by_name(session, row)
            record(session, act, Event.ACCOUNT_CHANGED, f"account:{row.id}")


def _chairs_by_name(session: Session, row: Account) -> None:
    """Let the meetings to come say who chairs them by the name that this person has now; one that was held keeps its words."""
    to_come = select(Meeting).where(Meeting.chair_id == row.id, col(Meeting.opened_at).is_(None))
    for meeting in session.exec(to_come).all():
        meeting.chair_name = row.name
        session.add(meeting)


def sign_out_everywhere(act: Act) -> None:
    """End every session of one's own account, this one too. Raises SignedOutError."""
    if not act.person.signed_in:
        raise SignedOutError
    with transaction(act.store.engine) as session:
        end_all_sessions(session, act, act.person.id)
        record(session, act, Event.SIGNED_OUT_EVERYWHERE, f"account:{act.person.id}")


def has_second_step(act: Act) -> bool:
    """Say whether one's own account asks for a code at sign-in."""
    with reading(act.store.engine) as session:
        row = session.get(Account, act.person.id)
        return row is not None and row.totp_secret is not None


def turn_second_step_off(act: Act) -> None:
    """Turn off the second step of one's own account; the page has asked for the password first."""
    if not act.person.signed_in:
        raise SignedOutError
    second_factor.turn_off(act, act.person.id)

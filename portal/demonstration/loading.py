"""Load the demonstration into an empty store, and say who can sign in."""

from collections.abc import Callable
from datetime import UTC, datetime

from portal.demonstration import (
    accounts,
    after_disclosure,
    everyday,
    meetings,
    requests,
    returns,
    signatures,
    statements,
)
from portal.demonstration.stage import DemonstrationStage, read
from portal.ground.act import Store
from portal.ground.settings import load_settings
from portal.record.audit import head

Say = Callable[[str], None]
_EVERY = 6  # months of the story between two lines at the terminal


def load(store: Store, say: Say, *, now: datetime | None = None, parts: frozenset[str] | None = None) -> bool:
    """Load two years of the demonstration partnership, in the order of its days; returns False where anything is held.

    Args:
        store: an empty store.
        say: told how far it is, a line at a time.
        now: the moment it is loaded (the clock's, where none is given).
        parts: which of "meetings", "requests", "statements" and "returns" are played beside the signatures (all, where none are named).

    Raises whatever a service refuses: the story is told so that none does.
    """
    if head(store)[0] > 0:
        return False
    told = read("partnership")
    stage = DemonstrationStage(
        store=store, now=now or datetime.now(UTC), base_url=load_settings().base_url, password=told["password"]
    )
    say("Loading the demonstration partnership. This takes about a minute.")
    accounts.found(stage, told)
    signatures.note(stage, read("organisations")["organisation"])
    if parts is None or "meetings" in parts:
        meetings.note(stage, read("meetings") | read("minutes"))
    if parts is None or "requests" in parts:
        requests.note(stage, read("requests"))
        after_disclosure.note_others(stage, read("requests"))
    if parts is None or "statements" in parts:
        statements.note(stage, read("statements"))
    if parts is None or "returns" in parts:
        returns.note(stage, read("returns"))
    if parts is None:
        everyday.note(stage, read("everyday"))
    try:
        stage.play(_telling(say))
    except BaseException:
        say("The demonstration was not finished. Delete its data folder, then start again.")
        raise
    return True


def people() -> list[str]:
    """Give the lines that tell who can sign in, with the one password that they all share."""
    lines = [f"Everybody signs in with the password: {read('partnership')['password']}"]
    return lines + [f"  {who}: {address}" for who, address in accounts.addresses()]


def _telling(say: Say) -> Callable[[datetime], None]:
    years: list[int] = []

    def told(at: datetime) -> None:
        months = at.year * 12 + at.month
        if not years or months - years[-1] >= _EVERY:
            years.append(months)
            say(f"  {at:%B %Y}")

    return told

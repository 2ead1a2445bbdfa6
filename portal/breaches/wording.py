"""The words of a loss: its kinds, the steps after it, and what is refused."""

from datetime import datetime

from portal.ground.errors import AlreadyDoneError, PortalError
from portal.ground.wording import day

KINDS = {
    "lost": "Papers or a device were lost or stolen",
    "wrong_person": "It was sent or shown to the wrong person",
    "seen": "Somebody saw it who should not have",
    "other_use": "It was used for something else than agreed",
    "machine": "A computer, account or mailbox was broken into",
    "other": "Something else",
}
STEPS = {
    "contained": "It is contained: how",
    "told": "People were told: who, when and how",
    "regulator_told": "The Information Commissioner was told",
    "regulator_not_needed": "The Information Commissioner need not be told: why",
    "note": "Something else was done",
}
DONE = {
    "contained": "Contained",
    "told": "People told",
    "regulator_told": "Information Commissioner told",
    "regulator_not_needed": "Information Commissioner need not be told",
    "note": "Done",
}
REGULATOR = frozenset({"regulator_told", "regulator_not_needed"})
PARAGRAPH = "Section 9"


class ClosedError(AlreadyDoneError):
    """The loss was closed before."""

    def __init__(self, name: str, at: datetime) -> None:
        """Take who closed it, and when."""
        super().__init__(f"{name} closed this on {day(at)}. Look at the lesson.")


class NotContainedError(PortalError):
    """A loss cannot be closed while a step is missing."""

    def __init__(self, missing: str) -> None:
        """Take what is missing, as a sentence."""
        super().__init__(f"It cannot be closed yet. {missing}", paragraph=PARAGRAPH)

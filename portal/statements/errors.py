"""What this room refuses, each with the sentence that a person sees."""

from datetime import datetime

from portal.ground.errors import AlreadyDoneError, PortalError
from portal.ground.wording import day_and_time


class WordsChangedError(PortalError):
    """The words on the screen are not the words that stand now: somebody changed them meanwhile."""

    def __init__(self, name: str, at: datetime) -> None:
        """Take who changed them, and when."""
        super().__init__(f"{name} changed this on {day_and_time(at)}. Read it as it stands now, then go on.")


class AnotherSignsFirstError(PortalError):
    """Another party signs first."""

    def __init__(self, organisation: str) -> None:
        """Take whose turn it is."""
        super().__init__(f"It is the turn of {organisation} to sign. You are told when it is yours.", paragraph="App 5")


class UnfinishedStatementError(PortalError):
    """A part of the statement that the edition asks for is missing."""

    def __init__(self, labels: tuple[str, ...]) -> None:
        """Take the questions that are still open."""
        super().__init__(f"Answer this first: {' '.join(labels)}", paragraph="App 5")


class FixedWordsError(PortalError):
    """The statement is in force or over, so its words stay as they are."""

    message = "The words of this statement stay as they were signed. Begin a new version to change them."


class EndedError(AlreadyDoneError):
    """The statement is over."""

    message = "This statement has ended. It stays here to be read."


class DecidedError(AlreadyDoneError):
    """The access request was decided before."""

    def __init__(self, at: datetime) -> None:
        """Take when."""
        super().__init__(f"This access request was decided on {day_and_time(at)}. Look at the decision.")


class ViewsMissingError(PortalError):
    """A partner was asked, its day has not passed, and it has not answered (s5)."""

    def __init__(self, names: str) -> None:
        """Take the partners' names, listed."""
        super().__init__(
            f"You wait for the view of {names}. Wait for it, or say why you decide without it.", paragraph="Section 5"
        )

"""What this room refuses, each with the sentence that a person sees; none carries anything about a person."""

from collections.abc import Sequence
from datetime import datetime

from portal.ground.errors import AlreadyDoneError, AnswersNeededError, PortalError
from portal.ground.wording import clock, day, listed
from portal.requests.exchange.section4_check import HOLD_WORDS


class UnfinishedRequestError(AnswersNeededError):
    """One of the ten contents, or an answer of the check, is missing. `problems` maps a task to what to do."""


class NotJustifiedError(AnswersNeededError):
    """The check does not advise sending, and no reason was given why it goes all the same."""

    def __init__(self) -> None:
        """Ask for the reason."""
        super().__init__({"despite": "Say why you send it although the check advises against it."})


class HeldError(PortalError):
    """Somebody must be asked first, and what they said recorded (s4 Ongoing Investigation)."""

    def __init__(self, missing: Sequence[str]) -> None:
        """Take the codes of those who were not asked yet."""
        who = listed([HOLD_WORDS[one] for one in missing])
        super().__init__(
            f"Before anything is shared, record what was said by {who}.", paragraph="Section 4, Ongoing Investigation"
        )


class OwnRequestError(PortalError):
    """Nobody decides a request of their own, or of an organisation they act for."""

    message = "You act for the organisation that asks, so somebody else must decide this request."


class NotYourTurnError(PortalError):
    """The request waits for the other side, or is closed."""

    message = "This request is not waiting for you now. Look at where it stands."


class AlreadyDecidedError(AlreadyDoneError):
    """Somebody else was faster."""

    def __init__(self, name: str, at: datetime) -> None:
        """Take who decided, and when."""
        super().__init__(f"{name} decided this request on {day(at)} at {clock(at)}. Look at the decision.")


class AnswerClosedError(PortalError):
    """The answer opened here until a day that has passed."""

    message = "This answer no longer opens here. Ask the organisation that sent it."


class FileRefusedError(PortalError):
    """A file that cannot be sent with an answer."""

    message = "This file cannot be sent."


class AlreadyGoneError(AlreadyDoneError):
    """The recipient certified that it holds nothing any more."""

    message = "Your organisation certified that this is gone. If you need it again, ask again."

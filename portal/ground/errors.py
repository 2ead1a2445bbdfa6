"""Expected refusals. Each carries the sentence that a person sees; none carries personal data."""

from collections.abc import Mapping
from typing import ClassVar


class PortalError(Exception):
    """Base of every expected refusal; `message` is plain English and safe to show."""

    message: str = "The portal cannot do that."
    paragraph: str = ""

    def __init__(self, message: str | None = None, *, paragraph: str | None = None) -> None:
        """Take another sentence than the class's own, or the paragraph of the agreement behind it."""
        if message is not None:
            self.message = message
        if paragraph is not None:
            self.paragraph = paragraph
        super().__init__(self.message)


class SettingsError(PortalError):
    """A setting cannot be used; the portal does not start."""

    message = "A setting is wrong."


class UnsafeStartError(PortalError):
    """Starting would be unsafe: a key is missing, a file is damaged, a folder cannot be written."""

    message = "The portal will not start."


class NotAllowedError(PortalError):
    """This person may not do this, or may not know that it exists."""

    message = "You cannot do this. Ask your Information Manager who can."


class NotFoundError(NotAllowedError):
    """Nothing of that id that this person may see: a missing thing and a foreign one look the same."""

    message = "You cannot open this page. It may have moved, or belong to another organisation."


class SignedOutError(PortalError):
    """The session has ended."""

    message = "You have been signed out. What you had saved is kept; what you typed since is not. Sign in to go on."


class AnswersNeededError(PortalError):
    """Answers are missing or wrong; `problems` maps a field to what to do about it."""

    message = "There is a problem"

    def __init__(self, problems: Mapping[str, str]) -> None:
        """Take the problems: field name -> sentence."""
        super().__init__()
        self.problems = dict(problems)


class AlreadyDoneError(PortalError):
    """Somebody has done this already; the message says who and when."""

    message = "This has already been done."


class TooManyTriesError(PortalError):
    """A limit was reached; `seconds` is how long to wait."""

    message = "Too many tries. Wait a while, then try again."

    def __init__(self, seconds: int, sentence: str = "") -> None:
        """Take the seconds to wait; the sentence gives them in minutes, where none other is given."""
        minutes = max(1, -(-seconds // 60))
        waits = f"Too many tries. Wait {minutes} minute{'s' if minutes != 1 else ''}, then try again."
        super().__init__(sentence or waits)
        self.seconds = seconds


class LinkError(PortalError):
    """A link or code is unknown, used, superseded or too old."""

    message = "This link has been used or is too old. Ask for a new one."


class ServiceProblemError(PortalError):
    """Something unexpected went wrong; `reference` finds it in the log."""

    titles: ClassVar[str] = "Sorry, there is a problem with the service"

    def __init__(self, reference: str) -> None:
        """Take the reference under which the problem was logged."""
        super().__init__(f"Try again later. What you had saved is kept. Reference {reference}.")
        self.reference = reference

"""What can go wrong at a meeting, each with the sentence that a person sees."""

from portal.ground.errors import NotAllowedError, PortalError, TooManyTriesError


class NoSuchMeetingError(PortalError):
    """No open meeting has this code: unknown, not opened yet, or closed long ago; they look the same."""

    message = "There is no open meeting with that code. Ask the Chair to read it again."


class MeetingEndedError(NoSuchMeetingError):
    """The meeting of this code has closed."""

    message = "This meeting has ended. Ask the Chair to add you."


class TooManyWrongCodesError(TooManyTriesError):
    """A wrong code, after many wrong ones. Nobody need wait: a right code is never refused."""

    def __init__(self, seconds: int) -> None:
        """Take the seconds until wrong codes are counted one by one again."""
        super().__init__(
            seconds,
            "No open meeting has that code, and many wrong ones came lately. Ask the Chair to read it again. "
            "The right code always opens.",
        )


class DoorClosedError(PortalError):
    """Something was asked for that needs an open door."""

    message = "The door of this meeting is not open."


class NotYourMeetingError(NotAllowedError):
    """Only the Chair of this meeting may do this."""

    message = "Only the Chair of this meeting can do this."


class NotEntitledError(PortalError):
    """Appendix 6 does not let this person stay for the closed session; the message gives the reason to explain."""

    message = "This person cannot be in the closed session."
    paragraph = "Appendix 6"

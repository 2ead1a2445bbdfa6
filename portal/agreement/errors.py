"""What the agreement's room refuses, each with the sentence that a person sees."""

from datetime import datetime

from portal.ground.errors import AlreadyDoneError, PortalError
from portal.ground.wording import day, day_and_time


class TextChangedError(PortalError):
    """The words on the screen are not the words in force."""

    message = "The agreement was updated while you were reading it. Read the new text, then sign."


class InPreparationError(PortalError):
    """The agreement is still in preparation: a blank is open, a fact is unchecked, or two people have not authorised it."""

    message = (
        "The agreement is being prepared, and cannot be signed yet. The Information Manager can say when it can be."
    )
    paragraph = "Section 13"


class AlreadySignedError(AlreadyDoneError):
    """Somebody else has signed this edition for this organisation."""

    def __init__(self, organisation: str, at: datetime, *, confirmed: bool) -> None:
        """Take the organisation's name, when it was signed and whether the manager has confirmed it."""
        more = "It is in the register." if confirmed else "The Information Manager is checking the signature."
        super().__init__(f"Somebody has signed this edition for {organisation} already, on {day(at)}. {more}")


class NotActiveError(PortalError):
    """The organisation takes no part now: it has not signed, has stopped for now, or has left."""

    message = "Your organisation must sign the agreement first."


class CannotSignError(PortalError):
    """This organisation cannot sign now."""

    message = "This organisation cannot sign the agreement."


class OwnSignatureError(PortalError):
    """Nobody confirms what they signed themselves."""

    message = "You signed this yourself, so somebody else must check it. Ask another Information Manager."


class SignatureAlreadyDecidedError(AlreadyDoneError):
    """Another manager was faster."""

    def __init__(self, name: str, done: str, at: datetime) -> None:
        """Take who decided, what ("confirmed"), and when."""
        super().__init__(f"{name} {done} this signature on {day_and_time(at)}.")


class NotNowError(PortalError):
    """A notice that does not fit the organisation's standing."""

    message = "This notice does not fit where the organisation stands now."


class EditionStateError(PortalError):
    """An edition is not in the state that this act needs."""

    message = "This does not fit where the edition stands now."
    paragraph = "Section 13"


class PassageChangedError(PortalError):
    """Somebody else changed the passage since it was shown."""

    message = "Somebody changed this passage while you were writing. Look at it as it stands now, then change it."


class OwnWordsError(PortalError):
    """Nobody authorises words that they wrote themselves."""

    message = "You wrote words of this edition, so two other people must authorise it."
    paragraph = "Section 13"


class OwnProposalError(PortalError):
    """Nobody decides what they proposed themselves."""

    message = "You proposed this, so another Information Manager must record the decision."
    paragraph = "Section 15"

"""What can go wrong in the rules, each with the sentence that a person may see."""

from __future__ import annotations


class RulesError(Exception):
    """Base of every refusal of the rules; `message` is plain English and holds no personal data."""

    def __init__(self, message: str) -> None:
        """Keep the sentence, so that a page or a command can show it."""
        super().__init__(message)
        self.message = message


class EditionDataError(RulesError):
    """A file of the rules has a key, a value or a reference that it must not have; names file and key."""

    def __init__(self, file: str, key: str, problem: str) -> None:
        """Say in which file and at which key the data is wrong."""
        super().__init__(f"{file}: {key}: {problem}")
        self.file = file
        self.key = key
        self.problem = problem


class SealBrokenError(RulesError):
    """A sealed file was altered, is missing, or was added without a seal; names the file."""

    def __init__(self, file: str, problem: str) -> None:
        """Say which file does not match its seal."""
        super().__init__(f"{file}: {problem} The agreement cannot be used until the sealed file is put back.")
        self.file = file


class UnknownEditionError(RulesError):
    """No edition has this id."""

    def __init__(self, edition_id: str, known: tuple[str, ...]) -> None:
        """Name the editions that there are."""
        super().__init__(f"There is no edition called “{edition_id[:40]}”. The editions are {' and '.join(known)}.")


class UnknownRevisionError(RulesError):
    """This release does not have an edition in the text by which something was recorded."""

    def __init__(self, edition_id: str, sha256: str) -> None:
        """Name the edition and the beginning of the hash of the text that is missing."""
        super().__init__(
            f"This was recorded by a text of the edition {edition_id[:40]} that this release does not have"
            f" ({sha256[:8]}). Nothing was lost. Tell the Information Manager."
        )


class UnknownIdError(RulesError):
    """An edition has no gateway, kind of organisation, condition or data set of this id."""

    def __init__(self, what: str, wanted: str) -> None:
        """Name what was looked for; ids come from the rules or a request file, never from a person's record."""
        super().__init__(f"There is no {what} called “{wanted[:60]}”. Choose one from the list.")
        self.what = what
        self.wanted = wanted

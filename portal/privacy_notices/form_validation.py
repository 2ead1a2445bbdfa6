"""What a privacy notice is made of, checked once and cleaned."""

from dataclasses import dataclass, replace

from portal.ground.errors import AnswersNeededError
from portal.ground.wording import NAME_LENGTH, one_line, paragraphs
from portal.privacy_notices.wording import NoticeChoices
from portal.rules.edition.edition_type import Edition

_LONGEST = 1000
_MOST = 60  # entries of one list
_LONGEST_ADDRESS = 300


@dataclass(frozen=True, kw_only=True)
class NoticeOptions:
    """What a notice can be made of: ids with names, and what the organisation already uses of each."""

    edition: Edition
    organisation: str
    gateways: tuple[tuple[str, str], ...]
    conditions: tuple[tuple[str, str], ...]
    used_gateways: tuple[str, ...]
    partners: tuple[str, ...]
    purposes: tuple[str, ...]


def checked_choices(given: NoticeOptions, choices: NoticeChoices) -> NoticeChoices:
    """Clean what a notice is made of, and keep only laws and bases that are offered. Raises AnswersNeededError."""
    known, lawful = dict(given.gateways), dict(given.conditions)
    made = replace(
        choices,
        purposes=_tidied(choices.purposes),
        gateways=tuple(one for one in known if one in choices.gateways),
        conditions=tuple(one for one in lawful if one in choices.conditions),
        recipients=_tidied(choices.recipients),
        keep=paragraphs(choices.keep),
        contact_role=one_line(choices.contact_role),
        contact=one_line(choices.contact),
    )
    needed = {
        "purposes": "Choose or enter why you share.",
        "gateways": "Choose at least one law.",
        "conditions": "Choose at least one lawful basis.",
        "recipients": "Enter who you share with, one on each line.",
        "keep": "Enter how long you keep it.",
        "contact_role": "Enter a role, such as 'data protection officer'. Do not name a person.",
        "contact": "Enter how to reach them: an e-mail address, a phone number or a postal address.",
    }
    problems = {field: ask for field, ask in needed.items() if not getattr(made, field)}
    for field in ("purposes", "recipients"):
        if len(getattr(made, field)) > _MOST or any(len(one) > _LONGEST for one in getattr(made, field)):
            problems[field] = f"Use {_MOST} lines or fewer, of {_LONGEST:,} characters or fewer."
    for field, most in (("keep", _LONGEST), ("contact_role", NAME_LENGTH), ("contact", _LONGEST_ADDRESS)):
        if len(getattr(made, field)) > most:
            problems[field] = f"Use {most:,} characters or fewer."
    if problems:
        raise AnswersNeededError(problems)
    return made


def _tidied(lines: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line for line in (one_line(one) for one in lines) if line))

"""The blanks of the agreement that a partnership fills in: which there are, in groups, and what may stand in them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from portal.ground.input.dates import day_in
from portal.ground.wording import day, one_line
from portal.rules.edition.editions import editions

LONGEST = 300
FIRST = ("partnership_name", "council", "local_authority_area", "owner")
_LATER = frozenset({"partnership_logo", "meeting_date"})  # asked for elsewhere: settings, and each meeting
_GROUPS = (
    ("Who takes part", ("police_force", "integrated_care_board", "local_policing_body", "protocol_council")),
    ("Who answers for it", ("information_manager", "dpo_contact", "drawn_up_by")),
    ("The document", ("isa_ref", "location", "in_force_date", "review_date")),
)


@dataclass(frozen=True, kw_only=True)
class Blank:
    """One blank: its key in the edition, what to ask, and an example."""

    key: str
    label: str
    example: str
    is_date: bool


# What the agreement leaves to its Protocol and to the Chair of the Partnership; no edition has these as blanks.
_BESIDE = (
    Blank(key="chair", label="Chair of the Partnership, name and post", example="Cllr Example, Leader", is_date=False),
    Blank(
        key="chair_email",
        label="E-mail address of the Chair of the Partnership",
        example="chair@example.gov.uk",
        is_date=False,
    ),
    Blank(
        key="protocol_title",
        label="Name of the overarching Protocol",
        example="County Information Sharing Protocol",
        is_date=False,
    ),
    Blank(key="protocol_date", label="Day the Protocol was agreed", example="1 August 2008", is_date=True),
    Blank(
        key="protocol_address",
        label="Where the Protocol is, with its Appendices E and F",
        example="https://www.example.gov.uk/protocol",
        is_date=False,
    ),
)
# Whom to ask stands below every page: the agreement's own blank names them, these say how else to reach them.
_HELP = (
    Blank(
        key="help_phone",
        label="Phone of the Information Manager (on every page)",
        example="01632 960123",
        is_date=False,
    ),
    Blank(
        key="help_address",
        label="Postal address of the Information Manager (on every page)",
        example="Council Offices, 1 High Street, Anytown AN1 1AA",
        is_date=False,
    ),
)
_ADDRESS = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")


def blanks() -> list[tuple[str, list[Blank]]]:
    """Give the blanks of the newest edition in groups, those asked for first leading."""
    known = {p.key: p for p in editions()[-1].placeholders if p.key not in _LATER}
    grouped = [("The partnership", FIRST), *_GROUPS]
    named = {key for _, keys in grouped for key in keys}
    rest = ("Other", tuple(key for key in known if key not in named))
    return [
        (
            title,
            [
                _shown(known[key].key, known[key].label, known[key].example, known[key].kind)
                for key in keys
                if key in known
            ],
        )
        for title, keys in [*grouped, rest]
        if any(key in known for key in keys)
    ] + [("The Chair of the Partnership, and the Protocol", list(_BESIDE)), ("Help", list(_HELP))]


def tidy(answers: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Tidy what was typed into the blanks.

    Returns: the words to keep (a date as '1 May 2026'; an empty one is left out), and the problems by key.
    """
    kept: dict[str, str] = {}
    problems: dict[str, str] = {}
    for blank in [b for _, group in blanks() for b in group]:
        words = one_line(answers.get(blank.key, ""))
        if not words:
            continue
        if len(words) > LONGEST:
            problems[blank.key] = f"{blank.label} must be {LONGEST} characters or fewer"
        elif blank.key == "chair_email" and not _ADDRESS.fullmatch(words):
            problems[blank.key] = "Enter one e-mail address, like chair@example.gov.uk"
        elif blank.is_date and day_in(words) is None:
            problems[blank.key] = f"{blank.label} must be a real date, like 1 October 2026"
        else:
            found = day_in(words) if blank.is_date else None
            kept[blank.key] = day(found) if found else words
    begins, review = (day_in(kept.get(key, "")) for key in ("in_force_date", "review_date"))
    if begins and review and review <= begins:
        problems["review_date"] = "The agreement is reviewed after the day it starts"
    return kept, problems


def open_blanks(values: Mapping[str, str]) -> list[Blank]:
    """List the blanks that have no words yet and must have some."""
    return [b for _, group in blanks() for b in group if b not in _HELP and not values.get(b.key, "").strip()]


def _shown(key: str, label: str, example: str, kind: str) -> Blank:
    if kind == "date":
        example = day(date.fromisoformat(example))
    return Blank(key=key, label=label, example=example, is_date=kind == "date")

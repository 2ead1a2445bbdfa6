"""An edition with other words: the rules of a released edition, and a text that a partnership worded itself."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from portal.rules.edition.contents import Version
from portal.rules.edition.edition_type import Edition


@dataclass(frozen=True, kw_only=True)
class OwnWords:
    """What a partnership words itself; the machine-checked rules stay those of the released edition."""

    id: str
    number: int
    based_on: str
    text: str
    change: str
    force_from: date | None
    authorised: str = ""


def worded(rules: Edition, own: OwnWords) -> Edition:
    """Give the edition that `own` words; its hash covers the rules, the text, what changed and the day it takes force.

    Who authorised it stands in the version record and not in the hash, since it is known only after the hash is fixed.
    """
    begins = own.force_from or rules.about.law_as_of
    short = f"{rules.about.short_title}, version {own.number}"
    fixed = [rules.hash, own.id, own.based_on, short, own.change, begins.isoformat(), own.text]
    about = dataclasses.replace(
        rules.about,
        id=own.id,
        title=rules.about.title.replace(rules.about.short_title, short),
        short_title=short,
        status="in force",
        note="",
        supersedes=own.based_on,
    )
    row = Version(
        date=begins, change=own.change, by="Information Manager", authorised=own.authorised, ref="Version record"
    )
    return dataclasses.replace(
        rules,
        hash=sha256(json.dumps(fixed, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest(),
        text=own.text,
        about=about,
        version_record=(*rules.version_record, row),
        rules_of=rules.id,
    )

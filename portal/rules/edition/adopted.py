"""A release's edition as a partnership brings it into force: a draft no more, and without what the partnership struck out."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection
from datetime import date

from portal.rules.edition.contents import Version
from portal.rules.edition.edition_type import Edition

# Facts that can be left out of an edition without a hole in it; every other fact is confirmed, or the edition waits.
STRIKABLE = ("gateways", "guidance", "gateway_changes")
_MARK = re.compile(r" ?\(not yet checked\)")
_DRAFT = re.compile(r"^This edition is a draft .*\n+", re.MULTILINE)
# Two blanks that no partnership fills once and for all: the logo stands at the head, and each meeting has its own day.
_LOGO, _MEETING = re.compile(r"^\{partnership_logo\}\n+", re.MULTILINE), "{meeting_date}"


def adopted(of: Edition, *, on: date, authorised: str, struck: Collection[str] = frozenset()) -> Edition:
    """Give the edition as it stands once it is in force; its hash stays that of the sealed text.

    Args:
        of: the release's edition.
        on: the day on which the second person authorised it.
        authorised: who authorised it, for the version record.
        struck: facts that the partnership struck out, as table/id.
    """
    row = Version(
        date=on, change="Brought into force", by="Information Manager", authorised=authorised, ref="Version record"
    )
    return dataclasses.replace(
        of,
        text=settled(of.text),
        about=dataclasses.replace(of.about, status="in force", note="", published=on.isoformat()),
        version_record=(*of.version_record, row),
        gateways=tuple(one for one in of.gateways if f"gateways/{one.id}" not in struck),
        guidance=tuple(one for one in of.guidance if f"guidance/{one.id}" not in struck),
        gateway_changes=tuple(one for one in of.gateway_changes if f"gateway_changes/{one.from_id}" not in struck),
    )


def settled(text: str) -> str:
    """Give the text of a draft as it stands once the edition is in force: without its marks, and without open blanks."""
    return _MARK.sub("", _LOGO.sub("", _DRAFT.sub("", text))).replace(_MEETING, "the day of the meeting")

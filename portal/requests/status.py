"""Whose turn it is, how old a request is and where the agreement says so, in words."""

import re
from datetime import date, datetime

from portal.ground.wording import counted, day, today
from portal.requests.entitlement import Side
from portal.requests.exchange.decisions import DECIDED
from portal.requests.lists import RequestLine

_NO_PLACE = "no 2009 text"  # what an edition says of a rule that has no place in the agreement
_REF = re.compile(r"^(s|App )(\d+)\s*(.*)$")


def age(since: datetime, now: datetime) -> str:
    """Say how long ago something was, in days of the calendar here."""
    days = (today(now) - today(since)).days
    if days < 1:
        return "today"
    return "yesterday" if days == 1 else f"{counted(days, 'day')} ago"


_ASKED_TO_DO = {
    "": "answer their question",
    "unconfirmed": "say whether you have the answer",
    "held": "say whether it is gone",
}
_HOLDER_TO_DO = {"": "answer the request", "wrong": "they say that something is wrong"}


def turn_words(line: RequestLine, now: datetime) -> str:
    """Say whose turn it is, by name where it is known, and since when (clause s6.earliest-opportunity)."""
    if line.status == "withdrawn":
        return f"Withdrawn {age(line.turn_since, now)}"
    if line.turn is None:
        return _closed(line, now)
    if line.other_closed and (line.is_stranded or line.turn is Side.HOLDING):
        end = "withdraw it" if line.side is Side.ASKING else "find out whether it is gone" if line.copy else "refuse it"
        return f"{_whose(line)} turn: they closed on {day(line.other_closed)}, so {end}"
    if line.turn is not line.side:
        since = age(line.turn_since, now)
        return f"Their turn, since {since}" if since in {"today", "yesterday"} else f"Their turn, for {since[:-4]}"
    if line.turn is Side.HOLDING:
        return f"{_whose(line)} turn: {_HOLDER_TO_DO[line.copy]}"
    return f"{_whose(line)} turn: {_ASKED_TO_DO['held' if line.is_over else line.copy]}"


def _whose(line: RequestLine) -> str:
    """Name the person of one's own side whose turn it is; 'Your' where that is the reader, or nobody in particular."""
    asker = "" if line.requester_left else line.requester
    name, me = (asker, line.mine) if line.turn is Side.ASKING else (line.seen_to_by, line.seen_to_by_me)
    return "Your" if me or not name else f"{name}'s"


def _closed(line: RequestLine, now: datetime) -> str:
    if line.copy == "gone":
        return f"Shared. Destroyed {age(line.turn_since, now)}"
    if line.keep_until is not None:
        return f"Shared. To be kept until {day(line.keep_until)} at most"
    return f"{DECIDED.get(line.decided, 'Closed')} {age(line.turn_since, now)}"


def standing(line: RequestLine) -> str:
    """Give the tint that goes with whose turn it is."""
    if line.turn is None:
        return {"refuse": "stopped"}.get(line.decided, "done" if line.decided else "ended")
    return "waiting" if line.turn is line.side else "ended"


def closed_words(line: RequestLine) -> str:
    """Say what it means that the other side is closed, and what one's own can do; '' where it is there or nothing is left to do."""
    if line.other_closed is None or line.copy == "gone" or not (line.copy or line.is_stranded):
        return ""
    asks = line.side is Side.ASKING
    other = line.holder if asks else line.asking
    does = {
        (
            True,
            False,
        ): "Nobody there can answer. Withdraw this request. The Information Manager can say whom to ask now.",
        (
            True,
            True,
        ): "Nobody there can put anything right. What you may do with its answer, and for how long, stays the same.",
        (False, False): "Nothing can be shared with it. Refuse this request, so that it does not stay open.",
        (
            False,
            True,
        ): "It did not say that your answer is gone. Ask the Information Manager who has its papers now. Then say here that it is gone.",
    }
    return f"{other} closed on {day(line.other_closed)}. {does[asks, bool(line.copy)]}"


def wanted_words(line: RequestLine, now: datetime) -> str:
    """Say by when an answer is wanted, and whether that day has passed."""
    if line.wanted_by is None:
        return ""
    return f"Answer wanted by {day(line.wanted_by)}{' (late)' if is_late(line, now) else ''}"


def is_late(line: RequestLine, now: datetime) -> bool:
    """Say whether the day has passed by which an answer was wanted, and it is still open."""
    return line.turn is not None and line.wanted_by is not None and today(now) > line.wanted_by


def record_words(due: date | None, now: datetime) -> str:
    """Say by when the full record of an urgent request is due, '' where none is."""
    if due is None:
        return ""
    return f"Full record due by {day(due)}{' (late)' if today(now) > due else ''}"


def paragraph_words(ref: str) -> str:
    """Write a place in the agreement as people read it: Section 4, Public Interest question 1."""
    if ref.endswith(_NO_PLACE):
        return "Today's law; the agreement has no such words"
    return "; ".join(_paragraph(part.strip()) for part in ref.split(";"))


def paragraph_address(ref: str, edition: str = "") -> str:
    """Give the address of the section or appendix that a reference names first, in an edition ('': the one in force)."""
    chosen = f"&edition={edition}" if edition else ""
    found = _REF.match(ref.split(";", maxsplit=1)[0].strip())
    if found is None:
        return f"/agreement?part=text{chosen}"
    if found[1] == "s":
        return f"/agreement?part=text{chosen}#part-{found[2]}"
    return f"/agreement?part=appendices{chosen}#part-appendix-{found[2]}"


def _paragraph(ref: str) -> str:
    found = _REF.match(ref)
    if found is None:
        return ref
    place = f"{'Section' if found[1] == 's' else 'Appendix'} {found[2]}"
    return f"{place}, {found[3]}" if found[3] else place

"""One thing that is asked of a person: a dated sentence, one button, and the day by which it is wanted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum, auto

from portal.ground.wording import counted
from portal.record.letters import thing_at


class DutyKind(StrEnum):
    """What sort of thing is asked; the word stands in no address and on no screen."""

    SIGN = auto()
    REQUEST = auto()
    ANSWER = auto()
    FIGURES = auto()
    PASSING_ON = auto()
    RETURN = auto()
    RETURN_QUESTION = auto()
    STORED_DATA = auto()
    STATEMENT = auto()
    ACCESS = auto()
    VIEW = auto()
    BREACH = auto()
    COMPLAINT = auto()
    ACCOUNTABILITY = auto()
    CONSENT = auto()
    MEETING = auto()
    MEETING_GAP = auto()
    GROUP_REVIEW = auto()
    ACTION = auto()
    WISH = auto()
    MINUTES = auto()
    SIGNATURE = auto()
    HAND_OVER = auto()
    EDITION = auto()
    REVIEW = auto()
    WITHHOLDING = auto()
    BEHIND = auto()
    FIRST_STEP = auto()
    PUBLICATION = auto()
    DRAFT = auto()
    COVER = auto()
    STAND_IN = auto()
    RECORD = auto()


@dataclass(frozen=True, kw_only=True)
class Duty:
    """One thing asked. `due` is the day by which; `since` the moment since when it waits; `things` how many it stands for.

    What is `urgent` is about somebody in danger: it stands before all else, and never folds. `about` is what letters about
    the same thing are about, where it is not the page of the duty.
    """

    kind: DutyKind
    sentence: str
    button: str
    href: str
    due: date | None = None
    since: datetime | None = None
    late: bool = False
    urgent: bool = False
    things: int = 1
    about: str = ""

    @property
    def thing(self) -> str:
        """Name what it is about, as letters do."""
        return self.about or thing_at(self.href)


# What is left of a kind when its first few stand there one by one: how many are called, and where all of them are.
_REST: dict[DutyKind, tuple[str, str, str]] = {
    DutyKind.REQUEST: ("more request to answer", "more requests to answer", "/request"),
    DutyKind.ANSWER: ("more answer or question to see to", "more answers and questions to see to", "/request"),
    DutyKind.FIGURES: ("more question for figures", "more questions for figures", "/request"),
    DutyKind.PASSING_ON: (
        "more fact that a partner asks to pass on",
        "more facts that partners ask to pass on",
        "/request",
    ),
    DutyKind.RETURN: ("more return to send", "more returns to send", "/return"),
    DutyKind.RETURN_QUESTION: ("more question about a return", "more questions about returns", "/return"),
    DutyKind.STORED_DATA: ("more stored return to review", "more stored returns to review", "/stored-data"),
    DutyKind.STATEMENT: ("more sharing statement to see to", "more sharing statements to see to", "/statements"),
    DutyKind.ACCESS: ("more access request to decide", "more access requests to decide", "/access-requests"),
    DutyKind.VIEW: ("more partner who wants your view", "more partners who want your view", "/access-requests"),
    DutyKind.BREACH: ("more loss that is not closed", "more losses that are not closed", "/breaches"),
    DutyKind.COMPLAINT: ("more complaint to answer", "more complaints to answer", "/complaints"),
    DutyKind.CONSENT: ("more consent that was taken back", "more consents that were taken back", "/request"),
    DutyKind.ACCOUNTABILITY: (
        "more paper on data protection",
        "more papers on data protection",
        "/accountability",
    ),
    DutyKind.MEETING: ("more meeting to see to", "more meetings to see to", "/meetings"),
    DutyKind.MEETING_GAP: ("more gap between meetings", "more gaps between meetings", "/meetings"),
    DutyKind.GROUP_REVIEW: ("more group to review", "more groups to review", "/meetings"),
    DutyKind.WISH: ("more meeting with a wish to decide", "more meetings with a wish to decide", "/meetings"),
    DutyKind.SIGNATURE: ("more signature to check", "more signatures to check", "/to-do"),
    DutyKind.EDITION: ("more edition to authorise", "more editions to authorise", "/editions"),
    DutyKind.PUBLICATION: (
        "more table of figures to decide",
        "more tables of figures to decide",
        "/figures-publish",
    ),
    DutyKind.DRAFT: ("more request that is not sent yet", "more requests that are not sent yet", "/request"),
    DutyKind.COVER: (
        "more body or post that somebody must take over",
        "more bodies or posts that somebody must take over",
        "/people",
    ),
    DutyKind.WITHHOLDING: ("more proposal to withhold", "more proposals to withhold", "/withholding"),
}
# The kinds of which there is never more than one sentence, so that nothing folds.
_CALLED: dict[DutyKind, tuple[str, str]] = {
    DutyKind.SIGN: ("agreement to sign", "agreements to sign"),
    DutyKind.ACTION: ("action past its day", "actions past their day"),
    DutyKind.MINUTES: ("set of minutes to write or read", "sets of minutes to write or read"),
    DutyKind.HAND_OVER: ("link or code to hand over", "links and codes to hand over"),
    DutyKind.REVIEW: ("review of the agreement", "reviews of the agreement"),
    DutyKind.BEHIND: ("organisation to sign again", "organisations to sign again"),
    DutyKind.FIRST_STEP: ("step to get started", "steps to get started"),
    DutyKind.STAND_IN: ("colleague to stand in for", "colleagues to stand in for"),
    DutyKind.RECORD: ("record to look into", "records to look into"),
}
MOST_OF_A_KIND = 3  # that stand one by one; the rest fold into one sentence, so that a page stays a page


def called(kind: DutyKind) -> tuple[str, str]:
    """Give what one and several things of a kind are called, without a name."""
    one, many = _CALLED.get(kind) or _REST[kind][:2]
    return one.removeprefix("more "), many.removeprefix("more ")


def in_order(duties: Iterable[Duty]) -> list[Duty]:
    """Put what is urgent first, then what is late, the longest late leading; then by the day it is wanted and how long it waits."""
    return sorted(duties, key=_urgency)


def folded(duties: Sequence[Duty], *, most: int = MOST_OF_A_KIND) -> list[Duty]:
    """Let a few of each kind stand, late and not late apart, and fold the rest of that kind into one sentence."""
    kept: list[Duty] = []
    for duty in duties:
        alike = [one for one in duties if (one.kind, one.late) == (duty.kind, duty.late) and not one.urgent]
        place = -1 if duty.urgent else alike.index(duty)
        if len(alike) <= most + 1 or duty.kind not in _REST or place < most:
            kept.append(duty)
        elif place == most:
            kept.append(_rest(alike[most:]))
    return kept


def things(duties: Iterable[Duty]) -> int:
    """Count what is asked."""
    return sum(one.things for one in duties)


def in_words(duties: Sequence[Duty]) -> str:
    """Say how much is asked, and how much of it is late, in one sentence; '' where nothing is."""
    many, late = things(duties), things(one for one in duties if one.late)
    if not many:
        return ""
    said = f"{counted(many, 'thing')} {'is' if many == 1 else 'are'} asked of you"
    return (
        f"{said}, {late:,} of them late." if late and many > 1 else f"{said}, and it is late." if late else f"{said}."
    )


def _rest(left: Sequence[Duty]) -> Duty:
    one, many, href = _REST[left[0].kind]
    number = things(left)
    said = counted(number, one, many)
    return Duty(
        kind=left[0].kind,
        sentence=f"{said}{', late' if left[0].late else ''}.",
        button="See all of them",
        href=href,
        due=min((each.due for each in left if each.due), default=None),
        since=min((each.since for each in left if each.since), default=None),
        late=left[0].late,
        things=number,
    )


def _urgency(duty: Duty) -> tuple[bool, bool, date, float]:
    waits = duty.since.timestamp() if duty.since else float("inf")
    return not duty.urgent, not duty.late, duty.due or date.max, waits

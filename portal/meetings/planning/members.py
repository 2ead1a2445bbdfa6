"""Members of a group: what each can decide, the limits of their agency's part, and who backs it (Appendix 6)."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from models.groups import GroupMember
from models.meetings import Meeting
from portal.accounts import addresses
from portal.agreement.register.organisations import organisation_named
from portal.ground.act import Act
from portal.ground.database import reading, transaction
from portal.ground.errors import AlreadyDoneError, AnswersNeededError, NotFoundError
from portal.ground.vault import token_hash
from portal.ground.wording import NAME_LENGTH, folded, new_id, one_line, paragraphs, today
from portal.meetings.check_in.attendees import standing_of
from portal.meetings.planning.group import kept_by, led_by
from portal.meetings.planning.membership import addresses_called
from portal.record.audit import record
from portal.record.events import Event
from portal.record.letters import notify
from portal.rules.edition.editions import edition_in_force

SAID_LENGTH = 1000
_MISSING = {
    "knows": "what they know",
    "decides": "what they can decide",
    "limits": "the limits",
    "backed_by": "the senior manager",
}


@dataclass(frozen=True, kw_only=True)
class MemberDetails:
    """What the list says of a member; only name, organisation and post must be there from the start."""

    name: str
    organisation: str
    post: str
    knows: str = ""
    decides: str = ""
    limits: str = ""
    backed_by: str = ""
    deputy: str = ""


@dataclass(frozen=True, kw_only=True)
class ListedMember:
    """An entry of the list. `why` is the reason for what Appendix 6 lets the member stay for."""

    id: str
    entry: MemberDetails
    kind: str
    may_stay: bool
    why: str
    since: datetime
    inducted_at: datetime | None
    inducted_by: str
    ended_at: datetime | None

    @property
    def missing(self) -> tuple[str, ...]:
        """Say what the entry still lacks of what Appendix 6 asks."""
        lacking = [words for field, words in _MISSING.items() if not getattr(self.entry, field)]
        return (*lacking, *(() if self.inducted_at else ("the induction",)))


def members(act: Act, meeting_id: str) -> list[ListedMember]:
    """List the members of a meeting's group, by organisation, those who left at the end (clause app6.members).

    For the group's Chair and the Information Manager. Raises NotAllowedError or NotFoundError.
    """
    with reading(act.store.engine) as session:
        rows = _rows(session, kept_by(session, act, meeting_id))
    shown = [_shown(act, row) for row in rows]
    return sorted(shown, key=lambda one: (one.ended_at is not None, *reversed(_who(one.entry))))


def member(act: Act, meeting_id: str, member_id: str) -> ListedMember:
    """Give one entry to those who keep the list. Raises NotAllowedError or NotFoundError."""
    with reading(act.store.engine) as session:
        return _shown(act, _found(session, kept_by(session, act, meeting_id), member_id, lock=False))


def not_represented(act: Act, listed: Sequence[ListedMember]) -> list[str]:
    """List whom Appendix 6 names for the closed session and no member acts for: their posts, as the edition has them."""
    kinds = {one.kind for one in listed if one.ended_at is None}
    return [
        place.role
        for place in edition_in_force(today(act.at)).jag.attendance
        if place.session == "open_closed" and not kinds & {place.organisation_type, *place.other_organisation_types}
    ]


def add_member(
    act: Act, meeting_id: str, key: str, entry: MemberDetails, *, email: str = "", base_url: str = ""
) -> None:
    """Put somebody on the list of a meeting's group (clauses app6.members, app6.induction-and-support).

    Args:
        act: by the group's Chair or the Information Manager.
        meeting_id: a meeting of the group.
        key: made when the form is first shown; the same one adds once.
        entry: who they are and what they can decide.
        email: where the induction page goes; it is not kept. '' sends none.
        base_url: the portal's own address for that message.

    Raises NotAllowedError, NotFoundError or AnswersNeededError (the fields of Entry, email).
    """
    tidy, to = _checked(entry, email), addresses.tidy(email)
    try:
        with transaction(act.store.engine) as session:
            meeting = kept_by(session, act, meeting_id)
            hashed = token_hash(key)
            rows = _rows(session, meeting)
            if any(row.form_key == hashed for row in rows):
                return
            _check_once(act, rows, tidy)
            row = GroupMember(
                id=new_id(),
                group_name=meeting.name,
                form_key=hashed,
                entry=b"",
                added_at=act.at,
                added_by=act.person.name,
            )
            _fill(session, act, row, tidy)
            session.add(row)
            session.flush()
            if to and base_url:
                notify(session, act, "meeting-induction", to, link=f"{base_url}/meeting-induction")
            record(session, act, Event.MEMBER_ADDED, f"meeting:{meeting_id}", member=row.id, told=bool(to))
    except IntegrityError:
        return  # the same form again


def change_member(act: Act, meeting_id: str, member_id: str, entry: MemberDetails) -> None:
    """Change an entry of the list (clause app6.members). Another name is another person, whom the Chair has yet to induct.

    Raises NotAllowedError, NotFoundError, AlreadyDoneError (they left) or AnswersNeededError (the fields of Entry).
    """
    tidy = _checked(entry)
    with transaction(act.store.engine) as session:
        meeting = kept_by(session, act, meeting_id)
        row = _current(session, meeting, member_id)
        before = asdict(_opened(act, row))
        _check_once(act, [one for one in _rows(session, meeting) if one.id != row.id], tidy)
        _fill(session, act, row, tidy)
        if folded(before["name"]) != folded(tidy.name):
            row.inducted_at, row.inducted_by = None, None
        session.add(row)
        changed = sorted(name for name, said in asdict(tidy).items() if before[name] != said)
        record(session, act, Event.MEMBER_CHANGED, f"meeting:{meeting_id}", member=row.id, fields=changed)


def tick_induction(act: Act, meeting_id: str, member_id: str) -> None:
    """Note that the Chair showed a member how the group works (clause app6.induction-and-support). Twice is once.

    Raises NotAllowedError, NotFoundError, NotYourMeetingError (it is the Chair who inducts) or AlreadyDoneError.
    """
    with transaction(act.store.engine) as session:
        row = _current(session, led_by(session, act, meeting_id), member_id)
        if row.inducted_at is None:
            row.inducted_at, row.inducted_by = act.at, act.person.name
            session.add(row)
            record(session, act, Event.MEMBER_INDUCTED, f"meeting:{meeting_id}", member=row.id)


def end_member(act: Act, meeting_id: str, member_id: str) -> None:
    """Note that somebody left the group today, and tell their account. Ending twice is once. Raises NotAllowedError or NotFoundError."""
    with transaction(act.store.engine) as session:
        row = _found(session, kept_by(session, act, meeting_id), member_id)
        if row.ended_at is None:
            row.ended_at, row.ended_by = act.at, act.person.name
            session.add(row)
            record(session, act, Event.MEMBER_ENDED, f"meeting:{meeting_id}", member=row.id)
            entry = _opened(act, row)
            notify(session, act, "group-left", addresses_called(session, act, entry.organisation, entry.name))


def _checked(entry: MemberDetails, email: str = "") -> MemberDetails:
    short = {name: one_line(getattr(entry, name)) for name in ("name", "organisation", "post", "backed_by", "deputy")}
    long = {name: paragraphs(getattr(entry, name)) for name in ("knows", "decides", "limits")}
    problems = {
        name: f"Use {NAME_LENGTH} characters or fewer." for name, said in short.items() if len(said) > NAME_LENGTH
    }
    problems |= {
        name: f"Use {SAID_LENGTH:,} characters or fewer." for name, said in long.items() if len(said) > SAID_LENGTH
    }
    asked = {"name": "their full name", "organisation": "their organisation", "post": "their post"}
    problems |= {name: f"Enter {words}." for name, words in asked.items() if not short[name]}
    if email.strip() and (problem := addresses.problem_with(email)):
        problems["email"] = f"{problem}, or leave it empty."
    if problems:
        raise AnswersNeededError(problems)
    return replace(entry, **short, **long)


def _check_once(act: Act, rows: Sequence[GroupMember], entry: MemberDetails) -> None:
    others = [_opened(act, row) for row in rows if row.ended_at is None]
    if any(_who(one) == _who(entry) for one in others):
        raise AnswersNeededError({"name": "This person is on the list for this organisation. Change that entry."})


def _who(entry: MemberDetails) -> tuple[str, str]:
    return folded(entry.name), folded(entry.organisation)


def _fill(session: Session, act: Act, row: GroupMember, entry: MemberDetails) -> None:
    known = organisation_named(session, entry.organisation)
    row.kind = known.kind if known else ""
    said = json.dumps(asdict(entry), ensure_ascii=False)
    row.entry = act.store.vault.seal_text(said, f"group_member.entry:{row.id}")


def _rows(session: Session, meeting: Meeting) -> list[GroupMember]:
    return list(session.exec(select(GroupMember).where(GroupMember.group_name == meeting.name)).all())


def _found(session: Session, meeting: Meeting, member_id: str, *, lock: bool = True) -> GroupMember:
    wanted = select(GroupMember).where(GroupMember.id == member_id, GroupMember.group_name == meeting.name)
    row = session.exec(wanted.with_for_update() if lock else wanted).first()
    if row is None:
        raise NotFoundError
    return row


def _current(session: Session, meeting: Meeting, member_id: str) -> GroupMember:
    row = _found(session, meeting, member_id)
    if row.ended_at is not None:
        raise AlreadyDoneError("This person left the group. Add them again instead.")
    return row


def _opened(act: Act, row: GroupMember) -> MemberDetails:
    return MemberDetails(**json.loads(act.store.vault.open_text(row.entry, f"group_member.entry:{row.id}")))


def _shown(act: Act, row: GroupMember) -> ListedMember:
    standing = standing_of(edition_in_force(today(act.at)), row.kind)
    return ListedMember(
        id=row.id,
        entry=_opened(act, row),
        kind=row.kind,
        may_stay=standing.entitlement == "open_closed",
        why=standing.why,
        since=row.added_at,
        inducted_at=row.inducted_at,
        inducted_by=row.inducted_by or "",
        ended_at=row.ended_at,
    )

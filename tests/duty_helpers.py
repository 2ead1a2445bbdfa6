"""What is asked of somebody, counted by kind; and whether it agrees with the register, the lists and the papers."""

from collections import Counter
from datetime import timedelta

from sqlmodel import col, select

from models.accounts import Account, Post
from portal.access_requests.views import access_requests
from portal.agreement.editions.current import in_force
from portal.agreement.notices.standing import SignatoryStatus
from portal.agreement.register.public_register import everybody
from portal.duties.asked import duties_of
from portal.duties.calendar import coming
from portal.duties.duty import DutyKind
from portal.duties.sources.standing import own_standing
from portal.ground.access import Permission, may
from portal.ground.act import Person, Role
from portal.ground.act import RolePost as Held
from portal.ground.database import reading
from portal.ground.wording import today
from portal.meetings.meeting import meetings
from portal.requests.entitlement import Side
from portal.requests.lists import requests_received, requests_sent
from portal.returns.service.calendar import due, quarters_shown, received


def asked(act, person=None):
    """How many things of each kind are asked of a person: {"request": 2}."""
    found = Counter()
    for duty in duties_of(act.as_(person) if person else act):
        found[duty.kind.value] += duty.things
    return dict(found)


def everyone(store):
    """One person for each set of roles at each organisation, as they sign in."""
    with reading(store.engine) as session:
        accounts = session.exec(select(Account).where(col(Account.closed_at).is_(None))).all()
        posts = session.exec(select(Post).where(col(Post.ended_at).is_(None))).all()
    seen = set()
    for account in accounts:
        held = frozenset(
            Held(role=Role(post.role), organisation_id=post.organisation_id)
            for post in posts
            if post.account_id == account.id
        )
        if not held or held in seen:
            continue
        seen.add(held)
        yield Person(id=account.id, name=account.name, email=account.email, posts=held)


def things(duties, kind, *, late=None):
    return sum(one.things for one in duties if one.kind is kind and late in {None, one.late})


def agrees(act):
    """Fail where home, To do or the calendar says otherwise than the register and the lists, for anybody at that moment."""
    on = today(act.at)
    newest = in_force(act.store, on).id
    register = {one.id: one for one in everybody(act.store, on)}
    for person in everyone(act.store):
        mine = act.as_(person)
        duties = duties_of(mine)
        assert duties == sorted(duties, key=lambda one: (not one.urgent, not one.late)), "the late stand first"
        if stands := own_standing(mine):
            entry = register.get(stands.slug)
            asked = things(duties, DutyKind.SIGN) > 0
            if entry is None:
                assert stands.status is None
                assert asked or stands.waits
            else:
                assert entry.status is stands.status
                assert stands.behind == entry.is_behind(newest)
                assert asked or stands.waits or stands.status is SignatoryStatus.LEFT or not entry.is_behind(newest)
            _agrees_with_lists(mine, duties)
        if may(person, Permission.OPEN_ANY_RETURN):
            late = [
                item
                for quarter in quarters_shown(on)
                for _, items in received(mine, quarter)
                for item in items
                if item.standing == "stopped"
            ]
            assert things(duties, DutyKind.RETURN) == len(late)
        if may(person, Permission.PLAN_MEETINGS):
            stood = {one.at for one in coming(mine) if one.at}
            assert stood >= {
                one.starts_at for one in meetings(mine) if on <= today(one.starts_at) <= on + timedelta(365)
            }
        ahead = coming(mine)
        assert {
            (one.due, one.sentence) for one in duties if one.due and one.due >= on and one.kind is not DutyKind.MEETING
        } <= {(one.on, one.what) for one in ahead}
        days = [(one.on, one.at is not None) for one in ahead]
        assert days == sorted(days), "what is of the whole day stands before its hours"


def _agrees_with_lists(mine, duties):
    rows = due(mine, mine.person.organisation_id)
    assert things(duties, DutyKind.RETURN, late=True) == sum(row.standing == "stopped" for row in rows)
    assert things(duties, DutyKind.RETURN, late=False) == sum(row.standing == "waiting" for row in rows)
    turn = [line for line in requests_received(mine) if line.turn is Side.HOLDING]
    assert things(duties, DutyKind.REQUEST) == sum(not line.copy for line in turn)
    sent = requests_sent(mine)
    ours = sum(line.turn is Side.ASKING for line in sent) + sum(line.record_due is not None for line in sent)
    theirs = sum(line.turn is Side.HOLDING and bool(line.copy) for line in turn)
    over = sum(line.is_over and line.turn is not Side.HOLDING for line in requests_received(mine))
    assert things(duties, DutyKind.ANSWER) == ours + theirs + over
    running = [one for one in access_requests(mine) if one.decided_at is None and one.stopped_on is None]
    assert things(duties, DutyKind.ACCESS) == len(running)

"""What quarterly returns ask: of the organisation that sends them, and of the officer who waits for them (s11)."""

from collections.abc import Iterator
from datetime import datetime

from portal.duties.duty import Duty, DutyKind
from portal.ground.act import Act
from portal.ground.wording import counted, day, today
from portal.publication.views import waiting
from portal.returns.review.query_views import to_answer, to_close
from portal.returns.service.calendar import Due, due, quarters_shown, received
from portal.returns.service.stored_data_review import to_review


def of_returns(act: Act) -> Iterator[Duty]:
    """Give the returns that an organisation has yet to send, and the questions about those it sent."""
    ours = act.person.organisation_id
    if ours is None:
        return
    for item in due(act, ours):
        if item.is_wanted:
            yield _to_send(item)
    for one in to_answer(act, ours):
        asked = one.said[-1].at
        yield Duty(
            kind=DutyKind.RETURN_QUESTION,
            sentence=f"On {day(asked)} you were asked about your return {one.data_set.title}, {one.quarter.months}.",
            button="Answer the question",
            href=f"/return-view?return={one.return_id}",
            since=asked,
            about=f"return:{one.return_id}",
        )


def of_returns_received(act: Act) -> Iterator[Duty]:
    """Give the officer what is late, a sentence a quarter, and the answers to questions."""
    for quarter in quarters_shown(today(act.at)):
        late = [(name, item) for name, items in received(act, quarter) for item in items if item.standing == "stopped"]
        if late:
            bodies = counted(len({name for name, _ in late}), "organisation")
            yield Duty(
                kind=DutyKind.RETURN,
                sentence=f"{counted(len(late), 'return')} of {bodies} for {quarter.months} {'is' if len(late) == 1 else 'are'} late. They were due on {day(quarter.due)}.",
                button="See what is late",
                href=f"/returns-received?quarter={quarter.label}",
                due=quarter.due,
                late=True,
                things=len(late),
            )
    for one in to_close(act):
        answered: datetime = one.said[-1].at
        yield Duty(
            kind=DutyKind.RETURN_QUESTION,
            sentence=f"On {day(answered)} your question about {one.data_set.title}, {one.quarter.months}, was answered.",
            button="Read the answer",
            href=f"/return-view?return={one.return_id}",
            since=answered,
            about=f"return:{one.return_id}",
        )


def of_stored_returns(act: Act) -> Iterator[Duty]:
    """Give the officer the yearly review of what is stored, a sentence a quarter (clause s12.annual-review)."""
    on = today(act.at)
    found = to_review(act)
    for quarter in sorted({one.quarter for one in found}):
        due_now = [one for one in found if one.quarter == quarter]
        first = min(one.review_on for one in due_now)
        yield Duty(
            kind=DutyKind.STORED_DATA,
            sentence=f"Review {counted(len(due_now), 'stored return')} for {quarter.months}: keep with a reason, or delete. It was due on {day(first)}.",
            button="Review what is stored",
            href=f"/stored-data?quarter={quarter.label}",
            due=first,
            late=first < on,
            things=len(due_now),
        )


def of_tables(act: Act) -> Iterator[Duty]:
    """Give the tables of figures that somebody else proposed and that wait for a second person (clause s6.fewer-than-five)."""
    for one in waiting(act):
        if one.proposed_by != act.person.id:
            yield Duty(
                kind=DutyKind.PUBLICATION,
                sentence=f"{one.proposed_by_name} proposed on {day(one.proposed_at)} to publish {one.title}.",
                button="Look and decide",
                href="/figures-publish",
                since=one.proposed_at,
            )


def _to_send(item: Due) -> Duty:
    late = item.standing == "stopped"
    said = (
        f"{item.data_set.title}, {item.quarter.months}, was due on {day(item.quarter.due)}: {item.status}."
        if late
        else f"Send {item.data_set.title}, {item.quarter.months}, by {day(item.quarter.due)}."
    )
    return Duty(
        kind=DutyKind.RETURN,
        sentence=said,
        button="Send this return",
        href=f"/return-upload?dataset={item.data_set.id}&quarter={item.quarter.label}",
        due=item.quarter.due,
        late=late,
    )

"""What requests ask of somebody who acts for an organisation: to answer, to complete, to confirm, to destroy."""

from collections.abc import Iterator
from datetime import date, datetime

from portal.duties.duty import Duty, DutyKind
from portal.ground import drafts
from portal.ground.act import Act
from portal.ground.wording import day, today
from portal.requests.after_disclosure.onward_sharing_answers import wishes_to_us
from portal.requests.consents.views import taken_back
from portal.requests.depersonalised.views import data_requests
from portal.requests.entitlement import Side
from portal.requests.forms.drafting import JOURNEY
from portal.requests.lists import RequestLine, requests_received, requests_sent


def of_requests(act: Act) -> Iterator[Duty]:
    """Give what the requests of this person's organisation ask, by their references alone: no word about a person."""
    on = today(act.at)
    for line in requests_received(act):
        yield from _as_holder(line, on)
    for line in requests_sent(act):
        yield from _as_asker(line, on)
    for one in data_requests(act):
        if one.waits and one.other_closed:
            other, end = (one.asking, "Decline it") if one.side is Side.HOLDING else (one.holder, "Withdraw it")
            then = f"So request {one.reference} for figures leads nowhere."
            href = f"/data-request?id={one.id}"
            yield _of_closed(DutyKind.FIGURES, (other, one.other_closed), then, end, href, one.turn_since)
        elif one.waits and one.side is Side.HOLDING:
            yield Duty(
                kind=DutyKind.FIGURES,
                sentence=f"{one.asking} asks you for figures without names, by {day(one.wanted_by)}.",
                button="Answer it",
                href=f"/data-request?id={one.id}",
                due=one.wanted_by,
                since=one.turn_since,
                late=one.wanted_by < on,
            )
    for gone in taken_back(act):
        yield Duty(
            kind=DutyKind.CONSENT,
            sentence=f"Somebody took back the consent that request {gone.reference} rests on, on {day(gone.withdrawn_on)}.",
            button="Say what you did",
            href=f"/request-consent?id={gone.request_id}",
            due=gone.withdrawn_on,
            late=gone.withdrawn_on < on,
            about=f"request:{gone.request_id}",
        )
    for wish in wishes_to_us(act):
        yield Duty(
            kind=DutyKind.PASSING_ON,
            sentence=f"A partner asked on {day(wish.asked_at)} whether it may pass on a fact that came from you.",
            button="Say yes or no",
            href=f"/passing-on?id={wish.id}",
            since=wish.asked_at,
        )


def of_drafts(act: Act) -> Iterator[Duty]:
    """Give the requests that this person began and has not sent, and until when they are kept."""
    for one in drafts.held(act, JOURNEY):
        yield Duty(
            kind=DutyKind.DRAFT,
            sentence=f"You have not sent the request that you saved on {day(one.saved_at)}. It is kept until {day(one.expires_at)}.",
            button="Go on with it",
            href=f"/request-tasks?draft={one.id}",
            due=today(one.expires_at),
            since=one.saved_at,
            about=f"draft:{one.id}",
        )


def _as_holder(line: RequestLine, on: date) -> Iterator[Duty]:
    href, since, about = f"/request-view?id={line.id}", line.turn_since, f"request:{line.id}"
    if line.other_closed:
        if line.turn is Side.HOLDING:
            kind, then = (
                (DutyKind.ANSWER, f"Find out whether your answer {line.reference} is gone there, and say so.")
                if line.copy
                else (DutyKind.REQUEST, f"Refuse its request {line.reference}, so that it does not stay open.")
            )
            yield _of_closed(kind, (line.asking, line.other_closed), then, "See the request", href, since, about)
    elif line.turn is Side.HOLDING and line.copy:
        yield Duty(
            kind=DutyKind.ANSWER,
            sentence=f"{line.asking} said on {day(since)} that something is wrong with your answer {line.reference}.",
            button="See what is wrong",
            href=href,
            since=since,
            about=about,
        )
    elif line.turn is Side.HOLDING:
        urgent = "urgently " if line.urgent else ""
        by = f" It wants an answer by {day(line.wanted_by)}." if line.wanted_by else ""
        whose = f" {line.seen_to_by} sees to it." if line.seen_to_by and not line.seen_to_by_me else ""
        yield Duty(
            kind=DutyKind.REQUEST,
            sentence=f"{line.asking} {urgent}asks you for information, since {day(since)}.{by}{whose}",
            button=f"Answer {line.reference}",
            href=href,
            due=line.wanted_by,
            since=since,
            late=line.wanted_by is not None and line.wanted_by < on,
            urgent=line.urgent,
            about=about,
        )
    elif line.is_over:
        yield Duty(
            kind=DutyKind.ANSWER,
            sentence=f"{line.asking} was to destroy your answer {line.reference}{_until(line)}, and has not said that it did.",
            button="See where it stands",
            href=href,
            due=line.keep_until,
            since=since,
            late=True,
            about=about,
        )


def _as_asker(line: RequestLine, on: date) -> Iterator[Duty]:
    if line.is_stranded and line.other_closed:
        then, href, about = (
            f"Nobody there answers your request {line.reference}.",
            f"/request-view?id={line.id}",
            f"request:{line.id}",
        )
        closed = (line.holder, line.other_closed)
        yield _of_closed(DutyKind.ANSWER, closed, then, "Withdraw it", href, line.turn_since, about)
        return
    if line.record_due is not None:
        yield Duty(
            kind=DutyKind.ANSWER,
            sentence=f"Complete the full record of your urgent request {line.reference} by {day(line.record_due)}.",
            button="Complete the record",
            href=f"/request-view?id={line.id}",
            due=line.record_due,
            since=line.sent_at,
            late=line.record_due < on,
            about=f"request:{line.id}",
        )
    if line.turn is not Side.ASKING:
        return
    said, button, page = {
        "": (f"{line.holder} asked a question about your request {line.reference}", "Answer the question", "view"),
        "unconfirmed": (f"{line.holder} answered your request {line.reference}", "Say that you have it", "received"),
    }.get(line.copy, ("", "", ""))
    if line.is_over:
        said, button, page = (
            f"The time to keep {line.holder}'s answer {line.reference} ended{f' on {day(line.keep_until)}' if line.keep_until else ''}",
            "Destroy it, or say why not",
            "gone",
        )
    dated = "" if line.is_over else f", on {day(line.turn_since)}"
    yield Duty(
        kind=DutyKind.ANSWER,
        sentence=f"{said}{dated}.",
        button=button,
        href=f"/request-{page}?id={line.id}",
        due=line.keep_until if line.is_over else None,
        since=line.turn_since,
        late=line.is_over,
        about=f"request:{line.id}",
    )


def _of_closed(
    kind: DutyKind, closed: tuple[str, date], then: str, button: str, href: str, since: datetime, about: str = ""
) -> Duty:
    """Say which body closed, when, and what is left to do."""
    sentence = f"{closed[0]} closed on {day(closed[1])}. {then}"
    return Duty(kind=kind, sentence=sentence, button=button, href=href, since=since, about=about)


def _until(line: RequestLine) -> str:
    return f" by {day(line.keep_until)}" if line.keep_until else ""

"""What showing that the law is kept asks: complaints to acknowledge and to answer."""

from collections.abc import Iterator

from portal.accountability.complaints.views import complaints
from portal.accountability.papers.entitlement import may_sign
from portal.accountability.papers.views import SOON, paper_lines
from portal.duties.duty import Duty, DutyKind
from portal.ground.act import Act
from portal.ground.wording import day, today


def of_complaints(act: Act) -> Iterator[Duty]:
    """Give the complaints to acknowledge within their 30 days, and those to answer without delay (DPA 2018 s164A)."""
    on = today(act.at)
    for one in complaints(act):
        if one.told_at is not None:
            continue
        waits = one.acknowledged_on is None
        asked = f"Tell them by {day(one.acknowledge_by)} that you have it." if waits else "Tell them what you found."
        yield Duty(
            kind=DutyKind.COMPLAINT,
            sentence=f"Complaint {one.reference} came on {day(one.received_on)}. "
            + (
                asked
                if one.reachable
                else "They left no way to be reached. Look into it, and write down what you found."
            ),
            button="Open it",
            href=f"/complaint?id={one.id}",
            due=one.acknowledge_by if waits else None,
            late=waits and one.acknowledge_by < on,
        )


def of_papers(act: Act) -> Iterator[Duty]:
    """Give the papers on data protection to review, and those that wait for this very person to sign."""
    on = today(act.at)
    for one in paper_lines(act, compared=False):
        href = f"/accountability-paper?subject={one.subject.code}"
        if one.review_on is not None and one.review_on - on <= SOON:
            late = one.review_on < on
            yield Duty(
                kind=DutyKind.ACCOUNTABILITY,
                sentence=f"Review the paper “{one.title}”. It {'was' if late else 'is'} due on {day(one.review_on)}.",
                button="Review it",
                href=href,
                due=one.review_on,
                late=late,
            )
        elif one.made_at and one.wanted and not one.signed_by_me and may_sign(act, one.subject):
            yield Duty(
                kind=DutyKind.ACCOUNTABILITY,
                sentence=f"The paper “{one.title}” of {day(one.made_at)} waits to be signed.",
                button="Read and sign it",
                href=href,
                since=one.made_at,
            )

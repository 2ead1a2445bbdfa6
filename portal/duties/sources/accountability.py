"""What showing that the law is kept asks: complaints to acknowledge and to answer."""

from collections.abc import Iterator

from portal.accountability.complaints.views import complaints
from portal.duties.duty import Duty, Kind
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
            kind=Kind.COMPLAINT,
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

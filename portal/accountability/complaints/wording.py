"""The words of a complaint, and the days that the law gives for it; pure."""

from datetime import date, timedelta

ACKNOWLEDGE_DAYS = 30  # Data Protection Act 2018 section 164A(3)
LONGEST = 4000

CAME = {
    "web": "Written in the portal",
    "post": "By letter",
    "email": "By e-mail",
    "phone": "By telephone",
    "person": "In person",
}
HOW = {
    "email": "By e-mail",
    "post": "By letter",
    "phone": "By telephone",
    "person": "In person",
}
ON_SCREEN = "screen"  # they left no way to be reached, and saw that it came
ACKNOWLEDGED = {**HOW, ON_SCREEN: "On the screen: they left no way to be reached"}
NOBODY = "nobody"
TOLD = {**HOW, NOBODY: "They left no way to be reached"}
RESULTS = {
    "upheld": "We did something wrong",
    "partly": "We did part of it wrong",
    "not_upheld": "We did nothing wrong",
}


def acknowledge_by(received: date) -> date:
    """Give the last day on which to say that a complaint came.

    The Commissioner counts from the day after it came, and lets a weekend pass: so two reports of its guidance of February
    2026 say, which itself was not read. The safer day is kept: no grace for a weekend.
    """
    return received + timedelta(days=ACKNOWLEDGE_DAYS)

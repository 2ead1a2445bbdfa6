"""What a person at a meeting may need on paper: the confidentiality agreement, and a wish to pass something on (App 2)."""

from portal.meetings.everyday import QUESTIONS
from portal.meetings.promises import opening, rest
from portal.papers.blank_form import Blank, Part
from portal.partnership import Facts
from portal.rules.edition_type import Edition
from portal.twins.sheets import SIGNED


def undertaking(edition: Edition, known: Facts) -> tuple[Part, ...]:
    """Give the confidentiality agreement of Appendix 2, with the three everyday questions (clause app2.undertakings)."""
    council = known.placeholders.get("council") or known.owner
    promises = "\n\n".join(opening(edition)) + "\n\n" + "\n".join(f"- {text}" for text in rest(edition))
    return (
        Part(
            title="The meeting",
            blanks=(
                Blank(label=f"Meeting of the partnership of {council}", kind="line"),
                Blank(label="Date of the meeting", kind="date"),
            ),
        ),
        Part(title="What you promise", text=promises, blanks=()),
        Part(
            title="Three everyday questions",
            blanks=tuple(
                Blank(label=one.ask, kind="pick", options=tuple((choice.text, "") for choice in one.choices))
                for one in QUESTIONS
            ),
        ),
        Part(
            title="Who signs",
            blanks=(
                Blank(label="Full name", kind="line"),
                Blank(label="Organisation, or 'for myself'", kind="line"),
                Blank(label="E-mail (optional) to get a copy", kind="line"),
                *SIGNED,
            ),
        ),
    )


def wish(_edition: Edition, _known: Facts) -> tuple[Part, ...]:
    """Give an attendee's urgent wish to pass something on, and the Chair's decision (clause app2.urgent-permission)."""
    return (
        Part(
            title="Your wish",
            text="Is someone in danger now? Phone 999. Do not wait for an answer on paper.",
            blanks=(
                Blank(label="At which meeting did you hear it?", kind="line"),
                Blank(label="What do you want to pass on?", kind="long"),
                Blank(label="Whom do you want to tell?", kind="line"),
                Blank(label="Why can it not wait?", kind="long"),
                Blank(label="Your full name", kind="line"),
                *SIGNED,
            ),
        ),
        Part(
            title="What the Chair decides",
            blanks=(
                Blank(label="May they?", kind="pick", options=(("Yes, they may pass it on", ""), ("No", ""))),
                Blank(label="Reason: which law allows it, or why it does not", kind="long"),
                *SIGNED,
            ),
        ),
    )

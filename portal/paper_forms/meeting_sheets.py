"""What a person at a meeting may need on paper: the confidentiality agreement, and a wish to pass something on (App 2)."""

from portal.documents.blank_form import BlankPart, BlankQuestion
from portal.ground.partnership import Facts
from portal.meetings.check_in.understanding_check import QUESTIONS
from portal.meetings.undertakings.undertaking_words import opening, rest
from portal.paper_forms.sheets import SIGNED
from portal.rules.edition.edition_type import Edition


def undertaking(edition: Edition, known: Facts) -> tuple[BlankPart, ...]:
    """Give the confidentiality agreement of Appendix 2, with the three everyday questions (clause app2.undertakings)."""
    council = known.placeholders.get("council") or known.owner
    promises = "\n\n".join(opening(edition)) + "\n\n" + "\n".join(f"- {text}" for text in rest(edition))
    return (
        BlankPart(
            title="The meeting",
            blanks=(
                BlankQuestion(label=f"Meeting of the partnership of {council}", kind="line"),
                BlankQuestion(label="Date of the meeting", kind="date"),
            ),
        ),
        BlankPart(title="What you promise", text=promises, blanks=()),
        BlankPart(
            title="Three everyday questions",
            blanks=tuple(
                BlankQuestion(label=one.ask, kind="pick", options=tuple((choice.text, "") for choice in one.choices))
                for one in QUESTIONS
            ),
        ),
        BlankPart(
            title="Who signs",
            blanks=(
                BlankQuestion(label="Full name", kind="line"),
                BlankQuestion(label="Organisation, or 'for myself'", kind="line"),
                BlankQuestion(label="E-mail (optional) to get a copy", kind="line"),
                *SIGNED,
            ),
        ),
    )


def wish(_edition: Edition, _known: Facts) -> tuple[BlankPart, ...]:
    """Give an attendee's urgent wish to pass something on, and the Chair's decision (clause app2.urgent-permission)."""
    return (
        BlankPart(
            title="Your wish",
            text="Is someone in danger now? Phone 999. Do not wait for an answer on paper.",
            blanks=(
                BlankQuestion(label="At which meeting did you hear it?", kind="line"),
                BlankQuestion(label="What do you want to pass on?", kind="long"),
                BlankQuestion(label="Whom do you want to tell?", kind="line"),
                BlankQuestion(label="Why can it not wait?", kind="long"),
                BlankQuestion(label="Your full name", kind="line"),
                *SIGNED,
            ),
        ),
        BlankPart(
            title="What the Chair decides",
            blanks=(
                BlankQuestion(label="May they?", kind="pick", options=(("Yes, they may pass it on", ""), ("No", ""))),
                BlankQuestion(label="Reason: which law allows it, or why it does not", kind="long"),
                *SIGNED,
            ),
        ),
    )

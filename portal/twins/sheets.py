"""What stands on each form on paper: taken from the edition, and from the fields that the pages themselves check."""

from portal.agreement.notices import Kind as NoticeKind
from portal.breaches.words import KINDS
from portal.papers.blank_form import Blank, Part
from portal.partnership import Facts
from portal.rules.datasets import DataSet
from portal.rules.edition_type import Edition
from portal.statements.clocks import KIND_CLOCKS, KIND_TITLES
from portal.statements.clocks import Kind as AccessKind

_NOTICES = {
    NoticeKind.SUSPENSION: "Stop sharing for now",
    NoticeKind.LIFTING: "Start sharing again",
    NoticeKind.WITHDRAWAL: "Leave the agreement",
}
SIGNED = (Blank(label="Signature", kind="signature"), Blank(label="Date", kind="date"))


def signing(edition: Edition, _known: Facts) -> tuple[Part, ...]:
    """Give what a signatory fills in, under the declaration of the edition (clause s16.declaration)."""
    fields = sorted(edition.signatory_fields, key=lambda one: one.order)
    return (
        Part(
            title="Your organisation",
            blanks=(
                Blank(label="Kind of organisation", kind="line", hint="Such as parish council, police, charity"),
                Blank(label="Address, and its number if it has one", kind="long"),
                Blank(
                    label=edition.signing.question,
                    kind="pick",
                    hint=edition.signing.why,
                    options=(("Yes", ""), ("No: sign the confidentiality agreement instead", "")),
                ),
                Blank(label="Work e-mail address of whoever signs", kind="line"),
            ),
        ),
        Part(
            title="Declaration",
            text=edition.signatory_declaration.text,
            blanks=tuple(
                Blank(
                    label=one.label,
                    kind="signature" if one.kind == "signature" else "date" if one.kind == "date" else "line",
                )
                for one in fields
            ),
        ),
    )


def urgent_request(_edition: Edition, _known: Facts) -> tuple[Part, ...]:
    """Give the short form of an urgent request."""
    return (
        Part(
            title="Is someone in danger now? Phone 999",
            blanks=(
                Blank(label="Organisation that you ask", kind="line"),
                Blank(label="The person's name, or what they are known by", kind="line"),
                Blank(label="What helps to find the right person, such as an address", kind="long"),
                Blank(label="What you need to know", kind="long"),
                Blank(label="What could happen if you wait", kind="long"),
                Blank(label="Who you telephoned, with their post", kind="line"),
                Blank(label="Day and time of the call", kind="line"),
                Blank(label="Your name and post", kind="line"),
            ),
        ),
    )


def without_names(edition: Edition, _known: Facts) -> tuple[Part, ...]:
    """Give a request that names nobody: what, for what, from whom, in what form (clause s6.prefer-depersonalised)."""
    purpose = next(one for one in edition.request_contents if one.id == "purpose")
    return (
        Part(
            title="What you ask for",
            text="Write no name, no address and no date of birth on this paper.",
            blanks=(
                Blank(label="Organisation that holds the information", kind="line"),
                Blank(label="What you want to know, without names", kind="long"),
                Blank(label="Area and months that it is about", kind="line"),
                Blank(label=purpose.label, kind="long", hint=purpose.help),
                Blank(label="Day by which you need it", kind="date"),
            ),
        ),
        Part(
            title="Who asks",
            blanks=(
                Blank(label="Your name and post", kind="line"),
                Blank(label="Your organisation", kind="line"),
                Blank(label="Secure e-mail address for the answer", kind="line"),
                *SIGNED,
            ),
        ),
    )


def statement(edition: Edition, _known: Facts) -> tuple[Part, ...]:
    """Give the lines of an Information Sharing Statement (Appendix 5)."""
    blanks = []
    for one in sorted(edition.iss_fields, key=lambda field: field.order):
        hint = f"Like: {one.example}" if one.example else "; ".join(one.parts)
        match one.kind:
            case "signature_list":
                blanks.append(
                    Blank(
                        label=one.label,
                        kind="table",
                        headings=("Organisation", "Name and post", "Signature", "Date"),
                        rows=6,
                    )
                )
            case "post_list":
                blanks.append(
                    Blank(label=one.label, kind="table", hint=hint, headings=("Organisation", "Post"), rows=6)
                )
            case "marking":
                marks = tuple((mark.title, mark.use_when) for mark in edition.markings)
                blanks.append(Blank(label=one.label, kind="pick", hint=hint, options=marks))
            case "long_text":
                blanks.append(Blank(label=one.label, kind="long", hint=hint))
    return (Part(title="The statement", blanks=tuple(blanks)),)


def notice(_edition: Edition, _known: Facts) -> tuple[Part, ...]:
    """Give a notice to stop for now, start again or leave (clauses s14.suspension, s14.termination)."""
    return (
        Part(
            title="The notice",
            blanks=(
                Blank(label="Organisation", kind="line"),
                Blank(label="What it does", kind="pick", options=tuple((words, "") for words in _NOTICES.values())),
                Blank(label="Reason", kind="long"),
                Blank(label="What it rests on, such as a letter or a minute", kind="long"),
                Blank(label="Name of the person who gives the notice", kind="line"),
                Blank(label="Their job title or role", kind="line"),
                *SIGNED,
            ),
        ),
    )


def breach(_edition: Edition, _known: Facts) -> tuple[Part, ...]:
    """Give the report of a loss (clause s9.breach)."""
    return (
        Part(
            title="What happened",
            text="Name nobody here whose information was lost. Say which request, meeting or return it was about.",
            blanks=(
                Blank(
                    label="What kind of loss is it?", kind="pick", options=tuple((one, "") for one in KINDS.values())
                ),
                Blank(label="Which request, meeting, statement or return: its reference", kind="line"),
                Blank(label="Which organisation the information came from", kind="line"),
                Blank(label="The day it was found", kind="date"),
                Blank(label="The time it was found", kind="line"),
                Blank(label="What happened", kind="long"),
                Blank(label="What was done at once", kind="long"),
                Blank(label="Your name and post", kind="line"),
                *SIGNED,
            ),
        ),
    )


def access_request(_edition: Edition, _known: Facts) -> tuple[Part, ...]:
    """Give the log's lines for a request under freedom of information or by a person about themselves (s5, s15)."""
    kinds = tuple((KIND_TITLES[one], f"Answer within: {KIND_CLOCKS[one].lower()}") for one in AccessKind)
    return (
        Part(
            title="The request",
            blanks=(
                Blank(label="What kind of request is it?", kind="pick", options=kinds),
                Blank(label="The day it came", kind="date"),
                Blank(label="Who asks", kind="line"),
                Blank(label="How to reach them (optional)", kind="long"),
                Blank(label="What do they ask to see?", kind="long"),
                Blank(label="Who took it in: name and post", kind="line"),
            ),
        ),
    )


def counts(found: DataSet) -> tuple[Part, ...]:
    """Give a table with the columns that Appendix 1 asks of one data set (clause app1.datasets)."""
    return (
        Part(
            title="The quarter",
            blanks=(
                Blank(label="Organisation", kind="line"),
                Blank(label="First and last month of the quarter", kind="line"),
                Blank(
                    label="We have nothing to report for this quarter",
                    kind="pick",
                    options=(("Nothing to report", ""),),
                ),
            ),
        ),
        Part(
            title="The figures",
            blanks=(
                Blank(
                    label=found.title,
                    kind="table",
                    hint="A line for each event. Fewer than five of a kind are shown to nobody outside."
                    if found.level == "record"
                    else "A line for each group, with its count.",
                    headings=tuple(field.label for field in found.fields),
                    rows=18,
                ),
            ),
        ),
        Part(title="Who filled it in", blanks=(Blank(label="Name and post", kind="line"), *SIGNED)),
    )

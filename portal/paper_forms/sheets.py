"""What stands on each form on paper: taken from the edition, and from the fields that the pages themselves check."""

from portal.access_requests.clocks import KIND_HINTS, KIND_TITLES, AccessKind
from portal.agreement.notices.notices import NoticeEffect as NoticeKind
from portal.breaches.wording import KINDS
from portal.documents.blank_form import BlankPart, BlankQuestion
from portal.ground.partnership import Facts
from portal.rules.datasets.catalogue import DataSet
from portal.rules.edition.edition_type import Edition

_NOTICES = {
    NoticeKind.SUSPENSION: "Stop sharing for now",
    NoticeKind.LIFTING: "Start sharing again",
    NoticeKind.WITHDRAWAL: "Leave the agreement",
}
SIGNED = (BlankQuestion(label="Signature", kind="signature"), BlankQuestion(label="Date", kind="date"))


def signing(edition: Edition, _known: Facts) -> tuple[BlankPart, ...]:
    """Give what a signatory fills in, under the declaration of the edition (clause s16.declaration)."""
    fields = sorted(edition.signatory_fields, key=lambda one: one.order)
    return (
        BlankPart(
            title="Your organisation",
            blanks=(
                BlankQuestion(
                    label="Kind of organisation", kind="line", hint="Such as parish council, police, charity"
                ),
                BlankQuestion(label="Address, and its number if it has one", kind="long"),
                BlankQuestion(
                    label=edition.signing.question,
                    kind="pick",
                    hint=edition.signing.why,
                    options=(("Yes", ""), ("No: sign the confidentiality agreement instead", "")),
                ),
                BlankQuestion(label="Work e-mail address of whoever signs", kind="line"),
            ),
        ),
        BlankPart(
            title="Declaration",
            text=edition.signatory_declaration.text,
            blanks=tuple(
                BlankQuestion(
                    label=one.label,
                    kind="signature" if one.kind == "signature" else "date" if one.kind == "date" else "line",
                )
                for one in fields
            ),
        ),
    )


def urgent_request(_edition: Edition, _known: Facts) -> tuple[BlankPart, ...]:
    """Give the short form of an urgent request."""
    return (
        BlankPart(
            title="Is someone in danger now? Phone 999",
            blanks=(
                BlankQuestion(label="Organisation that you ask", kind="line"),
                BlankQuestion(label="The person's name, or what they are known by", kind="line"),
                BlankQuestion(label="What helps to find the right person, such as an address", kind="long"),
                BlankQuestion(label="What you need to know", kind="long"),
                BlankQuestion(label="What could happen if you wait", kind="long"),
                BlankQuestion(label="Who you telephoned, with their post", kind="line"),
                BlankQuestion(label="Day and time of the call", kind="line"),
                BlankQuestion(label="Your name and post", kind="line"),
            ),
        ),
    )


def without_names(edition: Edition, _known: Facts) -> tuple[BlankPart, ...]:
    """Give a request that names nobody: what, for what, from whom, in what form (clause s6.prefer-depersonalised)."""
    purpose = next(one for one in edition.request_contents if one.id == "purpose")
    return (
        BlankPart(
            title="What you ask for",
            text="Write no name, no address and no date of birth on this paper.",
            blanks=(
                BlankQuestion(label="Organisation that holds the information", kind="line"),
                BlankQuestion(label="What you want to know, without names", kind="long"),
                BlankQuestion(label="Area and months that it is about", kind="line"),
                BlankQuestion(label=purpose.label, kind="long", hint=purpose.help),
                BlankQuestion(label="Day by which you need it", kind="date"),
            ),
        ),
        BlankPart(
            title="Who asks",
            blanks=(
                BlankQuestion(label="Your name and post", kind="line"),
                BlankQuestion(label="Your organisation", kind="line"),
                BlankQuestion(label="Secure e-mail address for the answer", kind="line"),
                *SIGNED,
            ),
        ),
    )


def statement(edition: Edition, _known: Facts) -> tuple[BlankPart, ...]:
    """Give the lines of an Information Sharing Statement (Appendix 5)."""
    blanks = []
    for one in sorted(edition.iss_fields, key=lambda field: field.order):
        hint = f"Like: {one.example}" if one.example else "; ".join(one.parts)
        match one.kind:
            case "signature_list":
                blanks.append(
                    BlankQuestion(
                        label=one.label,
                        kind="table",
                        headings=("Organisation", "Name and post", "Signature", "Date"),
                        rows=6,
                    )
                )
            case "post_list":
                blanks.append(
                    BlankQuestion(label=one.label, kind="table", hint=hint, headings=("Organisation", "Post"), rows=6)
                )
            case "marking":
                marks = tuple((mark.title, mark.use_when) for mark in edition.markings)
                blanks.append(BlankQuestion(label=one.label, kind="pick", hint=hint, options=marks))
            case "long_text":
                blanks.append(BlankQuestion(label=one.label, kind="long", hint=hint))
    return (BlankPart(title="The statement", blanks=tuple(blanks)),)


def notice(_edition: Edition, _known: Facts) -> tuple[BlankPart, ...]:
    """Give a notice to stop for now, start again or leave (clauses s14.suspension, s14.termination)."""
    return (
        BlankPart(
            title="The notice",
            blanks=(
                BlankQuestion(label="Organisation", kind="line"),
                BlankQuestion(
                    label="What it does", kind="pick", options=tuple((words, "") for words in _NOTICES.values())
                ),
                BlankQuestion(label="Reason", kind="long"),
                BlankQuestion(label="What it rests on, such as a letter or a minute", kind="long"),
                BlankQuestion(label="Name of the person who gives the notice", kind="line"),
                BlankQuestion(label="Their job title or role", kind="line"),
                *SIGNED,
            ),
        ),
    )


def breach(_edition: Edition, _known: Facts) -> tuple[BlankPart, ...]:
    """Give the report of a loss (clause s9.breach)."""
    return (
        BlankPart(
            title="What happened",
            text="Name nobody here whose information was lost. Say which request, meeting or return it was about.",
            blanks=(
                BlankQuestion(
                    label="What kind of loss is it?", kind="pick", options=tuple((one, "") for one in KINDS.values())
                ),
                BlankQuestion(label="Which request, meeting, statement or return: its reference", kind="line"),
                BlankQuestion(label="Which organisation the information came from", kind="line"),
                BlankQuestion(label="The day it was found", kind="date"),
                BlankQuestion(label="The time it was found", kind="line"),
                BlankQuestion(label="What happened", kind="long"),
                BlankQuestion(label="What was done at once", kind="long"),
                BlankQuestion(label="Your name and post", kind="line"),
                *SIGNED,
            ),
        ),
    )


def access_request(_edition: Edition, _known: Facts) -> tuple[BlankPart, ...]:
    """Give the log's lines for a request under freedom of information or by a person about themselves (s5, s15)."""
    kinds = tuple((KIND_TITLES[one], KIND_HINTS[one]) for one in AccessKind)
    return (
        BlankPart(
            title="The request",
            blanks=(
                BlankQuestion(label="What kind of request is it?", kind="pick", options=kinds),
                BlankQuestion(label="The day it came", kind="date"),
                BlankQuestion(label="Who asks", kind="line"),
                BlankQuestion(label="How to reach them (optional)", kind="long"),
                BlankQuestion(label="What do they ask to see?", kind="long"),
                BlankQuestion(label="Who took it in: name and post", kind="line"),
            ),
        ),
    )


def complaint(_edition: Edition, _known: Facts) -> tuple[BlankPart, ...]:
    """Give what somebody who complains may write (Data Protection Act 2018 section 164A(2))."""
    return (
        BlankPart(
            title="Your complaint",
            text="You need not say who you are. Without a way to reach you, nobody can answer you.",
            blanks=(
                BlankQuestion(label="What went wrong?", kind="long"),
                BlankQuestion(label="Your name (optional)", kind="line"),
                BlankQuestion(label="How can we reach you? (optional)", kind="long"),
                BlankQuestion(label="The day it came", kind="date", hint="For whoever takes it in"),
            ),
        ),
    )


def counts(found: DataSet) -> tuple[BlankPart, ...]:
    """Give a table with the columns that Appendix 1 asks of one data set (clause app1.datasets)."""
    return (
        BlankPart(
            title="The quarter",
            blanks=(
                BlankQuestion(label="Organisation", kind="line"),
                BlankQuestion(label="First and last month of the quarter", kind="line"),
                BlankQuestion(
                    label="We have nothing to report for this quarter",
                    kind="pick",
                    options=(("Nothing to report", ""),),
                ),
            ),
        ),
        BlankPart(
            title="The figures",
            blanks=(
                BlankQuestion(
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
        BlankPart(title="Who filled it in", blanks=(BlankQuestion(label="Name and post", kind="line"), *SIGNED)),
    )

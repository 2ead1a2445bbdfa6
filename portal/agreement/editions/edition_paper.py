"""An edition as a paper, in this partnership's words: summary sheet, text, gateways, appendices, version record."""

from portal.agreement.editions.wording import UNCHECKED, EditionWords
from portal.agreement.withholding.withheld import places
from portal.documents.agreement import AgreementPart, EditionText, GatewayLine, VersionLine, agreement_paper
from portal.documents.layout.flow import LabelledLine
from portal.documents.layout.letterhead import letterhead
from portal.ground.act import Act
from portal.ground.wording import counted, day
from portal.rules.gateways.bodies import Gateway

_APART = frozenset({"summary sheet", "version record", "contents"})  # a paper writes these in their own place


def edition_text(words: EditionWords, partners: str = "") -> EditionText:
    """Shape an edition for paper, in this partnership's words (clauses cover.summary, cover.versions)."""
    of = words.edition
    parts = [part for part in words.parts() if part.title.lower() not in _APART]
    versions = enumerate(of.version_record, 1)
    return EditionText(
        title=words.title,
        edition=of.id,
        sha256=of.hash,
        standing=words.standing,
        summary=tuple(LabelledLine(label, value) for label, value in summary(words, partners)),
        sections=tuple(AgreementPart(part.title, part.text) for part in parts if not part.is_appendix),
        gateways=tuple(_gateway(words, gateway) for gateway in of.gateways if not gateway.duplicate_of),
        appendices=tuple(AgreementPart(part.title, part.text) for part in parts if part.is_appendix),
        versions=tuple(
            VersionLine(str(number), day(row.date), row.change, row.authorised or row.by or "Not recorded")
            for number, row in versions
        ),
        notes=tuple(note for note in (words.filled(of.about.note), _withheld(words)) if note),
    )


def _withheld(words: EditionWords) -> str:
    hidden = places(words.edition)
    return (
        f"{counted(hidden, 'passage')} withheld under Section 15. The hash is that of the whole text." if hidden else ""
    )


def summary(words: EditionWords, partners: str = "") -> tuple[tuple[str, str], ...]:
    """Give the rows of the summary sheet: label and value (clause cover.summary).

    An open blank is shown as one. `partners` names who has signed; without it the row says where they are listed.
    """
    told = {
        row.key: partners for row in words.edition.summary_sheet if row.filled_by == "signatory register" and partners
    }
    return tuple(
        (
            row.label,
            told.get(row.key) or words.filled(row.value or f"{{{row.key}}}"),
        )
        for row in words.edition.summary_sheet
    )


def who_may_use(words: EditionWords, gateway: Gateway) -> str:
    """Say which kinds of organisation a law names, in words."""
    titles = [words.edition.kind(kind).title for kind in gateway.organisations if words.edition.has_kind(kind)]
    return "; ".join(titles) or "Anybody"


def gateway_standing(words: EditionWords, gateway: Gateway) -> str:
    """Say how a law stands today, and whether that was checked (clause s3.gateways)."""
    said = gateway.status[:1].upper() + gateway.status[1:]
    return f"{said}. {UNCHECKED}." if words.is_unchecked("gateways", gateway.id) else said


def agreement_pdf(act: Act, words: EditionWords, base_url: str, partners: str = "") -> bytes:
    """Make the whole agreement as a PDF. It says nothing about a person and carries no reference of its own."""
    about = words.edition.about
    head = letterhead(act, f"Edition {words.edition.id}", about.marking, base_url=base_url)
    return agreement_paper(head, edition_text(words, partners))


def _gateway(words: EditionWords, gateway: Gateway) -> GatewayLine:
    return GatewayLine(
        law=f"{gateway.title}, {gateway.provision}" if gateway.provision else gateway.title,
        permits=gateway.summary,
        who=who_may_use(words, gateway),
        standing=gateway_standing(words, gateway),
    )

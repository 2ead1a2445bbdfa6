"""The papers of this room: the statement in force, the record of an access request, the privacy notice. All sealed."""

from dataclasses import dataclass
from datetime import datetime

from portal.documents.layout.flow import LabelledLine
from portal.documents.layout.letterhead import letterhead
from portal.documents.seal.issuing import issue
from portal.documents.statements import (
    AccessRecord,
    NoticePaper,
    PartySignature,
    SharingPaper,
    access_paper,
    notice_paper,
    sharing_paper,
)
from portal.ground.act import Act
from portal.ground.settings import load_settings
from portal.rules.edition.edition_type import Edition
from portal.rules.edition.editions import edition
from portal.statements.entitlement import EntitledStatement
from portal.statements.papers.wording import StatementWords, before_the_questions, written_fields


@dataclass(frozen=True, kw_only=True)
class SignedBy:
    """A party's signature as it stands on the paper."""

    organisation: str
    name: str
    post: str
    signed_at: datetime


def statement_in_force(act: Act, found: EntitledStatement, signatures: tuple[SignedBy, ...]) -> bytes:
    """Make and seal the paper of a statement that every party has signed (clause app5.statement)."""
    words, of = found.words, edition(found.words.edition)
    names = {party.id: party.name for party in found.parties}
    pdf = sharing_paper(
        letterhead(
            act, found.row.reference, of.marking(words.answers["marking"]).title, base_url=load_settings().base_url
        ),
        SharingPaper(
            title=words.title,
            parties=tuple(party.name for party in found.parties),
            answers=(
                *(LabelledLine(one.label, in_words(of, words, one.key, names)) for one in written_fields(of)),
                *(LabelledLine(label, said) for label, said in before_the_questions(words)),
            ),
            laws=tuple(law(of, one) for one in words.gateways),
            signatures=tuple(PartySignature(**vars(one)) for one in signatures),
            in_force_at=act.at,
            edition=of.about.short_title,
            edition_sha256=words.edition_hash,
            words_sha256=words.sha256,
            review=f"Review it when {of.iss_rules.review_when}.",
            questions=f"A copy goes to {of.iss_rules.copy_to}. In doubt, ask there.",
        ),
    )
    return issue(act, pdf, found.row.reference)


def access_record(act: Act, reference: str, of: Edition, content: AccessRecord) -> bytes:
    """Make and seal the record of an access request that was decided (clauses s5.consult-originator, s15.foi-case-by-case)."""
    return issue(
        act,
        access_paper(
            letterhead(
                act, reference, of.confidentiality.document_mark.split(":")[0], base_url=load_settings().base_url
            ),
            content,
        ),
        reference,
    )


def privacy_notice_paper(act: Act, reference: str, content: NoticePaper) -> bytes:
    """Make and seal a privacy notice (clause s6.fair-obtaining)."""
    return issue(act, notice_paper(letterhead(act, reference, base_url=load_settings().base_url), content), reference)


def in_words(of: Edition, words: StatementWords, key: str, names: dict[str, str]) -> str:
    """Write what was answered to one of the edition's questions, as people read it; '' where nothing was."""
    asked = next(one for one in written_fields(of) if one.key == key)
    if asked.kind == "post_list":
        return "\n".join(f"{names.get(post.organisation_id, '')}: {post.title}" for post in words.posts)
    answer = words.answers.get(key, "")
    return of.marking(answer).title if asked.kind == "marking" and answer else answer


def law(of: Edition, gateway_id: str) -> str:
    """Name a law with its provision."""
    gateway = of.gateway(gateway_id)
    return f"{gateway.title}, {gateway.provision}" if gateway.provision else gateway.title

"""The letters of signing. A subject carries nothing private; links and codes stand apart as the letter's secret."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from models.accounts import Account, Post
from portal.ground.act import Role
from portal.ground.wording import day_and_time
from portal.record.outbox import SECRET_MARK, Letter


@dataclass(frozen=True, kw_only=True)
class Reach:
    """How this portal reaches people: the address it is known by, and whether it can send mail."""

    base_url: str
    mail: bool

    def link(self, path: str) -> str:
        """Give a full address for a letter."""
        return f"{self.base_url}{path}"


@dataclass(frozen=True, kw_only=True)
class SignatureLetter:
    """What letters about one signature say."""

    organisation: str
    edition: str
    reference: str
    at: datetime


def post_holders(session: Session, *roles: Role) -> list[Account]:
    """List the open accounts that hold one of these roles now."""
    held = select(Post.account_id).where(
        col(Post.role).in_([role.value for role in roles]), col(Post.ended_at).is_(None)
    )
    return list(
        session.exec(
            select(Account).where(col(Account.id).in_(held), col(Account.closed_at).is_(None)).order_by(col(Account.id))
        ).all()
    )


def code_letter(to: str, code: str, link: str, about: str) -> Letter:
    """Write the message with the code, and the link that goes on from another device."""
    return Letter(
        template="sign-code",
        to=to,
        subject="Your code for the information sharing portal",
        body=f"{SECRET_MARK}\n\nThe code lasts 10 minutes. If you did not ask for it, do nothing.",
        secret=f"Your code is {code}.\n\nTo go on from any device, open this link:\n{link}",
        about=about,
        good_for=timedelta(hours=1),
    )


def delegate_letter(to: str, organisation: str, link: str) -> Letter:
    """Ask somebody else to sign, because they are allowed to."""
    return Letter(
        template="sign-delegate",
        to=to,
        subject="You are asked to sign the information sharing agreement",
        body=(
            f"A colleague says that you may sign the information sharing agreement for {organisation}.\n\n"
            f"Read it and sign here:\n{SECRET_MARK}\n\nThe link lasts 28 days. If this is not for you, do nothing."
        ),
        secret=link,
    )


def signer_letter(to: str, told: SignatureLetter, link: str) -> Letter:
    """Tell the signer what they signed, with a link to their copy."""
    return Letter(
        template="signed-signer",
        to=to,
        subject="You signed the information sharing agreement",
        body=(
            f"{_what(told)}\n\nThe Information Manager now checks the signature. This takes up to 5 working days.\n\n"
            f"Your signed copy is here for 28 days:\n{SECRET_MARK}\n\nIf this was not you, tell the Information Manager."
        ),
        secret=link,
    )


def organisation_letter(to: str, told: SignatureLetter) -> Letter:
    """Tell the organisation at its public address, so that nobody signs behind its back."""
    return Letter(
        template="signed-organisation",
        to=to,
        subject="Somebody signed the information sharing agreement",
        body=f"{_what(told)}\n\nIf nobody may sign for you, tell the Information Manager at once.",
    )


def manager_letters(to: Iterable[str], told: SignatureLetter, link: str) -> list[Letter]:
    """Tell each Information Manager that a copy waits in the queue (clause s16.copy-to-information-manager)."""
    return [
        Letter(
            template="signed-manager",
            to=address,
            subject="New signature to check",
            body=f"{_what(told)}\n\nCheck it here:\n{link}",
        )
        for address in to
    ]


def confirmed_letter(to: str, told: SignatureLetter, link: str) -> Letter:
    """Tell the signer that the organisation now stands in the register."""
    return Letter(
        template="signature-confirmed",
        to=to,
        subject="Your organisation is in the register",
        body=f"The Information Manager confirmed the signature of {told.organisation}. Reference {told.reference}.\n\nSee the register:\n{link}",
    )


def asked_letter(to: str, told: SignatureLetter, question: str) -> Letter:
    """Ask the signer a question before the signature is confirmed."""
    return Letter(
        template="signature-asked",
        to=to,
        subject="A question about your signature",
        body=f"The Information Manager asks about reference {told.reference}:\n\n{question}\n\nAnswer the Information Manager by e-mail or telephone.",
    )


def declined_letter(to: str, told: SignatureLetter, reason: str) -> Letter:
    """Tell the signer that the signature was not confirmed, and why."""
    return Letter(
        template="signature-declined",
        to=to,
        subject="Your signature was not confirmed",
        body=f"The Information Manager did not confirm reference {told.reference}. The reason:\n\n{reason}\n\nYou can sign again once this is settled.",
    )


def notice_letters(to: Iterable[str], organisation: str, said: str, reference: str) -> list[Letter]:
    """Tell those who must know that an organisation stopped, started again or left (s14)."""
    return [
        Letter(
            template="standing-notice",
            to=address,
            subject="A partner gave notice under the agreement",
            body=f"{organisation} {said}. Reference {reference}.\n\nThis holds at once. The register shows it.",
        )
        for address in to
    ]


def handed_letters(to: Iterable[str], link: str) -> list[Letter]:
    """Tell those who may authorise an edition that one waits for them."""
    return [
        Letter(
            template="edition-handed",
            to=address,
            subject="An edition of the agreement waits for you",
            body=f"A new edition of the information sharing agreement was handed over. Two people must authorise it.\n\nRead what changed here:\n{link}",
        )
        for address in to
    ]


def edition_letters(to: Iterable[str], said: str, link: str) -> list[Letter]:
    """Tell the managers what became of an edition that was handed over."""
    return [
        Letter(
            template="edition-told", to=address, subject="The new edition of the agreement", body=f"{said}\n\n{link}"
        )
        for address in to
    ]


def withholding_letters(to: Iterable[str], said: str, link: str) -> list[Letter]:
    """Tell partners and managers of a proposal to withhold, or of the decision (s15)."""
    return [
        Letter(
            template="withholding",
            to=address,
            subject="What is published of the information sharing agreement",
            body=f"{said} (Section 15).\n\nRead it and answer for your organisation here:\n{link}",
        )
        for address in to
    ]


def ask_again_letter(to: str, organisation: str, editions: tuple[str, str], change: str, link: str) -> Letter:
    """Ask an organisation to sign the edition in force. `editions` are the one it signed and the one in force."""
    signed, newest = editions
    more = f"What changed: {change}\n\n" if change else ""
    return Letter(
        template="sign-again",
        to=to,
        subject="A new edition of the information sharing agreement to sign",
        body=(
            f"The {newest} of the information sharing agreement is in force. {organisation} has signed the {signed}.\n\n"
            f"{more}Read what changed, then sign here:\n{link}\n\nUntil then the register shows the edition that was signed."
        ),
    )


def _what(told: SignatureLetter) -> str:
    return (
        f"The {told.edition} of the information sharing agreement was signed for {told.organisation} "
        f"on {day_and_time(told.at)}. Reference {told.reference}."
    )

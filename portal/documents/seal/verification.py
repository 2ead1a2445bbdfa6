"""Whether a paper is genuine: sealed by this portal, and unaltered to its last byte (Section 16; threats ES7)."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from portal.documents.layout.sheet import MAKER
from portal.documents.seal.seal import MARK, STATEMENT, envelope, signed_attributes
from portal.ground.wording import day_and_time

MAX_BYTES = 50_000_000
_TRIED = 8  # seals looked at in one file; ours has one
_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*\]")
_HEX = re.compile(rb"<([0-9A-Fa-f]*)>")
_TIME = re.compile(rb"/M \(D:(\d{14})(?:\+00'00'|Z)\)")
_ESCAPED = re.compile(rb"\\([0-3][0-7]{2})")  # how a PDF writes a character that is no letter
_SIGNED = bytes.fromhex("2a864886f70d010702")  # the object identifier with which every signature of a PDF begins
_PAGE = re.compile(rb"/Type\s*/Page\b")


class SealOutcome(StrEnum):
    """The four answers."""

    GENUINE = "genuine"
    ALTERED = "altered"
    NOT_OURS = "not ours"
    UNREADABLE = "unreadable"


class SealFinding(StrEnum):
    """What was found."""

    INTACT = "intact"
    CHANGED = "changed"
    PAGES_ADDED = "pages changed or added"
    ADDED = "something added"
    CUT_SHORT = "cut short"
    SEAL_REMOVED = "seal removed"
    SEAL_DAMAGED = "seal damaged"
    NO_SEAL = "no seal"
    OTHER_KEY = "another key"
    NOT_A_PDF = "not a PDF"
    TOO_LARGE = "too large"


_SENTENCES = {
    SealFinding.INTACT: "This paper is genuine. The portal sealed it on {when}, and nothing in it has changed since.",
    SealFinding.CHANGED: "This copy is not the one that was sealed. Something in it was changed.",
    SealFinding.PAGES_ADDED: "This copy is not the one that was sealed. Pages were changed or added after it was sealed.",
    SealFinding.ADDED: "This copy is not the one that was sealed. Something was added after it was sealed.",
    SealFinding.CUT_SHORT: "This copy is not the one that was sealed. Its end is missing.",
    SealFinding.SEAL_REMOVED: "This looks like a paper of the portal, but it has no seal. Ask for the sealed copy.",
    SealFinding.SEAL_DAMAGED: "This copy is not the one that was sealed. Its seal was damaged.",
    SealFinding.NO_SEAL: "This file was not sealed by this portal.",
    SealFinding.OTHER_KEY: "This file was signed by somebody else, not by this portal.",
    SealFinding.NOT_A_PDF: "This file cannot be read as a PDF. Choose the PDF that the portal gave you.",
    SealFinding.TOO_LARGE: "This file is too large to be a paper of the portal.",
}


@dataclass(frozen=True, kw_only=True)
class SealVerdict:
    """The answer. Unless the outcome is genuine, reference, time and head are only what the file claims."""

    outcome: SealOutcome
    finding: SealFinding
    reference: str = ""
    sealed_at: datetime | None = None
    audit_head: str = ""

    @property
    def sentence(self) -> str:
        """Say it in words."""
        return _SENTENCES[self.finding].format(
            when=day_and_time(self.sealed_at) if self.sealed_at else "an unknown day"
        )


@dataclass(frozen=True)
class _Place:
    """Where a seal stands in the file: it covers all up to `start` and from `end` to `last`."""

    start: int
    end: int
    last: int


def verify(pdf: bytes, certificates: Sequence[x509.Certificate]) -> SealVerdict:
    """Judge a file by the certificates that the portal ever sealed with. Never raises, whatever the bytes are.

    Genuine means: one of these certificates signed the digest of every byte of the file but the signature itself, and the
    signature's own bytes are exactly those that such a seal has.
    """
    if len(pdf) > MAX_BYTES:
        return SealVerdict(outcome=SealOutcome.UNREADABLE, finding=SealFinding.TOO_LARGE)
    places = list(_places(pdf))
    fitting = [(place, _fitting(pdf, place, certificate)) for place in places for certificate in certificates]
    for place, expected in fitting:
        if expected and _untouched(pdf, place, expected):
            return _judged(pdf, place)
    if any(expected for _, expected in fitting):
        return SealVerdict(outcome=SealOutcome.ALTERED, finding=SealFinding.SEAL_DAMAGED)
    return _broken(pdf, places, certificates)


def _places(pdf: bytes) -> Iterator[_Place]:
    for number, found in enumerate(_RANGE.finditer(pdf)):
        if number == _TRIED:
            return
        first, start, end, rest = (int(group) for group in found.groups())
        if first == 0 and start < end:
            yield _Place(start, end, end + rest)


def _untouched(pdf: bytes, place: _Place, expected: bytes) -> bool:
    """Compare the only bytes outside the digest with those that the seal writes, padding included."""
    room = place.end - place.start - 2
    return pdf[place.start : place.end] == b"<" + expected.hex().upper().encode().ljust(room, b"0") + b">"


def _fitting(pdf: bytes, place: _Place, certificate: x509.Certificate) -> bytes:
    """Give the envelope that belongs here, where this certificate's key signed the bytes around it; else nothing."""
    key, contents = certificate.public_key(), _contents(pdf, place)
    if not contents or not isinstance(key, rsa.RSAPublicKey):
        return b""
    digest = hashlib.sha256(pdf[: place.start])
    digest.update(pdf[place.end : place.last])
    attributes, signature = signed_attributes(digest.digest(), certificate), _signature(contents, key)
    try:
        key.verify(signature, attributes.dump(), padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        return b""
    return envelope(attributes, signature, certificate)


def _contents(pdf: bytes, place: _Place) -> bytes:
    found = _HEX.fullmatch(pdf, place.start, min(place.end, place.start + 200_000))
    return bytes.fromhex(found[1].decode()) if found and len(found[1]) % 2 == 0 else b""


def _signature(contents: bytes, key: rsa.RSAPublicKey) -> bytes:
    """Cut the signature's value out of its envelope: it stands last. Nothing foreign is parsed; the comparison proves the rest."""
    if contents[:2] != b"\x30\x82":
        return b""
    end = 4 + int.from_bytes(contents[2:4])
    return contents[end - key.key_size // 8 : end]


def _judged(pdf: bytes, place: _Place) -> SealVerdict:
    """Judge a file that holds a seal of ours which fits what it covers: all of the file, or more was added."""
    if place.last == len(pdf):
        return _with_claims(pdf, place, SealOutcome.GENUINE, SealFinding.INTACT)
    added = pdf[place.last :]
    return _with_claims(
        pdf, place, SealOutcome.ALTERED, SealFinding.PAGES_ADDED if _PAGE.search(added) else SealFinding.ADDED
    )


def _broken(pdf: bytes, places: Sequence[_Place], certificates: Sequence[x509.Certificate]) -> SealVerdict:
    """Name what is wrong with a file that holds no seal of ours which fits."""
    ours = [certificate.public_bytes(serialization.Encoding.DER) for certificate in certificates]
    for place in places:
        if any(der in _contents(pdf, place) for der in ours):
            return _with_claims(
                pdf, place, SealOutcome.ALTERED, SealFinding.CUT_SHORT if place.last > len(pdf) else SealFinding.CHANGED
            )
    if any(der.hex().upper().encode() in pdf for der in ours):
        return SealVerdict(outcome=SealOutcome.ALTERED, finding=SealFinding.SEAL_DAMAGED)
    return _foreign(pdf, places)


def _foreign(pdf: bytes, places: Sequence[_Place]) -> SealVerdict:
    """Name a file in which no certificate of ours is found."""
    if any(_SIGNED in _contents(pdf, place)[:32] for place in places):
        return SealVerdict(outcome=SealOutcome.NOT_OURS, finding=SealFinding.OTHER_KEY)
    if MARK in pdf:
        return SealVerdict(outcome=SealOutcome.ALTERED, finding=SealFinding.SEAL_DAMAGED)
    if MAKER.encode() in pdf:
        return SealVerdict(outcome=SealOutcome.ALTERED, finding=SealFinding.SEAL_REMOVED)
    if b"%PDF-" not in pdf[:1024]:
        return SealVerdict(outcome=SealOutcome.UNREADABLE, finding=SealFinding.NOT_A_PDF)
    return SealVerdict(outcome=SealOutcome.NOT_OURS, finding=SealFinding.NO_SEAL)


def _with_claims(pdf: bytes, place: _Place, outcome: SealOutcome, finding: SealFinding) -> SealVerdict:
    """Read the seal's own statement and time out of the object that holds it."""
    start, end = pdf.rfind(b" obj", 0, place.start), pdf.find(b"endobj", place.end)
    around = pdf[max(start, 0) : place.start] + pdf[place.end : max(end, place.end)]
    around = _ESCAPED.sub(lambda found: bytes([int(found[1], 8)]), around)
    statement, time = STATEMENT.search(around), _TIME.search(around)
    return SealVerdict(
        outcome=outcome,
        finding=finding,
        reference=statement[1].decode() if statement else "",
        audit_head=statement[2].decode().removeprefix("none") if statement else "",
        sealed_at=_moment(time[1].decode()) if time else None,
    )


def _moment(digits: str) -> datetime | None:
    try:
        return datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None

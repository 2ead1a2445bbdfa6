"""The portal's seal: a key made at first start, and a PAdES signature that covers a paper to its last byte.

It proves that a paper came from this portal and is unaltered. It is not a person's own qualified signature. Nothing here asks
the network or the clock.
"""

import hashlib
import io
import os
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from asn1crypto import algos, cms, tsp  # type: ignore[import-untyped]  # asn1crypto ships no types
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigMDPSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import SignatureObject

from portal.ground.errors import UnsafeStartError

KEY_BITS = 3072
LIFE = timedelta(days=3653)  # ten years; a paper sealed by an older certificate of ours still verifies
KEY_FILE = "seal.key"
CERTIFICATES = "seal-*.pem"
_ROOM = 12_288  # hexadecimal digits kept for the signature
_REFERENCE = re.compile(r"[A-Za-z0-9._/-]{1,80}")
_HEAD = re.compile(r"(?:[0-9a-f]{64})?")
MARK = b"Sealed to show that this paper is unaltered"  # stands in the file as it is here
# What the seal says in words; PDF readers show it, and the check reads it back.
STATEMENT = re.compile(
    rb"Sealed to show that this paper is unaltered\. Reference ([A-Za-z0-9._/-]{1,80})\. Audit record ([0-9a-f]{64}|none)\."
)


@dataclass(frozen=True)
class Seal:
    """A key and the certificate that belongs to it."""

    key: rsa.RSAPrivateKey
    certificate: x509.Certificate

    @property
    def certificate_pem(self) -> bytes:
        """Give the certificate for download; it holds nothing secret."""
        return self.certificate.public_bytes(serialization.Encoding.PEM)


class _Appending(IncrementalPdfFileWriter):
    """Adds the seal and leaves the paper's metadata as it is: no clock, and PDF/A's own words stay."""

    def _update_meta(self) -> None:
        """Change nothing."""


def make_seal(directory: Path, *, at: datetime, name: str) -> Seal:
    """Give the portal's seal, making its key (mode 0600) and certificate where there is none yet.

    Safe when two processes start at once: the first key stands. Raises UnsafeStartError where the key cannot be read.
    """
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not (directory / KEY_FILE).exists():
        made = _new_seal(at, name)
        _write_certificate(directory, made)
        _write_key(directory, made.key, replace=False)
    key = _read_key(directory / KEY_FILE)
    for certificate in reversed(certificates(directory)):
        if certificate.public_key() == key.public_key():
            return Seal(key, certificate)
    seal = Seal(key, _certify(key, at, name))
    _write_certificate(directory, seal)
    return seal


def renew_seal(directory: Path, *, at: datetime, name: str) -> Seal:
    """Make a new key and certificate. Older certificates stay in the directory, so what they sealed still verifies."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = _new_seal(at, name)
    _write_certificate(directory, made)
    _write_key(directory, made.key, replace=True)
    return made


def certificates(directory: Path) -> tuple[x509.Certificate, ...]:
    """Give every certificate that the portal ever sealed with, oldest first."""
    found = (x509.load_pem_x509_certificate(file.read_bytes()) for file in sorted(directory.glob(CERTIFICATES)))
    return tuple(sorted(found, key=lambda certificate: certificate.not_valid_before_utc))


def seal(pdf: bytes, with_seal: Seal, *, at: datetime, audit_head: str, reference: str) -> bytes:
    """Seal a paper.

    `audit_head` is the audit chain's head at that moment (64 hexadecimal digits, or "" before its first entry); it and the
    reference are carried inside what is sealed. No change is allowed after it, not even a comment. Raises ValueError on
    a head or reference of another form, and on a paper that has its seal already.
    """
    if not _REFERENCE.fullmatch(reference) or not _HEAD.fullmatch(audit_head):
        message = "a seal carries a short reference and a SHA-256 head"
        raise ValueError(message)
    if MARK in pdf:
        message = "a paper is sealed once"
        raise ValueError(message)
    statement = (
        f"Sealed to show that this paper is unaltered. Reference {reference}. Audit record {audit_head or 'none'}."
    )
    embedder = PdfCMSEmbedder(new_field_spec=SigFieldSpec(sig_field_name="Seal"))
    writing = embedder.write_cms("Seal", _Appending(io.BytesIO(pdf)))
    next(writing)
    placeholder = SignatureObject(
        timestamp=at.astimezone(UTC).replace(microsecond=0),
        subfilter=SigSeedSubFilter.PADES,
        reason=statement,
        bytes_reserved=_ROOM,
    )
    lock = SigMDPSetup(md_algorithm="sha256", certify=True, docmdp_perms=MDPPerm.NO_CHANGES)
    writing.send(SigObjSetup(sig_placeholder=placeholder, mdp_setup=lock))
    prepared, output = writing.send(SigIOSetup(md_algorithm="sha256"))
    certificate = with_seal.certificate
    attributes = signed_attributes(prepared.document_digest, certificate)
    signature = with_seal.key.sign(attributes.dump(), padding.PKCS1v15(), hashes.SHA256())
    writing.send(envelope(attributes, signature, certificate))
    sealed: bytes = output.getvalue()
    return sealed


def signed_attributes(digest: bytes, certificate: x509.Certificate) -> cms.CMSAttributes:
    """Give what is signed, in its one canonical form: the paper's digest and whose certificate (ETSI EN 319 142-1)."""
    identity = {"hash_algorithm": {"algorithm": "sha256"}, "cert_hash": hashlib.sha256(_der(certificate)).digest()}
    pairs = (
        ("content_type", "data"),
        ("message_digest", digest),
        ("signing_certificate_v2", tsp.SigningCertificateV2({"certs": [tsp.ESSCertIDv2(identity)]})),
    )
    return cms.CMSAttributes([cms.CMSAttribute({"type": kind, "values": (value,)}) for kind, value in pairs])


def envelope(attributes: cms.CMSAttributes, signature: bytes, certificate: x509.Certificate) -> bytes:
    """Give the signature's envelope in its one canonical form, so that the check can make it again and compare every byte."""
    held = asn1_x509.Certificate.load(_der(certificate))
    sha256 = algos.DigestAlgorithm({"algorithm": "sha256"})
    signer = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.IssuerAndSerialNumber({"issuer": held.issuer, "serial_number": held.serial_number}),
            "digest_algorithm": sha256,
            "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": "sha256_rsa"}),
            "signed_attrs": attributes,
            "signature": signature,
        }
    )
    content = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": cms.DigestAlgorithms((sha256,)),
            "encap_content_info": {"content_type": "data"},
            "certificates": [cms.CertificateChoices("certificate", held)],
            "signer_infos": [signer],
        }
    )
    made: bytes = cms.ContentInfo({"content_type": "signed_data", "content": content}).dump()
    return made


def _der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.DER)


def _new_seal(at: datetime, name: str) -> Seal:
    key = rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)
    return Seal(key, _certify(key, at, name))


def _certify(key: rsa.RSAPrivateKey, at: datetime, name: str) -> x509.Certificate:
    # A name in a certificate is 64 characters at most (RFC 5280).
    subject = x509.Name(
        [x509.NameAttribute(NameOID.COMMON_NAME, (name.strip() or "Community Safety Portal")[:64].strip())]
    )
    usage = dict.fromkeys(
        (
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "key_cert_sign",
            "crl_sign",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    begins = at.astimezone(UTC).replace(microsecond=0)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + LIFE)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(digital_signature=True, content_commitment=True, **usage), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )


def _write_certificate(directory: Path, made: Seal) -> None:
    name = f"seal-{made.certificate.not_valid_before_utc:%Y%m%d}-{made.certificate.fingerprint(hashes.SHA256()).hex()[:16]}.pem"
    draft = directory / f".{name}-{secrets.token_hex(8)}"
    draft.write_bytes(made.certificate_pem)
    draft.replace(directory / name)  # whole or not at all: another process may be reading


def _write_key(directory: Path, key: rsa.RSAPrivateKey, *, replace: bool) -> None:
    """Write the key whole or not at all, readable by its owner alone; another process's key stands unless replaced."""
    draft = directory / f".{KEY_FILE}-{secrets.token_hex(8)}"
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())
    try:
        if replace:
            draft.replace(directory / KEY_FILE)
        else:
            (directory / KEY_FILE).hardlink_to(draft)
    except FileExistsError:
        pass  # another process was first: its key stands
    finally:
        draft.unlink(missing_ok=True)


def _read_key(file: Path) -> rsa.RSAPrivateKey:
    try:
        key = _parsed(file.read_bytes())
    except (OSError, ValueError, TypeError) as error:
        message = (
            f"The seal's key in {file.parent.name}/{file.name} cannot be read. Restore it from your backup of the keys."
        )
        raise UnsafeStartError(message) from error
    if not isinstance(key, rsa.RSAPrivateKey):
        message = f"The seal's key in {file.parent.name}/{file.name} is of another kind. Restore it from your backup of the keys."
        raise UnsafeStartError(message)
    return key


@lru_cache(maxsize=2)
def _parsed(written: bytes) -> PrivateKeyTypes:
    """Read a key once: its parts are checked against each other, and that takes time for every paper."""
    return serialization.load_pem_private_key(written, password=None)

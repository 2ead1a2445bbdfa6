"""Issuing a document: sealed with this portal's key, carrying the head of the record at that moment."""

from pathlib import Path

from portal.documents.seal.seal import KEY_FILE, Seal, certificates, make_seal, renew_seal, seal
from portal.documents.seal.verification import SealVerdict, verify
from portal.ground.act import Act, Store
from portal.ground.database import transaction
from portal.ground.errors import UnsafeStartError
from portal.record.audit import head, record
from portal.record.events import Event

_NAME = "Community safety portal"


def issue(act: Act, pdf: bytes, reference: str) -> bytes:
    """Seal a finished PDF (PAdES); `reference` is the one people read out.

    The sealed copy carries the newest entry's hash of the record, so that any holder can later show whether the record
    was rewritten. Sealing takes about half a second: do it outside the transaction, and keep the bytes.
    """
    return seal(pdf, _seal_of(_folder(act.store), act), at=act.at, audit_head=head(act.store)[1], reference=reference)


def check_document(store: Store, pdf: bytes) -> SealVerdict:
    """Say whether this portal sealed a PDF and it is unaltered; see `verification`."""
    return verify(pdf, certificates(_folder(store)))


def certificate(act: Act) -> bytes:
    """Give the seal's certificate (PEM), which anybody may have."""
    return _seal_of(_folder(act.store), act).certificate_pem


def _folder(store: Store) -> Path:
    if store.vault.home is None:
        raise UnsafeStartError("The seal of documents has no folder. Start the portal with its key file.")
    return store.vault.home / "seal"


def renew(act: Act) -> None:
    """Make a new key and certificate for the seal; what older ones sealed still verifies. For whoever runs the portal."""
    with transaction(act.store.engine) as session:
        record(session, act, Event.SEAL_RENEWED, "partnership:seal")
        renew_seal(_folder(act.store), at=act.at, name=_NAME)


_made: dict[Path, tuple[int, Seal]] = {}


def _seal_of(folder: Path, act: Act) -> Seal:
    """Give the seal, read anew where another process renewed its key."""
    key = folder / KEY_FILE
    changed, made = _made.get(folder, (0, None))
    if made is None or key.stat().st_mtime_ns != changed:
        made = make_seal(folder, at=act.at, name=_NAME)
        _made[folder] = key.stat().st_mtime_ns, made
    return made

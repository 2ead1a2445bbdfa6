import io
import os
import stat
import subprocess
import sys
import threading
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509 import load_pem_x509_certificate
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from portal.documents.seal.seal import KEY_FILE, certificates, make_seal, renew_seal, seal
from portal.documents.seal.verification import SealOutcome, verify
from portal.ground.errors import UnsafeStartError

from .samples import AT, HEAD, read


def test_the_key_is_for_its_owner_alone_and_stays_the_same(tmp_path):
    first = make_seal(tmp_path / "keys", at=AT, name="Anytown")
    again = make_seal(tmp_path / "keys", at=AT + timedelta(days=1), name="Anytown")
    assert again.certificate == first.certificate
    assert len(certificates(tmp_path / "keys")) == 1
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "keys" / KEY_FILE).stat().st_mode) == 0o600
        assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700
    assert sorted(file.name[:5] for file in (tmp_path / "keys").iterdir()) == ["seal-", "seal."]


def test_the_certificate_can_be_downloaded_and_holds_nothing_secret(our_seal):
    assert load_pem_x509_certificate(our_seal.certificate_pem) == our_seal.certificate
    assert our_seal.certificate_pem.count(b"-----BEGIN") == 1


@pytest.mark.parametrize(
    ("name", "common"), [("A" * 100, "A" * 64), ("  ", "Community Safety Portal"), ("Siân 李", "Siân 李")]
)
def test_a_partnership_of_any_name_gets_a_certificate(tmp_path, name, common):
    subject = make_seal(tmp_path, at=AT, name=name).certificate.subject
    assert [each.value for each in subject.get_attributes_for_oid(NameOID.COMMON_NAME)] == [common]


def test_two_processes_that_start_at_once_agree_on_one_key(tmp_path):
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(make_seal(tmp_path, at=AT, name="Anytown"))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({each.key.private_numbers().d for each in found}) == 1
    assert len(found) == 4


def test_a_key_without_its_certificate_gets_one(tmp_path):
    first = make_seal(tmp_path, at=AT, name="Anytown")
    next(tmp_path.glob("seal-*.pem")).unlink()
    again = make_seal(tmp_path, at=AT, name="Anytown")
    assert again.certificate.public_key() == first.certificate.public_key()


def test_a_key_that_cannot_be_read_stops_the_start(tmp_path):
    (tmp_path / KEY_FILE).write_bytes(b"not a key")
    with pytest.raises(UnsafeStartError, match="backup"):
        make_seal(tmp_path, at=AT, name="Anytown")
    other = ec.generate_private_key(ec.SECP256R1())
    pem = other.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (tmp_path / KEY_FILE).write_bytes(pem)
    with pytest.raises(UnsafeStartError, match="another kind"):
        make_seal(tmp_path, at=AT, name="Anytown")


def test_a_renewed_seal_is_used_from_then_on_and_old_papers_still_verify(tmp_path, unsealed):
    old = make_seal(tmp_path, at=AT, name="Anytown")
    paper = seal(unsealed, old, at=AT, audit_head=HEAD, reference="OLD")
    new = renew_seal(tmp_path, at=AT + timedelta(days=3000), name="Anytown")
    assert make_seal(tmp_path, at=AT + timedelta(days=3001), name="Anytown").certificate == new.certificate
    assert list(certificates(tmp_path)) == [old.certificate, new.certificate]
    assert verify(paper, certificates(tmp_path)).outcome is SealOutcome.GENUINE
    newer = seal(unsealed, new, at=AT, audit_head="", reference="NEW")
    assert verify(newer, certificates(tmp_path)).outcome is SealOutcome.GENUINE


def test_sealing_keeps_the_paper_as_it_is_and_only_adds_to_it(unsealed, sealed):
    assert sealed.startswith(unsealed)
    assert read(sealed).root_object["/Lang"] == "en-GB"
    assert read(sealed).xmp_metadata.dc_title == read(unsealed).xmp_metadata.dc_title
    assert b"<pdfaid:part>2</pdfaid:part>" in sealed


def test_another_reader_of_signatures_finds_it_valid_whole_and_closed_to_changes(sealed, our_seal):
    from asn1crypto import x509  # noqa: PLC0415 - only this test needs pyHanko's own form of a certificate

    root = x509.Certificate.load(our_seal.certificate.public_bytes(serialization.Encoding.DER))
    signature = PdfFileReader(io.BytesIO(sealed)).embedded_signatures[0]
    status = validate_pdf_signature(signature, ValidationContext(trust_roots=[root], moment=AT, allow_fetching=False))
    assert status.intact
    assert status.valid
    assert status.trusted
    assert status.coverage.name == "ENTIRE_FILE"
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert signature.docmdp_level.name == "NO_CHANGES"
    assert "7K3-M4P-QRT" in signature.sig_object["/Reason"]
    assert HEAD in signature.sig_object["/Reason"]


@pytest.mark.parametrize(
    ("reference", "head"), [("", HEAD), ("a b", HEAD), ("x" * 81, HEAD), ("1", "xyz"), ("1", HEAD.upper()), ("1)", "")]
)
def test_a_reference_or_head_of_another_form_is_not_sealed(unsealed, our_seal, reference, head):
    with pytest.raises(ValueError, match="a seal carries"):
        seal(unsealed, our_seal, at=AT, audit_head=head, reference=reference)


def test_a_paper_is_sealed_once(sealed, our_seal):
    with pytest.raises(ValueError, match="sealed once"):
        seal(sealed, our_seal, at=AT, audit_head=HEAD, reference="7K3-M4P-QRT")


def test_sealing_asks_neither_the_network_nor_the_clock(unsealed, our_seal, tmp_path):
    """A process of its own, because an audit hook stays; the clock is shown by the day that the seal carries."""
    (tmp_path / "in.pdf").write_bytes(unsealed)
    make_seal(tmp_path / "keys", at=AT, name="Anytown")
    script = (
        "import sys, datetime, pathlib\n"
        "from portal.documents.seal.seal import make_seal, seal\n"
        "at = datetime.datetime(2026, 5, 1, 13, 30, 5, tzinfo=datetime.UTC)\n"
        "folder = pathlib.Path(sys.argv[1])\n"
        "ours = make_seal(folder / 'keys', at=at, name='Anytown')\n"
        "def hook(event, args):\n"
        "    if event.startswith('socket.'): raise SystemExit(f'network: {event}')\n"
        "sys.addaudithook(hook)\n"
        "sealed = seal((folder / 'in.pdf').read_bytes(), ours, at=at, audit_head='', reference='1')\n"
        "assert b'20260501133005' in sealed and f'{datetime.date.today():%Y%m%d}'.encode() not in sealed\n"
        "print('sealed')\n"
    )
    made = subprocess.run([sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=False)
    assert (made.stdout.strip(), made.returncode) == ("sealed", 0), made.stderr

"""A real mail server on 127.0.0.1 that keeps what it takes, and can also refuse, put off, hang and go away."""

# ruff: noqa: ARG002 - the arguments of a handler are those that aiosmtpd gives
import asyncio
import email
import email.policy
import ipaddress
import ssl
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.ports import free_port


class MailServer:
    """What it took, and how it behaves: addresses it refuses for good, puts off once, or answers by silence.

    One that `loses` its answer has taken a letter and says that it has not.
    """

    def __init__(self, url):
        self.url, self.taken, self.calls, self.left = url, [], 0, 0
        self.refuses, self.puts_off, self.hangs, self.loses = set(), set(), False, False
        self.reached = threading.Event()

    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802 - aiosmtpd's own name
        self.calls += 1
        self.reached.set()
        while self.hangs:  # noqa: ASYNC110 - a test ends it from another thread
            await asyncio.sleep(0.02)
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if address in self.refuses:
            return "550 no such person here"
        if address in self.puts_off:
            self.puts_off.discard(address)
            return "451 come again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.taken.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "451 say it again" if self.loses else "250 OK"

    async def handle_QUIT(self, server, session, envelope):  # noqa: N802
        self.left += 1
        return "221 Bye"

    @property
    def to(self):
        return [letter["To"] for letter in self.taken]


@contextmanager
def mail_server(scheme="smtp", folder=None, name="", password=""):
    """Serve one; of the schemes with TLS its certificate is `folder`/mail.pem, and it takes letters of who gives name and password alone."""
    port = free_port()
    given = f"{name}:{password}@" if name else ""
    server = MailServer(f"{scheme}://{given}127.0.0.1:{port}")
    more = {}
    if folder is not None:
        secured = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        secured.load_cert_chain(_certificate(folder / "mail.pem"))

        def knows(_server, _session, _envelope, _mechanism, told):
            known = (told.login, told.password) == (b"portal@anytown", b"wren: harbour/lamp")
            return AuthResult(success=known, handled=known)

        more = {"authenticator": knows, "auth_required": True, "auth_require_tls": scheme == "smtp+starttls"}
        more |= {"ssl_context": secured} if scheme == "smtps" else {"tls_context": secured, "require_starttls": True}
    controller = Controller(server, hostname="127.0.0.1", port=port, **more)
    controller.start()
    try:
        yield server
    finally:
        server.hangs = False
        controller.stop(no_assert=True)


def _certificate(path):
    """Write a key and a certificate of its own for 127.0.0.1."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "mail.example.org")])
    here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(here, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(secret + made.public_bytes(pem))
    return path

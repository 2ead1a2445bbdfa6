"""A real mail server on 127.0.0.1 that keeps what it takes, and can also refuse, put off, hang and go away."""

# ruff: noqa: ARG002 - the arguments of a handler are those that aiosmtpd gives
import asyncio
import email
import email.policy
import threading
from contextlib import contextmanager

from aiosmtpd.controller import Controller

from tests.ports import free_port


class MailServer:
    """What it took, and how it behaves: addresses it refuses for good, puts off once, or answers by silence."""

    def __init__(self, port):
        self.url, self.taken, self.calls = f"smtp://127.0.0.1:{port}", [], 0
        self.refuses, self.puts_off, self.hangs = set(), set(), False
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
        return "250 OK"

    @property
    def to(self):
        return [letter["To"] for letter in self.taken]


@contextmanager
def mail_server():
    port = free_port()
    server = MailServer(port)
    controller = Controller(server, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield server
    finally:
        server.hangs = False
        controller.stop(no_assert=True)

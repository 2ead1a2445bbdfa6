"""A server on 127.0.0.1 that takes letters as GOV.UK Notify does, checks who sends them, and can refuse and be busy."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

TEMPLATE, SERVICE, SECRET = (f"{digit * 8}-{digit * 4}-{digit * 4}-{digit * 4}-{digit * 12}" for digit in "abc")


class NotifyServer:
    """What it took, and how it answers: addresses it refuses, or one status for all."""

    def __init__(self, port):
        self.url = f"notify+http://{TEMPLATE}:live_key-{SERVICE}-{SECRET}@127.0.0.1:{port}"
        self.taken, self.refuses, self.answers = [], set(), 201

    def answer(self, path, token, told):
        """Give the status and the error, as the API's version 2 says them."""
        try:
            claims = jwt.decode(token, OctKey.import_key(SECRET), algorithms=["HS256"]).claims
        except JoseError:
            return 403, "AuthError"
        if path != "/v2/notifications/email" or claims["iss"] != SERVICE or self.answers == 403:
            return 403, "AuthError"
        if told["template_id"] != TEMPLATE:
            return 400, "BadRequestError: Template not found"
        if told["email_address"] in self.refuses:
            return 400, "ValidationError: email_address Not a valid email address"
        if self.answers == 201:
            self.taken.append(told)
        return self.answers, "" if self.answers == 201 else "RateLimitError"


@contextmanager
def notify_server():
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            token = self.headers["Authorization"].removeprefix("Bearer ")
            status, error = known.answer(self.path, token, told)
            body = json.dumps({"status_code": status, "errors": [{"message": error}]}).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    known = NotifyServer(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield known
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

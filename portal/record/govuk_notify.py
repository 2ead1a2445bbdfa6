"""GOV.UK Notify as the carrier of letters, in the place of a mail server (its REST API, version 2).

The service's own template holds two fields and nothing else: ((subject)) as its subject, ((body)) as its text.
"""

import re
import time
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

import httpx2
from joserfc import jwt
from joserfc.jwk import OctKey

SCHEMES = {"notify+https": "https", "notify+http": "http"}
_UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_KEY = re.compile(f"(?:.*-)?({_UUID})-({_UUID})", re.DOTALL)  # its name, the service's id, the secret
_TAKEN, _WRONG, _BUSY = 201, 400, 429


class NotifyAwayError(ConnectionError):
    """Notify does not answer, or takes no more for now: no letter is to blame."""


class NotifySettingsError(ConnectionError):
    """Notify refuses the portal's key or its template: no letter is to blame."""


class NotifyAddressError(Exception):
    """Notify refuses this letter's address."""


class Notify:
    """One client of Notify, used as a connection to a mail server is."""

    def __init__(self, url: str, *, timeout: float) -> None:
        """Read `notify+https://TEMPLATE:KEY@HOST`. Raises ValueError where the template or the key cannot be one."""
        parts = urlsplit(url)
        key = _KEY.fullmatch(unquote(parts.password or ""))
        if key is None or not re.fullmatch(_UUID, parts.username or ""):
            raise ValueError("no template and key of Notify")
        self._template, (self._service, self._secret) = parts.username, key.groups()
        place = (parts.hostname or "") + (f":{parts.port}" if parts.port else "")
        self._client = httpx2.Client(base_url=f"{SCHEMES[parts.scheme]}://{place}", timeout=timeout)

    def send_message(self, letter: EmailMessage) -> None:
        """Hand one letter over; it goes as plain text, under its own number as reference."""
        told = {
            "email_address": letter["To"].addresses[0].addr_spec,
            "template_id": self._template,
            "personalisation": {"subject": letter["Subject"], "body": letter.get_content()},
            "reference": letter["Message-ID"].strip("<>"),
        }
        try:
            answer = self._client.post(
                "/v2/notifications/email", json=told, headers={"Authorization": f"Bearer {self._token()}"}
            )
        except httpx2.HTTPError as error:
            raise NotifyAwayError from error
        if answer.status_code == _TAKEN:
            return
        if answer.status_code == _BUSY or answer.is_server_error:
            raise NotifyAwayError
        if answer.status_code == _WRONG and "email_address" in answer.text:
            raise NotifyAddressError
        raise NotifySettingsError

    def close(self) -> None:
        """End the connection."""
        self._client.close()

    def quit(self) -> None:
        """End the connection, as one takes leave of a mail server."""
        self.close()

    def _token(self) -> str:
        """Prove who asks: a token of the service, good for the 30 seconds that Notify allows between two clocks."""
        claims = {"iss": self._service, "iat": int(time.time())}
        return jwt.encode({"alg": "HS256", "typ": "JWT"}, claims, OctKey.import_key(self._secret))

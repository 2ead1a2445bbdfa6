"""A key of its own for each request, sealed by the vault: without it everything said about the person is noise."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from models.requests import InformationRequest
from portal.ground.errors import NotFoundError
from portal.ground.vault import KEY_BYTES, Vault

_NAME = "request"


@dataclass(frozen=True, repr=False)
class RequestKey:
    """The open key of one request; it lives only as long as the act that needs it."""

    vault: Vault

    def seal(self, value: bytes, place: str) -> bytes:
        """Encrypt bytes for one place ("table.column:row")."""
        return self.vault.seal(value, place)

    def open(self, sealed: bytes | None, place: str) -> bytes:
        """Decrypt bytes; what was emptied cannot be found."""
        if sealed is None:
            raise NotFoundError(GONE)
        return self.vault.open(sealed, place)

    def seal_json(self, value: Mapping[str, object], place: str) -> bytes:
        """Encrypt plain data."""
        return self.seal(json.dumps(value, ensure_ascii=False, sort_keys=True).encode(), place)

    def open_json(self, sealed: bytes | None, place: str) -> dict[str, object]:
        """Decrypt plain data."""
        opened: dict[str, object] = json.loads(self.open(sealed, place))
        return opened


GONE = "What was written here has been emptied. Only the line that it was there remains."


def fresh_key(vault: Vault, request_id: str) -> tuple[RequestKey, bytes]:
    """Make a request's key; returns it open, and as it is kept: sealed by the vault."""
    key = secrets.token_bytes(KEY_BYTES)
    return _opened(key), vault.seal(key, f"information_request.data_key:{request_id}")


def open_key(vault: Vault, row: InformationRequest) -> RequestKey:
    """Open a request's key. Raises NotFoundError where its content was emptied."""
    if row.data_key is None:
        raise NotFoundError(GONE)
    return _opened(vault.open(row.data_key, f"information_request.data_key:{row.id}"))


def _opened(key: bytes) -> RequestKey:
    return RequestKey(Vault(keys={_NAME: key}, current=_NAME, pepper=key))

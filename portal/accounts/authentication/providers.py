"""Providers that people may sign in with: a council's Microsoft Entra, or any other that speaks OpenID Connect.

They stand in the file that PORTAL_SIGN_IN_WITH names; without it there are none. Each vouches only for addresses of its own
domains, so that one partner's provider can never sign in as somebody of another.
"""

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from portal.accounts.addresses import problem_with, tidy
from portal.ground.errors import SettingsError

# Entra's addresses for everybody's tenants: anybody can make a tenant, and in it call themselves what they like.
_ANYBODYS = ("/common/", "/organizations/", "/consumers/")
_DOMAIN = re.compile(r"[a-z0-9][a-z0-9-]*(\.[a-z0-9][a-z0-9-]*)+")
_HERE = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, kw_only=True)
class IdentityProvider:
    """One provider, as the file tells it.

    `confirmed_by` says why an address can be believed: "email_verified", the provider says so each time; or "tenant", the
    domains are the provider's own and only their administrators give out addresses in them. `claim` holds the address.
    """

    id: str
    name: str
    issuer: str
    client_id: str
    domains: tuple[str, ...]
    confirmed_by: str
    claim: str = "email"
    client_secret: str = field(default="", repr=False)

    def address_in(self, claims: Mapping[str, object]) -> str:
        """Give the address that a token's claims vouch for, '' where it cannot be believed."""
        told = claims.get(self.claim)
        address = tidy(told) if isinstance(told, str) else ""
        if not address or problem_with(address) or address.rpartition("@")[2] not in self.domains:
            return ""
        confirmed = self.confirmed_by == "tenant" or claims.get("email_verified") is True
        return address if confirmed else ""


@lru_cache(maxsize=4)
def providers(path: Path | None) -> Mapping[str, IdentityProvider]:
    """Read the providers of a file, by id; none where no file is named. Raises SettingsError, naming what is wrong."""
    if path is None:
        return {}
    try:
        if os.name == "posix" and path.stat().st_mode & 0o077:
            raise SettingsError(f"{path.name} holds secrets and can be read by others. Run: chmod 600 on it.")
        rows = tomllib.loads(path.read_text(encoding="utf-8")).get("provider", [])
    except (OSError, ValueError) as error:
        raise SettingsError("PORTAL_SIGN_IN_WITH must name a file of providers (docs/serving.md).") from error
    found = [_provider(row) for row in rows]
    if len({one.id for one in found}) != len(found):
        raise SettingsError("PORTAL_SIGN_IN_WITH names a provider twice.")
    return {one.id: one for one in found}


def may_be_asked(address: str) -> bool:
    """Say whether an address of a provider is fit to be asked: over TLS, or on this machine."""
    parts = urlsplit(address)
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _HERE))


def _provider(row: Mapping[str, object]) -> IdentityProvider:
    known, needed = {one.name for one in fields(IdentityProvider)}, {"id", "name", "issuer", "client_id", "domains"}
    if not needed <= set(row) <= known or "confirmed_by" not in row:
        raise SettingsError(f"A provider in PORTAL_SIGN_IN_WITH must have: {', '.join(sorted(known))}.")
    domains = row["domains"]
    listed = tuple(str(one).lower() for one in domains) if isinstance(domains, list) else ()
    made = IdentityProvider(domains=listed, **{key: str(value) for key, value in row.items() if key != "domains"})
    wrong = {
        "id": not re.fullmatch(r"[a-z0-9-]{1,40}", made.id),
        "name": not made.name.strip(),
        "issuer": not may_be_asked(made.issuer) or any(one in f"{made.issuer}/" for one in _ANYBODYS),
        "domains": not listed or not all(_DOMAIN.fullmatch(one) for one in listed),
        "confirmed_by": made.confirmed_by not in {"email_verified", "tenant"},
        "claim": made.claim != "email" and made.confirmed_by != "tenant",
    }
    for key, is_wrong in wrong.items():
        if is_wrong:
            raise SettingsError(f"A provider in PORTAL_SIGN_IN_WITH has a {key} that cannot be used (docs/serving.md).")
    return made

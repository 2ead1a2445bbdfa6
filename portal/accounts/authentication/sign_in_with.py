"""Asking a provider who somebody is (OpenID Connect, code flow with PKCE). All of it is network: never inside a write."""

import logging
import threading
from dataclasses import dataclass
from typing import Any

import httpx2
from authlib.integrations.httpx_client import OAuth2Client, OAuthError
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from portal.accounts.authentication.providers import IdentityProvider, may_be_asked
from portal.ground.act import Act
from portal.ground.errors import PortalError
from portal.ground.vault import token

log = logging.getLogger("portal.sign_in_with")
_SECONDS = 5
_LEEWAY = 60  # seconds between two clocks
_ALGORITHMS = ["RS256", "PS256", "ES256"]
_AT_ONCE = threading.BoundedSemaphore(8)  # a provider that hangs must not take every thread


class ProviderError(PortalError):
    """The provider did not answer, or what it answered cannot be believed. The log says which, without personal data."""

    message = "We could not sign you in that way. Try again, or use your e-mail address and password"


@dataclass(frozen=True, kw_only=True)
class ProviderSignIn:
    """What the browser keeps, sealed, until it comes back: each is checked then and used once."""

    state: str
    nonce: str
    verifier: str


def start(provider: IdentityProvider, *, back: str) -> tuple[str, ProviderSignIn]:
    """Give the provider's address to go to, and what must be the same on the way back. Raises ProviderError."""
    begun = ProviderSignIn(state=token(), nonce=token(), verifier=token() + token())
    with _asking(provider, back) as client:
        told = _metadata(client, provider)
        address, _ = client.create_authorization_url(
            told["authorization_endpoint"], state=begun.state, nonce=begun.nonce, code_verifier=begun.verifier
        )
    return str(address), begun


def finish(act: Act, provider: IdentityProvider, begun: ProviderSignIn, code: str, *, back: str) -> str:
    """Give the address that the provider vouches for, '' where it vouches for none that we take from it.

    Raises ProviderError.
    """
    with _asking(provider, back) as client:
        told = _metadata(client, provider)
        try:
            answer = client.fetch_token(told["token_endpoint"], code=code, code_verifier=begun.verifier)
            keys = KeySet.import_key_set(_read(client, told["jwks_uri"]))
            found = jwt.decode(answer["id_token"], keys, algorithms=_ALGORITHMS)
            claims = CodeIDToken(
                found.claims,
                found.header,
                {
                    "iss": {"essential": True, "value": provider.issuer},
                    "aud": {"essential": True, "value": provider.client_id},
                },
                {"nonce": begun.nonce, "client_id": provider.client_id},
            )
            claims.validate(now=int(act.at.timestamp()), leeway=_LEEWAY)
        except (OAuthError, JoseError, httpx2.HTTPError, ValueError, KeyError, TypeError) as error:
            raise _refused(provider, error) from error
    return provider.address_in(claims)


class _asking:  # noqa: N801 - used as a function
    """A client for one exchange; refuses at once where too many wait for providers already."""

    def __init__(self, provider: IdentityProvider, back: str) -> None:
        self.provider, self.back = provider, back

    def __enter__(self) -> OAuth2Client:
        if not _AT_ONCE.acquire(blocking=False):
            raise ProviderError
        self.client = OAuth2Client(
            self.provider.client_id,
            self.provider.client_secret or None,
            token_endpoint_auth_method="client_secret_basic" if self.provider.client_secret else "none",
            scope="openid email profile",
            redirect_uri=self.back,
            code_challenge_method="S256",
            timeout=_SECONDS,
            follow_redirects=False,
        )
        return self.client

    def __exit__(self, *_: object) -> None:
        self.client.close()
        _AT_ONCE.release()


def _metadata(client: OAuth2Client, provider: IdentityProvider) -> dict[str, str]:
    """Ask the provider for its own addresses; it must name itself as the settings do."""
    where = f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration"
    try:
        told = _read(client, where)
        found = {key: str(told[key]) for key in ("authorization_endpoint", "token_endpoint", "jwks_uri")}
        its_own = told["issuer"] == provider.issuer and all(may_be_asked(one) for one in found.values())
    except (httpx2.HTTPError, ValueError, KeyError, TypeError) as error:
        raise _refused(provider, error) from error
    if not its_own:
        raise _refused(provider, None)
    return found


def _read(client: OAuth2Client, where: str) -> Any:  # noqa: ANN401 - what another machine answers; each use checks it
    return client.request("GET", where, withhold_token=True).raise_for_status().json()


def _refused(provider: IdentityProvider, error: Exception | None) -> ProviderError:
    log.warning("a provider was not believed", extra={"provider": provider.id, "error": type(error).__name__})
    return ProviderError()

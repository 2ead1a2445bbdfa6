"""Signing in with a provider: out to it, and back into the portal's own session. No account is ever made here."""

import json
from dataclasses import asdict
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from portal.accounts.addresses import network
from portal.accounts.authentication import sign_in_state
from portal.accounts.authentication.known_browsers import browser_cookie, mark_of
from portal.accounts.authentication.providers import IdentityProvider, providers
from portal.accounts.authentication.sign_in import SignInRefusedError, sign_in_as
from portal.accounts.authentication.sign_in_state import WITH_COOKIE
from portal.accounts.authentication.sign_in_with import ProviderError, ProviderSignIn, finish, start
from portal.ground.database import BusyError
from portal.ground.errors import TooManyTriesError
from portal.ground.process.runtime import running
from portal.ground.rate_limits import Limit, attempt, clear
from portal.ground.vault import same
from portal.web.accounts.secret_links import keep_cookie
from portal.web.accounts.sessions import go_on, refused
from portal.web.visitors import act_of, network_address, own_path

_LASTS = 600
# Each step asks the provider, and few are asked at once: a stranger may not hold all their places. Whoever gets in clears it.
_STEPS = Limit(kind="sign-in-with:network", most=60, within=timedelta(hours=1))


def sign_in_with(request: Request) -> Response:
    """Send somebody to a provider. `then` is the page to go on to; it waits in a sealed cookie with what must come back."""
    provider, then = _provider(request), own_path(request.query_params.get("then", "/"))
    if provider is None:
        return PlainTextResponse("There is no page at this address.", status_code=404)
    try:
        attempt(act_of(request), (_STEPS, network(network_address(request))))
        address, begun = start(provider, back=_back(provider))
    except (ProviderError, TooManyTriesError, BusyError) as error:
        return refused({}, then, error.message, "")
    answer = RedirectResponse(address, status_code=303, headers={"Cache-Control": "no-store"})
    state = json.dumps({**asdict(begun), "provider": provider.id, "then": then})
    keep_cookie(answer, WITH_COOKIE, sign_in_state.sealed(running().store, state, WITH_COOKIE), _LASTS)
    return answer


def provider_done(request: Request) -> Response:
    """Take somebody back from a provider: what it says must fit what this browser set out with, and is asked for once."""
    provider = _provider(request)
    kept = sign_in_state.opened(running().store, request.cookies.get(WITH_COOKIE, ""), WITH_COOKIE)
    then = own_path(kept.get("then", "/"))
    try:
        answer = _back_from(request, provider, kept, then)
    except (ProviderError, SignInRefusedError, TooManyTriesError, BusyError) as error:
        answer = refused({}, then, error.message, "")
    answer.delete_cookie(WITH_COOKIE, path="/")
    return answer


def _back_from(request: Request, provider: IdentityProvider | None, kept: dict[str, str], then: str) -> Response:
    code, state = request.query_params.get("code", ""), request.query_params.get("state", "")
    if provider is None or kept.get("provider") != provider.id or not code:
        raise ProviderError
    if not same(state, kept["state"]):
        raise ProviderError
    begun, act = ProviderSignIn(state=kept["state"], nonce=kept["nonce"], verifier=kept["verifier"]), act_of(request)
    where = network(network_address(request))
    attempt(act, (_STEPS, where))
    address = finish(act, provider, begun, code, back=_back(provider))
    mark = mark_of(act, address, request.cookies.get(browser_cookie(act, address), ""))
    found = sign_in_as(act, address, provider=provider.id, address=network_address(request), mark=mark)
    clear(act, _STEPS, where)
    return go_on(request, found, {}, then, address, mark)


def _provider(request: Request) -> IdentityProvider | None:
    return providers(running().settings.sign_in_with).get(request.path_params["id"])


def _back(provider: IdentityProvider) -> str:
    return f"{running().settings.base_url}/sign-in/with/{provider.id}/done"

"""What the sign-in form needs to know again after a refusal, sealed in a cookie of its own for two minutes."""

import base64
import binascii
import json
from dataclasses import dataclass

from portal.ground.act import Store
from portal.ground.vault import DamagedSecretError

STATE_COOKIE = "portal_sign_in"
STEP_COOKIE = "portal_second_step"
LINK_COOKIE = "portal_link"
WITH_COOKIE = "portal_sign_in_with"
_PLACES = {STATE_COOKIE: "cookie.sign-in:state", WITH_COOKIE: "cookie.sign-in:with"}


@dataclass(frozen=True)
class Refusal:
    """What was said, and the address that was typed."""

    sentence: str = ""
    email: str = ""


def sealed(store: Store, state: str, cookie: str = STATE_COOKIE) -> str:
    """Seal the state for a cookie; it opens as no other."""
    return base64.urlsafe_b64encode(store.vault.seal_text(state, _PLACES[cookie])).decode().rstrip("=")


def opened(store: Store, value: str, cookie: str = STATE_COOKIE) -> dict[str, str]:
    """Open what a cookie holds; an empty or foreign one gives nothing."""
    try:
        kept = json.loads(
            store.vault.open_text(base64.urlsafe_b64decode(value + "=" * (-len(value) % 4)), _PLACES[cookie])
        )
    except (DamagedSecretError, binascii.Error, ValueError, IndexError):
        return {}
    return {str(key): str(told) for key, told in kept.items()}


def refusal(store: Store, cookie: str) -> Refusal:
    """Open the cookie; an empty or foreign one gives an empty refusal."""
    kept = opened(store, cookie)
    return Refusal(sentence=kept.get("sentence", ""), email=kept.get("email", ""))

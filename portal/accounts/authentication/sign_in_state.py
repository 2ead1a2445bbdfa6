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
_PLACE = "cookie.sign-in:state"


@dataclass(frozen=True)
class Refusal:
    """What was said, and the address that was typed."""

    sentence: str = ""
    email: str = ""


def sealed(store: Store, state: str) -> str:
    """Seal the state for a cookie."""
    return base64.urlsafe_b64encode(store.vault.seal_text(state, _PLACE)).decode().rstrip("=")


def refusal(store: Store, cookie: str) -> Refusal:
    """Open the cookie; an empty or foreign one gives an empty refusal."""
    try:
        kept = json.loads(store.vault.open_text(base64.urlsafe_b64decode(cookie + "=" * (-len(cookie) % 4)), _PLACE))
        return Refusal(sentence=str(kept["sentence"]), email=str(kept["email"]))
    except (DamagedSecretError, binascii.Error, ValueError, KeyError, IndexError, TypeError):
        return Refusal()

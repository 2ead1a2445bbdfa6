"""Signing with a finger at the door, where script runs: one small script inside the page, allowed by its hash alone.

Clauses: s10.confidentiality.
"""

import base64
import hashlib
import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

_SCRIPT = Path(__file__).resolve().parents[2] / "assets" / "scripts" / "door.js"
_INDENT = re.compile(r"\n\s*")


@lru_cache(maxsize=1)
def door_script() -> str:
    """Give the one script of the door, as it stands inside the page."""
    return _INDENT.sub("\n", _SCRIPT.read_text(encoding="utf-8").strip())


def drawing_field(drawn: str, problem: str, say: Callable[..., str]) -> str:
    """Draw the field to sign with a finger; it stays hidden where no script runs. `problem` is escaped already.

    `drawn` is what was drawn before, as the form sent it; only signs that base64 has are put on the page.
    """
    kept = drawn if re.fullmatch(r"[A-Za-z0-9_=-]{0,10800}", drawn) else ""
    return (
        f'{problem}<div class="draw" id="draw" hidden><p><strong>{say("Sign with your finger")}</strong> {say("(optional)")}</p>'
        f'<canvas width="420" height="130" role="img" aria-label="{say("Field to sign in with a finger or a mouse")}"></canvas>'
        f'<p class="hint" role="status">{say("Your typed name counts too.")}</p>'
        f'<button type="button" class="second">{say("Rub it out")}</button></div>'
        f'<input type="hidden" id="drawing" name="drawing" value="{kept}"><script>{door_script()}</script>'
    )


@lru_cache(maxsize=1)
def door_policy() -> str:
    """Give the content security policy of the door's pages: nothing from anywhere, and this one script."""
    digest = base64.b64encode(hashlib.sha256(door_script().encode()).digest()).decode()
    return (
        f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; img-src data:; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )

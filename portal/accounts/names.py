"""Finding the account of somebody whom a list names: by the name they have, or one that they had."""

import json
from collections.abc import Sequence

from models.accounts import Account
from portal.ground.act import Act
from portal.ground.wording import folded, one_line


def rename(act: Act, row: Account, name: str) -> None:
    """Give an account another name in the open transaction; what lists call its holder still finds them."""
    if row.name and folded(row.name) != folded(name):
        kept = dict.fromkeys([*_former(act, row), folded(row.name)])
        row.former_names = act.store.vault.seal_text(json.dumps([*kept], ensure_ascii=False), _place(row))
    row.name = one_line(name)


def called(act: Act, people: Sequence[Account], name: str) -> list[Account]:
    """List which of these people have a name; where nobody has it, those who had it before."""
    wanted = folded(name)
    now = [one for one in people if folded(one.name) == wanted]
    return now or [one for one in people if wanted in _former(act, one)]


def _former(act: Act, row: Account) -> list[str]:
    if row.former_names is None:
        return []
    found: list[str] = json.loads(act.store.vault.open_text(row.former_names, _place(row)))
    return found


def _place(row: Account) -> str:
    return f"account.former_names:{row.id}"

"""`portal account`: for the first manager and for lock-outs, by whoever runs the machine."""

import argparse
from typing import Any

from portal.accounts.authentication.password_reset import account_id_of, hand_over
from portal.accounts.invitations import invite
from portal.ground.act import SYSTEM, Act, Role, act_now
from portal.ground.errors import AnswersNeededError, NotFoundError, PortalError
from portal.ground.process.runtime import running


def add_account_command(commands: "argparse._SubParsersAction[Any]") -> None:
    """Describe `account create` and `account reset`."""
    account = commands.add_parser("account", help="open an account, or let somebody back in").add_subparsers(
        required=True, metavar="create | reset"
    )
    create = account.add_parser("create", help="print a link that opens an account with a role, once, within 7 days")
    create.add_argument("--email", required=True)
    create.add_argument("--role", required=True, choices=[role.value for role in Role])
    create.add_argument("--organisation", help="the organisation's address in the register, for a partner or approver")
    create.set_defaults(command=create_command)
    reset = account.add_parser("reset", help="print a link to choose a new password, once, within an hour")
    reset.add_argument("--email", required=True)
    reset.set_defaults(command=reset_command)


def create_command(arguments: argparse.Namespace) -> int:
    """Print the link of an invitation."""
    here = running()
    act = _act()
    where = _organisation_id(act, arguments.organisation) if arguments.organisation else None
    try:
        link = invite(act, arguments.email, Role(arguments.role), where, base_url=here.settings.base_url)
    except AnswersNeededError as error:
        raise PortalError(". ".join(error.problems.values()) + ".") from error
    print(f"Open this link within 7 days. It works once:\n{link}")  # noqa: T201 - the answer of a command
    return 0


def reset_command(arguments: argparse.Namespace) -> int:
    """Print the link to a new password."""
    act = _act()
    link = hand_over(act, account_id_of(act, arguments.email), base_url=running().settings.base_url)
    print(f"Open this link within an hour. It works once:\n{link}")  # noqa: T201 - the answer of a command
    return 0


def _act() -> Act:
    return act_now(running().store, SYSTEM)


def _organisation_id(act: Act, name: str) -> str:
    from sqlmodel import select  # noqa: PLC0415 - only this command looks one up by its address

    from models.organisations import Organisation  # noqa: PLC0415
    from portal.ground.database import reading  # noqa: PLC0415
    from portal.ground.wording import slug  # noqa: PLC0415

    with reading(act.store.engine) as session:
        found = session.exec(select(Organisation.id).where(Organisation.slug == slug(name))).first()
    if found is None:
        raise NotFoundError("There is no organisation of that name. Write it as the register does.")
    return found

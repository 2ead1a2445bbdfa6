"""What a person tells about themselves, checked once: name, position, a new password."""

from collections.abc import Iterable

from portal.accounts.authentication import passwords
from portal.documents.layout.fonts import latin_wanted
from portal.ground.wording import NAME_LENGTH, is_name, one_line


def name_problem(typed: str) -> str:
    """Say what is wrong with a name as typed, '' where nothing is; every real name is right."""
    name = one_line(typed)
    if not is_name(name):
        return "Enter your full name"
    if len(name) > NAME_LENGTH:
        return f"Full name must be {NAME_LENGTH} characters or fewer"
    return latin_wanted(name)


def position_problem(typed: str) -> str:
    """Say what is wrong with a position as typed, '' where nothing is."""
    position = one_line(typed)
    if not position:
        return "Enter your job title or role"
    return f"Job title or role must be {NAME_LENGTH} characters or fewer" if len(position) > NAME_LENGTH else ""


def new_account_problems(*, name: str, position: str, password: str, names: Iterable[str] = ()) -> dict[str, str]:
    """Give the problems of what somebody typed to open an account, by field."""
    found = {
        "name": name_problem(name),
        "position": position_problem(position),
        "password": passwords.problem_with(password, [*names, name]),
    }
    return {field: sentence for field, sentence in found.items() if sentence}

"""The messages about accounts. Nothing private in a subject; the secret link stands apart from the words."""

from datetime import timedelta

from portal.ground.vault import token_hash
from portal.record.outbox import SECRET_MARK, Letter

_FOOT = "\n\nIf you did not expect this message, tell your Information Manager."


def invitation(email: str, partnership: str, link: str) -> Letter:
    """Invite somebody to open an account."""
    return Letter(
        template="invitation",
        to=email,
        subject="Open your account on the information sharing portal",
        body=f"{partnership} invites you to use its information sharing portal.\n\nOpen your account within 7 days:\n{SECRET_MARK}\n\nThe link works once.{_FOOT}",
        secret=link,
        about=link_about(link),
    )


def link_about(secret: str) -> str:
    """Name the secret link that a letter carries, by its hash: a link that is used or withdrawn is sent no more."""
    return f"link:{token_hash(secret.rpartition('/')[2])}"


def new_password(email: str, link: str) -> Letter:
    """Send a link to choose a new password."""
    return Letter(
        template="new-password",
        to=email,
        subject="Choose a new password for the information sharing portal",
        body=f"Somebody asked for a new password for your account.\n\nChoose one within an hour:\n{SECRET_MARK}\n\nThe link works once. If this was not you, do nothing: your password stays as it is.{_FOOT}",
        secret=link,
        about=link_about(link),
        good_for=timedelta(hours=1),
    )


def password_changed(email: str, at: str) -> Letter:
    """Tell the owner that their password was changed."""
    return Letter(
        template="password-changed",
        to=email,
        subject="Your password was changed",
        body=f"Your password for the information sharing portal was changed on {at}.\n\nYou are signed out on your other devices. If this was not you, tell your Information Manager at once.",
    )


def second_step_changed(email: str, at: str, *, on: bool) -> Letter:
    """Tell the owner that the second step of their account was turned on or off."""
    return Letter(
        template="second-step-changed",
        to=email,
        subject="The second step of your account was changed",
        body=f"The second step of signing in to the information sharing portal was turned {'on' if on else 'off'} for your account on {at}.\n\nIf this was neither you nor your Information Manager, tell your Information Manager at once.",
    )


def recovery_code_used(email: str, at: str, left: int) -> Letter:
    """Tell the owner that one of their recovery codes signed somebody in."""
    return Letter(
        template="recovery-code-used",
        to=email,
        subject="A recovery code was used for your account",
        body=f"Somebody signed in to the information sharing portal with your password and one of your recovery codes on {at}.\n\nCodes that are left: {left}. You can make new ones on the page of your account.\n\nIf this was not you, change your password and tell your Information Manager at once.",
    )


def new_browser(email: str, at: str) -> Letter:
    """Tell the owner that somebody signed in from a browser that never had."""
    return Letter(
        template="new-browser",
        to=email,
        subject="A new sign-in to your account",
        body=f"Somebody signed in to your account on the information sharing portal on {at}, on a phone or computer that was not used for it before.\n\nIf it was you, do nothing. If it was not you, choose a new password at once: open the portal's sign-in page and press “I do not know my password”. That signs everybody out. Then tell your Information Manager.",
    )


def many_tries(email: str) -> Letter:
    """Tell the owner that somebody keeps trying their password."""
    return Letter(
        template="many-tries",
        to=email,
        subject="Wrong passwords were tried for your account",
        body="Wrong passwords were tried several times for your account on the information sharing portal. Nobody got in.\n\nIf it was you, wait a few minutes and try again, or choose a new password. A browser in which you signed in before need not wait; nor does one in which you open the link to a new password. If it was not you, tell your Information Manager.",
    )


def role_given(email: str, title: str) -> Letter:
    """Tell somebody with an account that they hold a new role."""
    return Letter(
        template="role-given",
        to=email,
        subject="You have a new role on the information sharing portal",
        body=f"Your new role: {title}.\n\nSign in to use it.{_FOOT}",
    )


def address_changed(to: str) -> Letter:
    """Tell the old and the new address of an account that it changed."""
    return Letter(
        template="address-changed",
        to=to,
        subject="The address you sign in with has changed",
        body=f"The e-mail address of an account of the portal was changed.{_FOOT}",
    )


def address_code(to: str, code: str, about: str, lasts: timedelta) -> Letter:
    """Send the code that proves that somebody reads the mail of an address."""
    return Letter(
        template="address-code",
        to=to,
        subject="Your code for the information sharing portal",
        body=f"Somebody wants to sign in to the information sharing portal with this address.\n\nType this code within 10 minutes, or tell it to your Information Manager if they asked you for it:\n{SECRET_MARK}\n\nIf you did not ask for this, do nothing.",
        secret=code,
        about=about,
        good_for=lasts,
    )

"""What a written request must hold (s6 General Disclosure): the ten contents, and what is asked besides."""

from __future__ import annotations

from collections.abc import Mapping

from portal.rules.edition.edition_type import Edition
from portal.rules.edition.forms import RequestContent, RequestExtra


def request_contents(edition: Edition) -> tuple[RequestContent, ...]:
    """Give the ten contents of a written request in their order (s6 General Disclosure)."""
    return tuple(sorted(edition.request_contents, key=lambda one: one.order))


def missing_contents(edition: Edition, filled: Mapping[str, str]) -> tuple[RequestContent, ...]:
    """List the contents that a request must have and has not.

    Args:
        edition: the edition whose list holds.
        filled: content id to what was filled in; blanks count as not filled.
    """
    return tuple(one for one in request_contents(edition) if one.required and not filled.get(one.id, "").strip())


def extras_needed(edition: Edition, *, consent_given: bool) -> tuple[RequestExtra, ...]:
    """List what a request for personal data must say besides the ten.

    Args:
        edition: the edition whose list holds.
        consent_given: whether the person agreed; then no public-interest reason is needed.
    """
    return tuple(
        one for one in edition.request_extras if not (consent_given and one.required_when == "consent is not given")
    )

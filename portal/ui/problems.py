"""Errors as a person meets them: a summary that takes the focus, and the same sentence at the field."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import streamlit as st

from portal.ground.errors import AnswersNeededError, NotAllowedError, PortalError, SignedOutError
from portal.ui.scripts import take_focus
from portal.ui.words import escaped

_KEY = "portal.problems"


@contextmanager
def problems_shown() -> Iterator[None]:
    """Run one act of a page; show what went wrong, if anything, where the person looks.

    What a person typed stays in its fields. An unexpected error is left to the page's last line of defence.
    """
    try:
        yield
    except AnswersNeededError as error:
        summary(error.problems)
    except (NotAllowedError, SignedOutError):
        raise  # a page of its own, not a message on this one
    except PortalError as error:
        summary({"": error.message + (f" ({error.paragraph})" if error.paragraph else "")})


def summary(problems: Mapping[str, str]) -> None:
    """Show the error summary: 'There is a problem', and each sentence as a link to its field.

    The focus moves to it, and the title begins 'Error: '. A field is the widget whose key ends with the problem's name.
    """
    items = "".join(f"<li>{_line(field, sentence)}</li>" for field, sentence in problems.items())
    st.html(
        f'<div class="portal-problems" role="alert" tabindex="-1" id="portal-problems"><h2>There is a problem</h2><ul>{items}</ul></div>'
    )
    take_focus("#portal-problems", error=True)


def _line(field: str, sentence: str) -> str:
    if not field:
        return escaped(sentence)
    return f'<a href="#portal-problems" data-field="{escaped(field)}" target="_self">{escaped(sentence)}</a>'


def keep(problems: Mapping[str, str]) -> None:
    """Remember problems over a rerun, so that they stand above the form that is drawn next."""
    st.session_state[_KEY] = dict(problems)


def kept() -> dict[str, str]:
    """Take the remembered problems, show their summary, and return them for the fields."""
    problems: dict[str, str] = st.session_state.pop(_KEY, {})
    if problems:
        summary(problems)
    return problems


def at_field(problems: Mapping[str, str], field: str) -> None:
    """Repeat a field's sentence beside it."""
    if field in problems:
        st.html(f'<p class="portal-problem"><span class="portal-unseen">Error: </span>{escaped(problems[field])}</p>')


@contextmanager
def problems_kept() -> Iterator[None]:
    """Run one act of a page; what went wrong is shown above the form when the page is drawn again, at once."""
    try:
        yield
    except AnswersNeededError as error:
        keep(error.problems)
        st.rerun()
    except (NotAllowedError, SignedOutError):
        raise
    except PortalError as error:
        keep({"": error.message + (f" ({error.paragraph})" if error.paragraph else "")})
        st.rerun()

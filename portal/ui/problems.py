"""Errors as a person meets them: a summary that takes the focus, and the same sentence at the field."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import streamlit as st

from portal.ground.errors import AnswersNeededError, NotAllowedError, PortalError, SignedOutError
from portal.ui.scripts import take_focus
from portal.ui.words import escaped

_KEY, _NEW = "portal.problems", "portal.problems.new"


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


def summary(problems: Mapping[str, str], *, new: bool = True) -> None:
    """Show the error summary: 'There is a problem', and each sentence as a link to its field.

    The title begins 'Error: ', and the focus moves to a new one. A field is the widget whose key ends with the problem's name.
    """
    items = "".join(f"<li>{_line(field, sentence)}</li>" for field, sentence in problems.items())
    st.html(
        f'<div class="portal-problems" role="alert" tabindex="-1" id="portal-problems"><h2>There is a problem</h2><ul>{items}</ul></div>'
    )
    take_focus("#portal-problems", error=True, move=new)


def _line(field: str, sentence: str) -> str:
    if not field:
        return escaped(sentence)
    return f'<a href="#portal-problems" data-field="{escaped(field)}" target="_self">{escaped(sentence)}</a>'


def keep(problems: Mapping[str, str]) -> None:
    """Remember problems over a rerun, so that they stand above the form that is drawn next."""
    st.session_state[_KEY], st.session_state[_NEW] = dict(problems), True


def kept() -> dict[str, str]:
    """Show the summary of the remembered problems, and return them for the fields.

    They stay until the next try: mending one field must not take the others' sentences away, or move the page.
    """
    problems: dict[str, str] = st.session_state.get(_KEY, {})
    new = st.session_state.pop(_NEW, False)
    if problems:
        summary(problems, new=new)
    return problems


def forget() -> None:
    """Forget problems that were shown: another page is drawn, or another try is made."""
    if _NEW not in st.session_state:
        st.session_state.pop(_KEY, None)


def at_field(problems: Mapping[str, str], field: str) -> None:
    """Repeat a field's sentence beside it."""
    if field in problems:
        st.html(f'<p class="portal-problem"><span class="portal-unseen">Error: </span>{escaped(problems[field])}</p>')


@contextmanager
def problems_kept() -> Iterator[None]:
    """Run one act of a page; what went wrong is shown above the form when the page is drawn again, at once."""
    forget()
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

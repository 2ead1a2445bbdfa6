"""From a request that says 'this sharing is regular' to the statement that should carry it (s6): parties and purpose."""

from dataclasses import dataclass

from portal.ground.access import Permission, allow
from portal.ground.act import Act
from portal.ground.errors import NotFoundError
from portal.requests.case import Case
from portal.requests.forms.drafting import written
from portal.requests.views import open_request
from portal.statements.drafting import answer
from portal.statements.views import open_statement

REGULAR = "regular"


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """What a new statement is filled with: the other parties' ids, the purpose, and why names are needed, as the request says."""

    others: tuple[str, ...] = ()
    purpose: str = ""
    why_named: str = ""


def suggestion(act: Act, *, draft: str = "", request: str = "") -> Suggestion:
    """Read parties and purpose from a draft or a sent request that says the sharing is regular; empty where neither does.

    Clause s6.statement-outside-meetings. Raises NotFoundError for a request that is not this person's to see.
    """
    allow(act, Permission.WRITE_STATEMENT)
    case: Case | None = None
    if draft:
        case = written(act, draft).case
    elif request:
        case = open_request(act, request).case
    if case is None or case.words("setting") != REGULAR:
        return Suggestion()
    ours = act.person.organisation_id
    bodies = [body.id for body in (case.holder, case.asking) if body is not None and body.id != ours]
    return Suggestion(
        others=tuple(bodies), purpose=case.words("purpose"), why_named=case.words("depersonalised_enough.why")
    )


def carry_purpose(act: Act, statement_id: str, purpose: str) -> None:
    """Write the purpose that came from a request into a statement just begun. Raises AnswersNeededError, NotFoundError."""
    if not purpose.strip():
        return
    opened = open_statement(act, statement_id)
    if not any(one.key == "purpose" for one in opened.edition.iss_fields):
        raise NotFoundError
    if not opened.words.answers.get("purpose"):
        answer(act, statement_id, "purpose", purpose, version=opened.version)

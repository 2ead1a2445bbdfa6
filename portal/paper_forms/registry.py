"""The forms that have a twin on paper: which, for which pages, who types them in and where."""

from collections.abc import Callable
from dataclasses import dataclass

from portal.documents.blank_form import BlankForm, BlankPart, blank_form
from portal.documents.layout.letterhead import letterhead
from portal.ground.act import Act
from portal.ground.errors import NotFoundError
from portal.ground.partnership import Facts, facts
from portal.ground.wording import today
from portal.paper_forms import meeting_sheets, sheets
from portal.paper_forms.request import request_parts
from portal.rules.datasets.catalogue import DataSet, data_sets
from portal.rules.edition.edition_type import Edition
from portal.rules.edition.editions import edition_in_force

Make = Callable[[Edition, Facts], tuple[BlankPart, ...]]


@dataclass(frozen=True, kw_only=True)
class PaperForm:
    """A form on paper. `pages` are the addresses of the pages it is the twin of; `then` says what becomes of it."""

    id: str
    title: str
    under: str
    then: str
    pages: tuple[str, ...]
    make: Make


TWINS: tuple[PaperForm, ...] = (
    PaperForm(
        id="sign",
        title="Sign the agreement on paper",
        under="For an organisation that takes part",
        then="Keep the original. Send a copy to the Information Manager, who records it with its scan.",
        pages=("sign", "sign-check"),
        make=sheets.signing,
    ),
    PaperForm(
        id="undertaking",
        title="Confidentiality agreement",
        under="For one person, at their first meeting",
        then="Give it to the Chair. The Chair types your name in, adds the scan and keeps the paper.",
        pages=("join",),
        make=meeting_sheets.undertaking,
    ),
    PaperForm(
        id="request",
        title="Request for information about a person",
        under="The written request of Section 6, and the check of Section 4",
        then="Type it in at Ask for information, before it is sent. The same checks hold. Then shred the paper.",
        pages=("request", "request-begin", "request-tasks", "request-answer", "request-check"),
        make=request_parts,
    ),
    PaperForm(
        id="urgent-request",
        title="Urgent request for information",
        under="For the phone: fill it in while you ask",
        then="Type it in at Ask urgently the same day. The full record follows within two working days.",
        pages=("request-urgent",),
        make=sheets.urgent_request,
    ),
    PaperForm(
        id="without-names",
        title="Request for information without names",
        under="For figures and facts that name nobody",
        then="Give it to the organisation that holds the information, or to the Community Safety Officer.",
        pages=("request-without-names",),
        make=sheets.without_names,
    ),
    PaperForm(
        id="statement",
        title="Information Sharing Statement",
        under="Appendix 5: for sharing that comes again and again",
        then="Type it in at Statements. Every party signs there, or on this paper, and each gets a copy.",
        pages=("statements", "statement-new", "statement-write"),
        make=sheets.statement,
    ),
    PaperForm(
        id="notice",
        title="Notice: stop for now, start again, or leave",
        under="Section 14: in writing to the Chair",
        then="Give it to the Chair or the Information Manager, who records it. It holds at once.",
        pages=("notice",),
        make=sheets.notice,
    ),
    PaperForm(
        id="breach",
        title="Report a loss",
        under="Section 9: shared information was lost, seen or used wrongly",
        then="Type it in at Report a loss within the hour. Those it concerns are told at once.",
        pages=("breaches", "breach-report"),
        make=sheets.breach,
    ),
    PaperForm(
        id="access-request",
        title="Access request",
        under="For whoever takes a request for information in by phone or in person",
        then="Type it in at Access requests on the day it comes. Its last day is worked out there.",
        pages=("access-requests", "access-new"),
        make=sheets.access_request,
    ),
    PaperForm(
        id="complaint",
        title="Complain about how your information is used",
        under="For anybody, without an account",
        then="Give it to the Information Manager, who types it in at Log a complaint. You hear within 30 days that it came.",
        pages=("complain", "complaints", "complaint-log"),
        make=sheets.complaint,
    ),
    PaperForm(
        id="urgent-wish",
        title="Wish to pass something on",
        under="For somebody who signed at a meeting",
        then="Give it to the Chair of the meeting, who types it in and decides. Pass nothing on before.",
        pages=("meeting-wishes",),
        make=meeting_sheets.wish,
    ),
)
BY_ID = {one.id: one for one in TWINS}
OF_PAGE = {page: one for one in TWINS for page in one.pages}
_RETURN = "return-"


def return_sheets(act: Act) -> tuple[tuple[str, str], ...]:
    """Give the sheets for counts, one for each data set of the edition in force: address and title."""
    return tuple((f"{_RETURN}{one.id}", one.title) for one in data_sets(edition_in_force(today(act.at)).id))


def paper_of(act: Act, twin_id: str) -> bytes:
    """Make a form to fill in by hand, in the words of the edition in force. Raises NotFoundError for any other name."""
    known, edition = facts(act.store), edition_in_force(today(act.at))
    twin = BY_ID.get(twin_id) or _return(twin_id, edition)
    if twin is None:
        raise NotFoundError
    head = letterhead(act, f"Form {twin.id}")
    form = BlankForm(
        title=twin.title,
        under=twin.under,
        then=twin.then,
        parts=twin.make(edition, known),
        edition=edition.about.short_title,
        sha256=edition.hash,
    )
    return blank_form(head, form)


def _return(twin_id: str, edition: Edition) -> PaperForm | None:
    found = next((one for one in data_sets(edition.id) if twin_id == f"{_RETURN}{one.id}"), None)
    return _of(found) if found else None


def _of(found: DataSet) -> PaperForm:
    return PaperForm(
        id=f"{_RETURN}{found.id}",
        title=f"Return: {found.title}",
        under="Appendix 1: for one quarter",
        then="Copy it into the spreadsheet of Send a return. The same checks hold. Write no name here.",
        pages=(),
        make=lambda _edition, _known: sheets.counts(found),
    )

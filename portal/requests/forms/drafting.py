"""Writing a request: a draft that is saved page by page, sealed, and resumed by whoever began it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from portal.agreement.notices.standing import require_active
from portal.ground import drafts
from portal.ground.access import Permission, allow
from portal.ground.act import Act
from portal.ground.database import reading
from portal.ground.errors import AnswersNeededError, NotFoundError
from portal.ground.partnership import confirmed_facts, facts
from portal.ground.wording import paragraphs, today
from portal.requests.case import Case, Colleague
from portal.requests.exchange.section4_check import known_gateways
from portal.requests.forms.contents import problem_of, with_answers
from portal.requests.forms.fields import QuestionPage
from portal.requests.forms.form_validation import given, take
from portal.requests.forms.questions import page_of
from portal.requests.forms.tasks import BY_ID, RequestTask, tasks_of, waits
from portal.requests.participants import bodies_to_ask, body, colleagues, own_organisation
from portal.rules.edition.editions import edition_in_force

JOURNEY = "request"
# The secure default, and what a written request is: both can be changed.
_TO_BEGIN = {"reply": "portal", "setting": "request", "depersonalised_enough": "no"}
_MOST_WORDS = 2000


@dataclass(frozen=True, kw_only=True)
class RequestDraft:
    """A draft as it stands."""

    id: str
    case: Case
    saved_at: datetime
    expires_at: datetime
    sent_as: str = ""


def begin_request(act: Act, why_names: str) -> str:
    """Begin a request, once it is said why information without names would not do; returns the draft's id.

    Raises AnswersNeededError without the reason (clause s6.prefer-depersonalised), NotActiveError where the
    organisation takes no part in the agreement.
    """
    organisation_id = own_organisation(act)
    allow(act, Permission.ASK, organisation_id)
    require_active(act.store, organisation_id)
    words = paragraphs(why_names)
    if not words:
        raise AnswersNeededError({"why": "Say why information without names would not do."})
    if len(words) > _MOST_WORDS:
        raise AnswersNeededError({"why": f"The reason must be {_MOST_WORDS:,} characters or fewer."})
    begun, _ = drafts.begin(act, JOURNEY, {**_TO_BEGIN, "depersonalised_enough.why": words})
    return begun.id


def written(act: Act, draft_id: str) -> RequestDraft:
    """Give a draft of the person who acts. Raises NotFoundError for anybody else's."""
    allow(act, Permission.ASK)
    begun = drafts.resume(act, JOURNEY, draft_id=draft_id)
    return _shown(act, begun)


def my_drafts(act: Act) -> list[RequestDraft]:
    """List the person's unfinished requests, the newest first."""
    allow(act, Permission.ASK)
    return [_shown(act, begun) for begun in drafts.held(act, JOURNEY)]


def save_task(act: Act, draft_id: str, task_id: str, typed: Mapping[str, object]) -> RequestDraft:
    """Check one page and save it at once.

    Raises AnswersNeededError with a sentence for each field; NotFoundError for an unknown task or draft.
    """
    before = written(act, draft_id)
    task = BY_ID.get(task_id)
    if task is None or before.sent_as:
        raise NotFoundError
    bodies = bodies_to_ask(act) if task.id == "holder" else ()
    answers = take(before.case, task, typed, bodies, today(act.at))
    return _shown(act, drafts.save(act, JOURNEY, answers, draft_id=draft_id))


def discard_request(act: Act, draft_id: str) -> None:
    """Delete a draft that is not wanted any more."""
    allow(act, Permission.ASK)
    drafts.discard(act, JOURNEY, draft_id=draft_id)


def case_of(act: Act, answers: Mapping[str, object]) -> Case:
    """Put answers together with who asks, who is asked, and the edition in force today."""
    store = act.store
    edition = edition_in_force(today(act.at))
    organisation_id = own_organisation(act)
    holder_id = answers.get("holder")
    with reading(store.engine) as session:
        asking = body(session, organisation_id)
        holder = body(session, holder_id) if isinstance(holder_id, str) and holder_id else None
        people = colleagues(session, organisation_id)
    case = Case(
        edition=edition,
        asking=asking,
        holder=holder,
        requester=Colleague(id=act.person.id, name=act.person.name, position=act.person.position),
        colleagues=people,
        confirmed=frozenset(known_gateways(edition, _confirmed_gateways(act, edition.id))),
        weighing=facts(store).weighing,
    )
    return with_answers(case, dict(answers))


def _confirmed_gateways(act: Act, edition_id: str) -> frozenset[str]:
    named = (fact.partition("/") for fact in confirmed_facts(act.store, edition_id))
    return frozenset(fact_id for table, _, fact_id in named if table == "gateways")


def _shown(act: Act, begun: drafts.Begun) -> RequestDraft:
    return RequestDraft(
        id=begun.id,
        case=case_of(act, begun.answers),
        saved_at=begun.saved_at,
        expires_at=begun.expires_at,
        sent_as=begun.outcome if begun.finished_at else "",
    )


@dataclass(frozen=True, kw_only=True)
class DraftPage:
    """One page of a draft, ready to be drawn: its fields, what stands in them, how far one has come."""

    draft: RequestDraft
    task: RequestTask
    page: QuestionPage
    given: Mapping[str, object]
    number: int
    of: int


def question_of(act: Act, draft_id: str, task_id: str) -> DraftPage:
    """Give one page of a draft. Raises NotFoundError for an unknown task, or another person's draft."""
    draft = written(act, draft_id)
    task = BY_ID.get(task_id)
    if task is None or draft.sent_as:
        raise NotFoundError
    page = page_of(draft.case, task, bodies_to_ask(act) if task.id == "holder" else ())
    group = [one for one in tasks_of(draft.case) if one.group == task.group]
    number = group.index(task) + 1 if task in group else 1
    values = {field.key: given(draft.case, field) for field in page.fields}
    return DraftPage(draft=draft, task=task, page=page, given=values, number=number, of=len(group))


def next_task(case: Case, task: RequestTask) -> str:
    """Give the next task of the same group that can be answered and is not finished; '' where the list comes next."""
    group = [one for one in tasks_of(case) if one.group == task.group]
    after = group[group.index(task) + 1 :] if task in group else []
    return next((one.id for one in after if not waits(case, one) and problem_of(case, one)), "")

"""Writing a request: a draft that is saved page by page, sealed, and resumed by whoever began it."""

from collections.abc import Iterator, Mapping, Sequence
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
from portal.requests.case import Body, Case, Colleague
from portal.requests.exchange.section4_check import known_gateways
from portal.requests.forms.contents import problem_of, with_answers
from portal.requests.forms.data_subject import age_problem
from portal.requests.forms.fields import QuestionPage
from portal.requests.forms.form_validation import given, take
from portal.requests.forms.questions import page_of
from portal.requests.forms.tasks import BY_ID, SCREENS, RequestTask, screen_with, tasks_of, waits
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


def save_task(
    act: Act, draft_id: str, task_id: str, typed: Mapping[str, object], *, leave: bool = False
) -> RequestDraft:
    """Check one task and save it at once; see `save_screen`."""
    return _save(act, draft_id, task_id, (BY_ID[task_id],) if task_id in BY_ID else (), typed, leave=leave)


def save_screen(
    act: Act, draft_id: str, task_id: str, typed: Mapping[str, object], *, leave: bool = False
) -> RequestDraft:
    """Check all that stands on the screen of a task and save it at once.

    With `leave` what is unfinished is kept as it is, to be finished later. Raises AnswersNeededError with a sentence for
    each field; NotFoundError for an unknown task or draft.
    """
    return _save(act, draft_id, task_id, screen_with(task_id) if task_id in BY_ID else (), typed, leave=leave)


def _save(
    act: Act,
    draft_id: str,
    task_id: str,
    tasks: Sequence[RequestTask],
    typed: Mapping[str, object],
    *,
    leave: bool,
) -> RequestDraft:
    before = written(act, draft_id)
    if not tasks or before.sent_as:
        raise NotFoundError
    bodies = bodies_to_ask(act) if "holder" in {one.id for one in tasks} else ()
    answers: dict[str, object] = {}
    problems: dict[str, str] = {}
    for task in tasks:
        case = with_answers(before.case, {**_chosen(typed), **answers})
        if _told_by_birth(task, typed) or (task.id != task_id and not is_asked(case, task)):
            continue
        try:
            answers |= take(case, task, typed, bodies, today(act.at), leave=leave)
        except AnswersNeededError as error:
            problems |= error.problems
    if not leave and {"subject", "subject_child"} & {task.id for task in tasks}:
        problems |= age_problem(with_answers(before.case, answers))
    if problems:
        raise AnswersNeededError(problems)
    return _shown(act, drafts.save(act, JOURNEY, answers, draft_id=draft_id))


def _told_by_birth(task: RequestTask, typed: Mapping[str, object]) -> bool:
    """Say whether the date of birth on the same screen tells the age, so that it is not asked a second time."""
    return task.id == "subject_child" and typed.get("subject.age") == "born"


def _chosen(typed: Mapping[str, object]) -> dict[str, object]:
    """Give the single answers on a screen: one of them may open the next."""
    return {key: value for key, value in typed.items() if isinstance(value, str)}


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


def _shown(act: Act, begun: drafts.SavedDraft) -> RequestDraft:
    return RequestDraft(
        id=begun.id,
        case=case_of(act, begun.answers),
        saved_at=begun.saved_at,
        expires_at=begun.expires_at,
        sent_as=begun.outcome if begun.finished_at else "",
    )


@dataclass(frozen=True, kw_only=True)
class DraftPart:
    """One task of a screen, ready to be drawn: its fields, and what stands in them."""

    task: RequestTask
    page: QuestionPage
    given: Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class DraftScreen:
    """One screen of a draft: the tasks asked together, and how many screens are left with this one."""

    draft: RequestDraft
    task: RequestTask
    left: int
    bodies: tuple[Body, ...]

    def parts(self, typed: Mapping[str, object]) -> Iterator[DraftPart]:
        """Give the parts one by one; `typed` is filled by the page as they are drawn, and may open the next."""
        for task in screen_with(self.task.id):
            case = with_answers(self.draft.case, _chosen(typed))
            if not _told_by_birth(task, typed) and (task.id == self.task.id or is_asked(case, task)):
                page = page_of(case, task, self.bodies)
                values = {field.key: given(self.draft.case, field) for field in page.fields}
                yield DraftPart(task=task, page=page, given=values)


def screen_of(act: Act, draft_id: str, task_id: str) -> DraftScreen:
    """Give the screen of a task. Raises NotFoundError for an unknown task, or another person's draft."""
    draft = written(act, draft_id)
    task = BY_ID.get(task_id)
    if task is None or draft.sent_as:
        raise NotFoundError
    bodies = tuple(bodies_to_ask(act)) if "holder" in {one.id for one in screen_with(task_id)} else ()
    ahead = {*unfinished_screens(draft.case), screen_with(task_id)}
    return DraftScreen(draft=draft, task=task, left=len(ahead), bodies=bodies)


def next_screen(case: Case, task_id: str = "") -> str:
    """Give the task that leads to the next unfinished screen after one, or to the first; '' where all are finished."""
    order = [screen_with(one[0]) for one in SCREENS]
    here = screen_with(task_id) if task_id else ()
    after = order[order.index(here) + 1 :] if here in order else order
    ahead = [one for one in unfinished_screens(case) if any(not waits(case, task) for task in one)]
    found = next((one for one in after if one in ahead), next((one for one in ahead if one != here), ()))
    return next((task.id for task in found if not waits(case, task) and problem_of(case, task)), "")


def unfinished_screens(case: Case) -> tuple[tuple[RequestTask, ...], ...]:
    """List the screens that hold something to answer, those that may yet be asked counted too."""
    open_now = [task for task in tasks_of(case) if waits(case, task) or problem_of(case, task)]
    return tuple(dict.fromkeys(screen_with(task.id) for task in open_now))


def is_asked(case: Case, task: RequestTask) -> bool:
    """Say whether a task is asked on these answers."""
    return task in tasks_of(case) and not waits(case, task)

"""The table of tasks: what a request is made of, in which group, and which question or content each one answers."""

from dataclasses import dataclass

from portal.requests.case import Case
from portal.requests.exchange.section4_check import open_questions

GROUPS = (
    "About your request",
    "About the person",
    "Why you need it",
    "Check if you can share (Section 4)",
    "Who will see it, and your promise",
)


@dataclass(frozen=True, kw_only=True)
class RequestTask:
    """One task, one page. `content` is one of the ten contents, `question` a question of the Section 4 check."""

    id: str
    group: int
    title: str
    content: str = ""
    question: str = ""


TASKS: tuple[RequestTask, ...] = (
    RequestTask(id="holder", group=0, title="Who you are asking"),
    RequestTask(id="requester", group=0, title="Your name and post", content="requester"),
    RequestTask(id="reply", group=0, title="Where the answer goes", content="secure_reply"),
    RequestTask(id="urgent", group=0, title="How soon you need it", question="urgent"),
    RequestTask(id="subject", group=1, title="The person's name, and what helps to find them", content="subject"),
    RequestTask(id="data_type", group=2, title="What kind of information", question="data_type"),
    RequestTask(
        id="depersonalised_enough",
        group=2,
        title="Why information without names would not do",
        question="depersonalised_enough",
    ),
    RequestTask(id="items", group=2, title="What you want to know, item by item", content="information"),
    RequestTask(id="purpose", group=2, title="What it is for", content="purpose", question="purpose_in_scope"),
    RequestTask(id="gateway", group=2, title="The reason in law", content="gateway", question="gateway"),
    RequestTask(id="necessity", group=2, title="Why you need it", content="necessity"),
    RequestTask(id="effect", group=2, title="How it would prevent crime or anti-social behaviour", content="effect"),
    RequestTask(id="consent", group=2, title="Has the person agreed?", question="consent"),
    RequestTask(id="investigation", group=3, title="Is there a live investigation?", question="investigation"),
    RequestTask(id="subject_child", group=3, title="Is the person under 18?", question="subject_child"),
    RequestTask(id="law_considered", group=3, title="The laws you have thought about", question="law_considered"),
    RequestTask(id="subject_role", group=3, title="Whose risk it is", question="subject_role"),
    RequestTask(id="hra_aim", group=3, title="The aim that needs it", question="hra_aim"),
    RequestTask(id="hra_vulnerable", group=3, title="Protecting someone at risk", question="hra_vulnerable"),
    RequestTask(id="hra_risk", group=3, title="The risk to others", question="hra_risk"),
    RequestTask(
        id="hra_vulnerability", group=3, title="How easily others at risk could be hurt", question="hra_vulnerability"
    ),
    RequestTask(id="hra_own_risk", group=3, title="How badly the person could be hurt", question="hra_own_risk"),
    RequestTask(id="hra_impact", group=3, title="What it could do to the person", question="hra_impact"),
    RequestTask(id="public_interest_reason", group=3, title="The public interest", question="public_interest_reason"),
    RequestTask(id="hra_proportionate", group=3, title="Is it a fair response?", question="hra_proportionate"),
    RequestTask(id="hra_less_intrusive", group=3, title="Is there a gentler way?", question="hra_less_intrusive"),
    RequestTask(id="amount_minimum", group=3, title="No more than you need", question="amount_minimum"),
    RequestTask(id="people_minimum", group=4, title="Who will see the answer", question="people_minimum"),
    RequestTask(id="retention", group=4, title="How long you will keep it"),
    RequestTask(id="setting", group=4, title="How it will be shared", question="setting"),
    RequestTask(
        id="undertaking", group=4, title="Your promise to use it for this only", content="single_purpose_clause"
    ),
)
BY_ID = {task.id: task for task in TASKS}
# What is asked together on one screen, in an order that can end early: whom, what, why, by which law, then the weighing.
# A task that stands in none of them is a screen by itself.
SCREENS: tuple[tuple[str, ...], ...] = (
    ("holder", "urgent"),
    ("data_type", "items", "amount_minimum"),
    ("purpose", "necessity", "effect"),
    ("gateway",),
    ("investigation", "law_considered", "consent"),
    ("subject_role", "hra_risk", "hra_vulnerability", "hra_own_risk"),
    ("hra_aim", "hra_vulnerable", "public_interest_reason"),
    ("hra_impact", "hra_proportionate", "hra_less_intrusive"),
    ("subject", "subject_child"),
    ("people_minimum", "retention", "requester", "undertaking"),
)
# Whether these are asked depends on other answers; until those are given they are shown as waiting.
_AFTER_CONSENT_AND_LAW = frozenset(
    {
        "subject_role",
        "hra_aim",
        "hra_vulnerable",
        "hra_risk",
        "hra_vulnerability",
        "hra_impact",
        "hra_less_intrusive",
        "public_interest_reason",
    }
)


def screen_with(task_id: str) -> tuple[RequestTask, ...]:
    """Give the tasks that are asked on one screen with this one, in their order."""
    found = next((screen for screen in SCREENS if task_id in screen), (task_id,))
    return tuple(BY_ID[one] for one in found)


def tasks_of(case: Case) -> tuple[RequestTask, ...]:
    """List the tasks of this request: those that stand in every one, those whose question is open, those that may yet be."""
    opened = {question.id for question in open_questions(case)}
    return tuple(task for task in TASKS if not task.question or task.question in opened or waits(case, task))


def waits(case: Case, task: RequestTask) -> bool:
    """Say whether a task cannot start yet, since another answer decides whether it is asked."""
    if task.question in {question.id for question in open_questions(case)}:
        return False
    return task.id in _AFTER_CONSENT_AND_LAW and not (case.words("consent") and case.picked("gateway") and case.holder)


def waits_for(case: Case) -> tuple[str, ...]:
    """Name the answers that a task which cannot start yet waits for."""
    needed = (("whom you ask", case.holder), ("the law", case.picked("gateway")), ("consent", case.words("consent")))
    return tuple(name for name, given in needed if not given)

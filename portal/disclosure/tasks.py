"""The table of tasks: what a request is made of, in which group, and which question or content each one answers."""

from dataclasses import dataclass

from portal.disclosure.case import Case
from portal.disclosure.checking import open_questions

GROUPS = (
    "About your request",
    "About the person",
    "Why you need it",
    "Check if you can share (Section 4)",
    "Who will see it, and your promise",
)


@dataclass(frozen=True, kw_only=True)
class Task:
    """One task, one page. `content` is one of the ten contents, `question` a question of the Section 4 check."""

    id: str
    group: int
    title: str
    content: str = ""
    question: str = ""


TASKS: tuple[Task, ...] = (
    Task(id="holder", group=0, title="Who you are asking"),
    Task(id="requester", group=0, title="Your name and post", content="requester"),
    Task(id="reply", group=0, title="Where the answer goes", content="secure_reply"),
    Task(id="urgent", group=0, title="How soon you need it", question="urgent"),
    Task(id="subject", group=1, title="The person's name, and what helps to find them", content="subject"),
    Task(id="data_type", group=2, title="What kind of information", question="data_type"),
    Task(
        id="depersonalised_enough",
        group=2,
        title="Why information without names would not do",
        question="depersonalised_enough",
    ),
    Task(id="items", group=2, title="What you want to know, item by item", content="information"),
    Task(id="purpose", group=2, title="What it is for", content="purpose", question="purpose_in_scope"),
    Task(id="gateway", group=2, title="The reason in law", content="gateway", question="gateway"),
    Task(id="necessity", group=2, title="Why you need it", content="necessity"),
    Task(id="effect", group=2, title="How it would prevent crime or anti-social behaviour", content="effect"),
    Task(id="consent", group=2, title="Has the person agreed?", question="consent"),
    Task(id="investigation", group=3, title="Is there a live investigation?", question="investigation"),
    Task(id="law_considered", group=3, title="The laws you have thought about", question="law_considered"),
    Task(id="hra_aim", group=3, title="The aim that needs it", question="hra_aim"),
    Task(id="hra_vulnerable", group=3, title="Protecting someone at risk", question="hra_vulnerable"),
    Task(id="hra_risk", group=3, title="The risk to others", question="hra_risk"),
    Task(
        id="hra_vulnerability", group=3, title="How easily people at risk could be hurt", question="hra_vulnerability"
    ),
    Task(id="hra_impact", group=3, title="What it could do to the person", question="hra_impact"),
    Task(id="public_interest_reason", group=3, title="The public interest", question="public_interest_reason"),
    Task(id="hra_proportionate", group=3, title="Is it a fair response?", question="hra_proportionate"),
    Task(id="hra_less_intrusive", group=3, title="Is there a gentler way?", question="hra_less_intrusive"),
    Task(id="amount_minimum", group=3, title="No more than you need", question="amount_minimum"),
    Task(id="schedule2", group=3, title="The basis in data protection law", question="schedule2"),
    Task(id="schedule3", group=3, title="The extra condition for sensitive facts", question="schedule3"),
    Task(id="people_minimum", group=4, title="Who will see the answer", question="people_minimum"),
    Task(id="retention", group=4, title="How long you will keep it"),
    Task(id="setting", group=4, title="How it will be shared", question="setting"),
    Task(id="undertaking", group=4, title="Your promise to use it for this only", content="single_purpose_clause"),
)
BY_ID = {task.id: task for task in TASKS}
# Whether these are asked depends on other answers; until those are given they are shown as waiting.
_AFTER_CONSENT_AND_LAW = frozenset(
    {
        "hra_aim",
        "hra_vulnerable",
        "hra_risk",
        "hra_vulnerability",
        "hra_impact",
        "hra_less_intrusive",
        "public_interest_reason",
    }
)


def tasks_of(case: Case) -> tuple[Task, ...]:
    """List the tasks of this request: those that stand in every one, those whose question is open, those that may yet be."""
    opened = {question.id for question in open_questions(case)}
    return tuple(task for task in TASKS if not task.question or task.question in opened or waits(case, task))


def waits(case: Case, task: Task) -> bool:
    """Say whether a task cannot start yet, since another answer decides whether it is asked."""
    if task.question in {question.id for question in open_questions(case)}:
        return False
    if task.id == "schedule3":
        return not case.words("data_type")
    return task.id in _AFTER_CONSENT_AND_LAW and not (case.words("consent") and case.picked("gateway") and case.holder)

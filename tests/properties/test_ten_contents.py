"""Whatever is typed and whatever is left out: a request goes out whole, or not at all."""

from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.ground.errors import AnswersNeededError
from portal.requests.case import Body, Case, Colleague, from_json, to_json
from portal.requests.exchange.section4_check import WHOM, advice, advises_sending, check_of, holds, under
from portal.requests.forms.contents import TaskStatus, extras, missing, status, task_list, ten
from portal.requests.forms.form_validation import given as standing_in
from portal.requests.forms.form_validation import take
from portal.requests.forms.questions import page_of
from portal.requests.forms.tasks import TASKS, tasks_of, waits
from portal.rules.edition.editions import edition, editions
from tests.request_builders import answers_for

CLERK = Colleague(id="clerk", name="Ann Clerk", position="Clerk")
FRIEND = Colleague(id="friend", name="Cal League", position="Warden")
POLICE = Body(id="police", name="Anyshire Police", kind="police")
WHOLE = answers_for(SimpleNamespace(police=POLICE, colleague=FRIEND))
BLANKS = ["", "   ", "\u200b", "\u00ad\u2060", None, [], [{"what": " ", "why": ""}], False]


def a_case(edition_id, answers):
    return Case(
        edition=edition(edition_id),
        asking=Body(id="council", name="Anytown Borough Council", kind="local_authority"),
        holder=POLICE if answers.get("holder") == POLICE.id else None,
        requester=CLERK,
        colleagues=(CLERK, FRIEND),
        answers=answers,
    )


def answers_in(edition_id):
    return {key: value for key, value in WHOLE.items() if key != "subject_child" or edition_id != "2009"}


EDITIONS = [edition.id for edition in editions()]


@pytest.mark.clause("s6.request.in-writing")
@pytest.mark.parametrize("edition_id", EDITIONS)
def test_a_whole_request_is_whole_in_both_editions(edition_id):
    case = a_case(edition_id, answers_in(edition_id))
    assert missing(case) == {}
    assert len(ten(case)) == 10
    assert all(line.value for line in (*ten(case), *extras(case)))
    assert advises_sending(check_of(case))


@pytest.mark.parametrize("edition_id", EDITIONS)
@pytest.mark.parametrize(
    ("key", "task"),
    [
        pytest.param("subject.family", "subject", marks=pytest.mark.clause("s6.request.individual")),
        pytest.param("items", "items", marks=pytest.mark.clause("s6.request.details")),
        pytest.param("purpose", "purpose", marks=pytest.mark.clause("s6.request.purpose")),
        pytest.param("gateway", "gateway", marks=pytest.mark.clause("s6.request.gateway")),
        pytest.param("necessity", "necessity", marks=pytest.mark.clause("s6.request.necessity")),
        pytest.param("effect", "effect", marks=pytest.mark.clause("s6.request.effect")),
        pytest.param("undertaking", "undertaking", marks=pytest.mark.clause("s6.request.only-that-purpose")),
        pytest.param("reply", "reply", marks=pytest.mark.clause("s6.request.secure-reply")),
        pytest.param("consent", "consent", marks=pytest.mark.clause("s6.request.consent")),
        ("subject_role", "subject_role"),
        ("holder", "holder"),
        ("urgent", "urgent"),
        ("retention", "retention"),
        ("investigation", "investigation"),
        pytest.param("law_considered", "law_considered", marks=pytest.mark.clause("s4.legislation")),
        pytest.param("hra_risk", "hra_risk", marks=pytest.mark.clause("s4.hra.risk-to-others")),
        pytest.param("hra_vulnerability", "hra_vulnerability", marks=pytest.mark.clause("s4.hra.vulnerability")),
        pytest.param("hra_impact", "hra_impact", marks=pytest.mark.clause("s4.hra.impact")),
        pytest.param("hra_aim", "hra_aim", marks=pytest.mark.clause("s4.hra.necessary-crime")),
        pytest.param("hra_vulnerable", "hra_vulnerable", marks=pytest.mark.clause("s4.hra.necessary-vulnerable")),
        pytest.param("hra_proportionate", "hra_proportionate", marks=pytest.mark.clause("s4.hra.proportionate")),
        pytest.param("people_minimum", "people_minimum", marks=pytest.mark.clause("s4.proportionality.people")),
        pytest.param("amount_minimum", "amount_minimum", marks=pytest.mark.clause("s4.proportionality.amount")),
    ],
)
@given(blank=st.sampled_from(BLANKS))
@settings(max_examples=8, deadline=None)
def test_each_part_left_blank_keeps_the_request_back(edition_id, key, task, blank):
    answers = answers_in(edition_id)
    left = {**answers, key: blank, "holder": blank} if key == "holder" else {**answers, key: blank}
    case = a_case(edition_id, left)
    assert task in missing(case)
    assert (
        dict(row for _, rows in task_list(case) for row in ((t.id, s) for t, s in rows))[task]
        is not TaskStatus.COMPLETED
    )


@pytest.mark.parametrize("edition_id", EDITIONS)
@given(kept=st.sets(st.sampled_from(sorted(WHOLE))))
@settings(max_examples=150, deadline=None)
def test_any_part_of_a_request_can_be_shown_and_an_unfinished_one_stays(edition_id, kept):
    answers = {key: value for key, value in answers_in(edition_id).items() if key in kept}
    case = a_case(edition_id, answers)
    check = check_of(case)
    assert advice(check).title
    for task in tasks_of(case):
        page_of(case, task, [POLICE])
        assert status(case, task, check) in TaskStatus
    if not missing(case):
        assert check.complete or check.outcome == "not_needed"
    if advises_sending(check):
        assert set(holds(check)) <= set(WHOM)
    again = from_json(to_json(case))
    assert check_of(again).as_json() == check.as_json()
    assert ten(again) == ten(case)
    for other in editions():
        assert advice(check_of(under(case, other))).title


ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.text(max_size=30),
    st.lists(st.text(max_size=5), max_size=4),
    st.lists(st.dictionaries(st.sampled_from(["what", "why"]), st.text(max_size=9)), max_size=3),
)


@pytest.mark.parametrize("task", [pytest.param(task, id=task.id) for task in TASKS])
@given(data=st.data())
@settings(max_examples=30, deadline=None)
def test_whatever_comes_from_a_page_is_saved_clean_or_answered_with_a_sentence(task, data):
    case = a_case("2026", answers_in("2026"))
    fields = page_of(case, task, [POLICE]).fields
    typed = {field.key: data.draw(st.one_of(ANYTHING, st.just(standing_in(case, field)))) for field in fields}
    answers, problems = taken(case, task, typed)
    assert all(sentence.endswith(".") for sentence in problems.values())
    if problems:
        return
    for field in fields:
        value = answers.get(field.key, "")
        if field.kind in {"radio", "pick"} and field.is_shown(typed):
            assert value in {option.value for option in field.options}
        if isinstance(value, str):
            assert len(value) <= field.limit
            assert "\x00" not in value


def taken(case, task, typed):
    try:
        return take(case, task, typed, [POLICE]), {}
    except AnswersNeededError as error:
        return {}, error.problems


def test_a_task_that_waits_is_never_counted_as_missing():
    case = a_case("2026", {"depersonalised_enough": "no"})
    waiting = {task.id for task in tasks_of(case) if waits(case, task)}
    assert waiting
    assert waiting.isdisjoint(missing(case))

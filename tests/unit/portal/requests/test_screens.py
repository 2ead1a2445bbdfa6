"""A request from screen to screen: nothing is asked twice, the count falls by one each time, and it can be left open.

With a screen for every question it took 31 screens and 60 taps.
"""

from dataclasses import replace

import pytest

from portal.ground.errors import AnswersNeededError
from portal.requests.forms.contents import missing, with_answers
from portal.requests.forms.drafting import begin_request, next_screen, save_screen, save_task, screen_of, written
from portal.requests.forms.fields import MOST_ITEMS
from portal.requests.forms.form_validation import given
from tests.request_builders import a_district, answers_for


@pytest.fixture
def district(act):
    return a_district(act)


def walk(act, district, **more):
    """Answer screen by screen; returns the tasks of each screen, the counts shown, and the taps."""
    mine = act.as_(district.clerk)
    draft_id = begin_request(mine, "Counts would not show who made the threats.")
    whole = answers_for(district, **more)
    screens, counts, taps = [], [], 2  # the first question: a choice, and Continue
    task = next_screen(written(mine, draft_id).case)
    while task:
        screen = screen_of(mine, draft_id, task)
        counts.append(screen.left)
        typed, asked, labels = {}, [], []
        for part in screen.parts(typed):
            asked.append(part.task.id)
            for field in part.page.fields:
                if field.is_shown(typed):
                    labels.append(field.label)
                    typed[field.key] = given(with_answers(screen.draft.case, whole), field)
                    if field.kind == "pick":
                        typed[field.key] = whole["holder"]
                    chosen = typed[field.key] if isinstance(typed[field.key], list) else [typed[field.key]]
                    taps += len(chosen) if field.kind in {"radio", "checks", "promise", "pick"} else 0
        assert len(labels) == len(set(labels)), labels  # heard alone, each says which question it answers
        screens.append(tuple(asked))
        taps += 1
        task = next_screen(save_screen(mine, draft_id, task, typed).case, task)
    return draft_id, screens, counts, taps


def test_a_whole_request_takes_two_fifths_of_the_screens_it_took_and_the_count_falls_by_one_each_time(act, district):
    draft_id, screens, counts, taps = walk(act, district)
    assert missing(written(act.as_(district.clerk), draft_id).case) == {}
    asked = [task for screen in screens for task in screen]
    assert len(asked) == len(set(asked))
    assert counts == list(range(len(screens), 0, -1))
    with_begin_and_check = len(screens) + 2
    assert with_begin_and_check <= 12
    assert taps + 1 <= 37


@pytest.mark.clause("s4.proportionality.people")
def test_who_tells_nobody_else_is_not_asked_whether_fewer_would_do(act, district):
    _, _, _, taps = walk(act, district)
    draft_id, _, _, fewer = walk(act, district, recipients=[])
    assert fewer == taps - 2
    assert written(act.as_(district.clerk), draft_id).case.words("people_minimum") == "yes"
    mine = act.as_(district.clerk)
    with pytest.raises(AnswersNeededError) as asked:
        save_screen(mine, draft_id, "retention", {"recipients": [district.colleague.id], "retention": "A year."})
    assert "people_minimum" in asked.value.problems


def test_an_answer_that_closes_questions_makes_it_shorter_and_never_longer(act, district):
    _, screens, counts, _ = walk(
        act, district, **{"consent.way": "given", "consent": "given", "consent.why": "On 2 May."}
    )
    assert counts == sorted(counts, reverse=True)
    assert not {"hra_risk", "hra_aim", "public_interest_reason"} & {task for screen in screens for task in screen}


@pytest.mark.clause("s6.request.individual")
def test_the_age_is_asked_once(act, district):
    draft_id, screens, _, _ = walk(act, district)
    assert "subject_child" not in {task for screen in screens for task in screen}
    mine = act.as_(district.clerk)
    for year, child in (("1990", "no"), ("2009", "yes")):
        typed = {"subject.family": "Quill", "subject.age": "born", "subject.birth": ("4", "5", year)}
        case = save_screen(mine, draft_id, "subject", typed | {"subject.address_kind": "none"}).case
        assert case.words("subject_child") == child


@pytest.mark.clause("s6.request.individual")
@pytest.mark.parametrize(
    ("about", "child", "refused"),
    [
        ("15", "no", True),
        ("16 to 17", "no", True),
        ("15", "yes", False),
        ("15", "unknown", False),
        ("17 to 18", "no", False),
    ],
)
def test_somebody_who_was_said_to_be_about_fifteen_is_not_said_to_be_grown_up(act, district, about, child, refused):
    draft_id, _, _, _ = walk(act, district)
    mine = act.as_(district.clerk)
    typed = {"subject.family": "Quill", "subject.age": "age", "subject.about": about, "subject.address_kind": "none"}
    typed |= {"subject_child": child}
    if refused:
        with pytest.raises(AnswersNeededError) as asked:
            save_screen(mine, draft_id, "subject", typed)
        assert set(asked.value.problems) == {"subject_child"}
        save_screen(mine, draft_id, "subject", typed, leave=True)
    else:
        assert save_screen(mine, draft_id, "subject", typed).case.words("subject_child") == child


def test_a_screen_is_left_for_now_and_keeps_what_was_typed(act, district):
    mine = act.as_(district.clerk)
    draft_id = begin_request(mine, "Counts would not show who made the threats.")
    with pytest.raises(AnswersNeededError) as refused:
        save_screen(mine, draft_id, "purpose", {"necessity": "Only they hold it."})
    assert {"purpose", "effect"} <= set(refused.value.problems)
    case = save_screen(mine, draft_id, "purpose", {"necessity": "Only they hold it."}, leave=True).case
    assert case.words("necessity") == "Only they hold it."
    assert {"purpose", "effect"} <= set(missing(case))


LIST_THEM = [{"what": f"Call {number}", "why": "To show a pattern"} for number in range(1, MOST_ITEMS + 2)]


@pytest.mark.clause("s4.proportionality.amount")
@pytest.mark.clause("s6.request.details")
@pytest.mark.clause("s6.request.purpose")
@pytest.mark.clause("s6.request.gateway")
@pytest.mark.clause("s6.request.necessity")
@pytest.mark.clause("s6.request.effect")
@pytest.mark.clause("s6.request.only-that-purpose")
@pytest.mark.clause("s6.request.requester")
@pytest.mark.clause("s6.request.secure-reply")
@pytest.mark.clause("s6.request.consent")
@pytest.mark.parametrize(
    ("task", "typed", "said"),
    [
        ("items", {}, {"items": "Enter at least one item, and why you need it."}),
        ("items", {"items": [{"what": " ", "why": "x"}]}, {"items": "Item 1: say what you want to know."}),
        ("items", {"items": [{"what": "x", "why": " "}]}, {"items": "Item 1: say why you need it."}),
        ("items", {"items": LIST_THEM}, {"items": "Ask for 20 items or fewer, so that each one is needed."}),
        ("purpose", {}, {"purpose": "Say what the information is for."}),
        ("gateway", {}, {"gateway": "Choose a law. If none fits, ask your information manager before you go on."}),
        ("necessity", {}, {"necessity": "Say why you need it, or what would go wrong without it."}),
        ("effect", {}, {"effect": "Say how it would help to prevent crime or anti-social behaviour."}),
        ("requester", {}, {"requester.position": "Enter your job title or post."}),
        ("undertaking", {}, {"undertaking": "Give the promise, or the request cannot be sent."}),
        ("reply", {}, {"reply": "Choose where the answer should go."}),
        ("reply", {"reply": "email"}, {"reply.address": "Enter the address."}),
        (
            "reply",
            {"reply": "email", "reply.address": "ann@gmail.com"},
            {"reply.address": "The address is not a secure one. It must end in one of"},
        ),
        ("consent", {}, {"consent.way": "Choose how it stands with consent."}),
        ("consent", {"consent.way": "without"}, {"consent.ask": "Say whether the person could safely be asked."}),
        ("consent", {"consent.way": "given"}, {"consent.why": "Say"}),
    ],
)
def test_what_is_left_blank_or_cannot_be_sent_is_asked_for_in_a_sentence(act, district, task, typed, said):
    clerk = act.as_(replace(district.clerk, position=""))
    draft_id = begin_request(clerk, "Counts would not show who.")
    save_task(clerk, draft_id, "holder", {"holder": district.police.id})
    with pytest.raises(AnswersNeededError) as refused:
        save_task(clerk, draft_id, task, typed)
    assert all(refused.value.problems[field].startswith(words) for field, words in said.items())
    if "reply.address" in said and "reply.address" in typed:
        assert refused.value.problems["reply.address"].endswith("Or get the answer inside this portal.")

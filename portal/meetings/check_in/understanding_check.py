"""Three everyday questions before a first signature: a wrong answer teaches, and nobody is barred (App 2)."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class EverydayChoice:
    """An answer that can be chosen, and what it teaches."""

    id: str
    text: str
    lesson: str
    right: bool = False


@dataclass(frozen=True)
class EverydayQuestion:
    """A question from daily life; `undertaking` is the promise of Appendix 2 that it is about."""

    id: str
    ask: str
    undertaking: str
    choices: tuple[EverydayChoice, ...]


QUESTIONS = (
    EverydayQuestion(
        "neighbour",
        "Your neighbour asks what was said about someone at the meeting. What do you do?",
        "nothing-outside",
        (
            EverydayChoice("tell", "Tell them, if they keep it quiet", "No. Nobody outside may hear it, not even in confidence."),
            EverydayChoice("say-no", "Say that I cannot talk about it", "Yes. You may say that you were there, and no more.", right=True),
        ),
    ),
    EverydayQuestion(
        "notes",
        "You wrote a name in your notes. Where do they go?",
        "keep-secure",
        (
            EverydayChoice("safe", "In a safe place, where nobody else can get at them", "Yes. Keep them locked away until you need them.", right=True),
            EverydayChoice("phone", "In a photo on my own phone", "No. Photos are copied to places that you do not see. Lock the paper away."),
        ),
    ),
    EverydayQuestion(
        "urgent",
        "You think someone must be told something quickly. What comes first?",
        "urgent-ask-chair",
        (
            EverydayChoice("ring", "I ring them myself", "No. Ask the Chair first. If someone is in danger now, phone 999."),
            EverydayChoice("chair", "I ask the Chair", "Yes. The Chair decides whether the law allows it.", right=True),
        ),
    ),
)  # fmt: skip


def unanswered(answers: Mapping[str, str]) -> dict[str, str]:
    """Give the problems of answers (question id to choice id): a question that was left out, by its field."""
    return {
        f"q-{question.id}": f"Choose an answer: {question.ask}"
        for question in QUESTIONS
        if answers.get(question.id) not in {choice.id for choice in question.choices}
    }


def lessons(answers: Mapping[str, str]) -> tuple[str, ...]:
    """Give what the wrong answers teach."""
    return tuple(
        choice.lesson.removeprefix("No. ")
        for question in QUESTIONS
        for choice in question.choices
        if answers.get(question.id) == choice.id and not choice.right
    )

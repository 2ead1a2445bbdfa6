"""Words that somebody must give, such as a reason: tidied, refused where they are missing or too long."""

from portal.ground.errors import AnswersNeededError
from portal.ground.wording import paragraphs


def needed_words(typed: str, field: str, needed: str, longest: int) -> str:
    """Give what was typed, in paragraphs without stray spaces.

    Args:
        typed: the words as typed.
        field: the name of the field, for the summary of problems.
        needed: the sentence for words that are missing.
        longest: the most characters.

    Raises:
        AnswersNeededError: with `needed`, or with how long the words may be.
    """
    words = paragraphs(typed)
    if not words:
        raise AnswersNeededError({field: needed})
    if len(words) > longest:
        raise AnswersNeededError({field: f"Use {longest:,} characters or fewer."})
    return words

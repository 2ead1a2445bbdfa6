import pytest

from portal.ground.errors import AnswersNeededError
from portal.ground.input.required_words import needed_words


def test_words_are_given_in_tidy_paragraphs():
    assert needed_words("  One.  \r\n Two. ", "why", "Say why.", 20) == "One.\nTwo."


@pytest.mark.parametrize(
    ("typed", "said"), [("", "Say why."), (" \n ", "Say why."), ("x" * 1001, "Use 1,000 characters or fewer.")]
)
@pytest.mark.threat("IN5")
def test_missing_and_overlong_words_are_refused_at_their_field(typed, said):
    with pytest.raises(AnswersNeededError) as refused:
        needed_words(typed, "why", "Say why.", 1000)
    assert refused.value.problems == {"why": said}

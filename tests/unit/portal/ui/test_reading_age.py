"""Every sentence of a screen that is not the agreement's own can be read at the age of 12 (Flesch-Kincaid grade 7)."""

import ast
import re
from itertools import chain

import pytest

from portal.ground.settings import ROOT
from portal.record.letters import texts

SCREENS = sorted(
    chain.from_iterable((ROOT / room).rglob("*.py") for room in ("pages", "portal/ui", "portal/web", "portal/duties"))
)
GRADE = 7  # the school year of somebody who is 12: Kincaid and others, 1975
SHORTEST = 7  # words: of fewer the formula says nothing
LONGEST = 30  # words
# Names of posts, papers and things that the agreement gives, each explained where it is first met: counted as a short word.
TERMS = {
    "accessibility", "administrator", "advisory", "agreement", "anti-social", "approver", "appendix", "authority", "certificate", "commissioner",
    "commissioner's", "community", "confidentiality", "constabulary", "depersonalised", "edition", "equality", "exemption",
    "information", "manager", "manager's", "organisation", "organisation's", "organisations", "partnership", "partnership's",
    "regulator", "signatory", "signatories", "vulnerable", "officer", "safety", "protocol", "section", "statement",
}  # fmt: skip
# Long by their syllables, and on every list of words that a child knows (Dale and Chall, 1948): counted as two.
FAMILIAR = {"already", "another", "anybody", "anything", "everybody", "everything", "nobody", "somebody", "something"}
UNWELCOME = re.compile(
    r"facts? of the edition|points? to nobody|stands? alone|\d+ times by date|\bplease\b|(?<!-)\binvalid\b|successfully|click here|\boops\b|kindly|\be\.g\.|\bi\.e\.|session state|\bwidget\b|\brerun\b",
    re.IGNORECASE,
)
CODE = re.compile(r"[{}=_|]|://|'self'|^/|; |\.\w+\(|^--|%")


def said(tree):
    """The texts of a module that can reach a screen: every string but docstrings; what is filled in counts as one word."""
    nodes = list(ast.walk(tree))
    bodies = [
        n.body[0]
        for n in nodes
        if isinstance(n, (ast.Module, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) and n.body
    ]
    left_out = {id(one.value) for one in bodies if isinstance(one, ast.Expr)}
    left_out |= {id(n.value) for n in nodes if isinstance(n, ast.keyword) and n.arg == "on_change"}  # to the framework
    for node in nodes:
        if isinstance(node, ast.JoinedStr):
            left_out |= {id(inner) for inner in ast.walk(node)} - {id(node)}
    for node in nodes:
        if id(node) in left_out:
            continue
        if isinstance(node, ast.JoinedStr):
            yield node.lineno, "".join(p.value if isinstance(p, ast.Constant) else "it" for p in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def sentences(screen):
    for line, text in said(ast.parse(screen.read_text(encoding="utf-8"))):
        for sentence, words in split(text):
            yield f"{screen.relative_to(ROOT)}:{line}", sentence, words


def split(text):
    for sentence in re.split(r"(?<=[.?!:])[\s\"]+|\n", re.sub(r"<[^>]*>", " ", text)):
        words = re.findall(r"[A-Za-z][A-Za-z'\u2019-]*", sentence)
        if len(words) >= SHORTEST and not CODE.search(sentence):
            yield sentence.strip(), words


def syllables(word):
    if word.lower() in TERMS | FAMILIAR:
        return 2
    lower = word.lower()
    core = re.sub(r"(?:[^laeiouy]es|[^td]ed|[^l]e)$", lambda end: end.group()[0], lower) if len(lower) > 3 else lower
    return max(1, len(re.findall(r"[aeiouy]+", core)))


def grade(words):
    """The Flesch-Kincaid grade of a sentence: 0.39 words a sentence + 11.8 syllables a word - 15.59."""
    return 0.39 * len(words) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def test_the_formula_knows_easy_from_hard():
    assert grade(re.findall(r"\w+", "We keep your answers for a month.")) < 3
    assert grade(re.findall(r"\w+", "Notwithstanding any provisions, disclosure necessitates authorisation.")) > 20


@pytest.mark.parametrize("room", sorted({screen.parent for screen in SCREENS}), ids=lambda p: str(p.relative_to(ROOT)))
def test_every_sentence_of_a_screen_is_read_at_twelve(room):
    refuse_hard([one for screen in SCREENS if screen.parent == room for one in sentences(screen)])


def test_every_sentence_of_a_letter_is_read_at_twelve():
    letters = {name: re.sub(r"\{\w+\}", " it", f"{subject}\n{body}") for name, (subject, body) in texts().items()}
    refuse_hard([(name, *one) for name, told in letters.items() for one in split(told)])


def refuse_hard(found):
    hard = [
        f"{where} grade {grade(words):.1f}, {len(words)} words: {text}"
        for where, text, words in found
        if grade(words) > GRADE or len(words) > LONGEST
    ]
    assert hard == [], "\n".join(hard)


def test_no_screen_says_what_helps_nobody():
    found = [
        f"{screen.relative_to(ROOT)}:{line}: {text}"
        for screen in SCREENS
        for line, text in said(ast.parse(screen.read_text(encoding="utf-8")))
        if UNWELCOME.search(text)
    ]
    assert found == [], "\n".join(found)

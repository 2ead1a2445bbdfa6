import gc
import importlib
import pkgutil
import re
import time

import pytest
import re2

import portal.privacy
from portal.privacy.identifiers.finding import find
from portal.privacy.identifiers.kinds import Setting
from portal.privacy.identifiers.names.lexicon import lexicon
from portal.privacy.identifiers.patterns.every import SHAPES

LONG = 50_000
HOSTILE = [
    "a" * LONG + "!",
    "1" * LONG,
    "1 " * (LONG // 2),
    "a.b" * (LONG // 3),
    "LE2 " * (LONG // 4),
    "Smith, " * (LONG // 7),
    "@" * LONG,
    "(" * LONG,
    "12/" * (LONG // 3),
    "dob " * (LONG // 4),
    ", " * (LONG // 2),
]


def _patterns():
    found = {}
    for each in pkgutil.walk_packages(portal.privacy.__path__, "portal.privacy."):
        module = importlib.import_module(each.name)
        for name, value in vars(module).items():
            if type(value).__name__ == "_Regexp" or isinstance(value, re.Pattern):
                found[f"{module.__name__}.{name}"] = value
    return found


def test_patterns_are_found_to_be_walked():
    assert len(_patterns()) > 20


@pytest.mark.parametrize("name", sorted(_patterns()))
@pytest.mark.threat("IN8")
def test_no_pattern_is_slow_on_a_hostile_text(name):
    pattern = _patterns()[name]
    for text in HOSTILE:
        pattern.search(text[:200])
        gc.disable()
        start = time.thread_time()
        pattern.search(text)
        spent = time.thread_time() - start
        gc.enable()
        assert spent < 0.05


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.kind)
def test_no_shape_is_slow_on_a_hostile_text(shape):
    pattern = re2.compile(shape.pattern)
    for text in HOSTILE:
        pattern.search(text[:200])
        start = time.thread_time()
        pattern.search(text)
        assert time.thread_time() - start < 0.05


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:5])
def test_a_whole_hostile_cell_is_cleaned_in_good_time(text):
    lexicon()
    start = time.thread_time()
    find(text[:32_767], Setting.PLACE)
    assert time.thread_time() - start < 5


def test_the_lists_load_quickly():
    lexicon.cache_clear()
    start = time.thread_time()
    lexicon()
    assert time.thread_time() - start < 0.15

"""Places of which nothing but the first half of the postcode and the area stays: refuges, hostels, clinics, secret places."""

import hashlib
import hmac
import tomllib
from functools import cache
from pathlib import Path
from typing import cast

import pyarrow as pa

from portal.privacy.columns import Cells, pc
from portal.privacy.grammar.gazetteer import spelt
from portal.privacy.grammar.lists import LocalLists
from portal.privacy.identifiers.folding import fold

_FILE = Path(__file__).parent.parent / "data" / "sensitive.toml"
_MOST_WORDS = 6  # of a secret place's name or address that are looked for together


@cache
def _data() -> dict[str, list[str]]:
    return tomllib.loads(_FILE.read_text("utf-8"))


@cache
def _pattern(*, hate: bool) -> str:
    """Make one pattern of what names a sensitive place; a street called after one is none (RE2 has no look-ahead)."""
    every = [*_data()["always"], *(_data()["where_hate"] if hate else [])]
    return rf"(?:^|[^a-z])(?:{'|'.join(every)})(?:$|[^a-z'])"


@cache
def _streets_so_called(*, hate: bool) -> str:
    every = [*_data()["always"], *(_data()["where_hate"] if hate else [])]
    return rf"(?:^|[^a-z])(?:{'|'.join(every)})'?s? (?:{'|'.join(_data()['not_before'])})\b"


def is_about_hate(data_set_id: str) -> bool:
    """Say whether a data set is about hate: then places of worship are sensitive too."""
    return data_set_id in _data()["hate_sets"]


def tells_of_hate(values: Cells) -> Cells:
    """Say of each text of a category whether it tells of hate, whatever the set: an office's own words and the codes' labels."""
    return cast(
        "Cells", pc.match_substring_regex(pc.utf8_lower(pc.fill_null(values, "")), "|".join(_data()["hate_words"]))
    )


def sensitive(values: Cells, lists: LocalLists, *, hate: bool = False) -> Cells:
    """Say of each text whether it names a sensitive place, by the product's list or a partnership's secret one.

    Args:
        values: distinct texts of places, as sent.
        lists: with the keyed hashes of the partnership's secret places.
        hate: whether places of worship count.
    """
    low = pc.utf8_lower(pc.fill_null(values, ""))
    rest = pc.replace_substring_regex(low, pattern=_streets_so_called(hate=hate), replacement=" ")
    found = pc.match_substring_regex(rest, _pattern(hate=hate))
    if not lists.secrets:
        return cast("Cells", found)
    secret = [_is_secret(text, lists) for text in low.to_pylist()]
    return cast("Cells", pc.or_(found, pa.array(secret, pa.bool_())))


def secret_hash(key: bytes, name: str) -> str:
    """Give the keyed hash of a secret place's name or address: the list of them tells nobody which they are."""
    return hmac.new(key, spelt(fold(name)).encode(), hashlib.sha256).hexdigest()[:32]


def _is_secret(text: str, lists: LocalLists) -> bool:
    words = spelt(fold(text)).split()
    windows = {
        " ".join(words[at : at + size]) for size in range(1, _MOST_WORDS + 1) for at in range(len(words) - size + 1)
    }
    return any(secret_hash(lists.secret_key, window) in lists.secrets for window in windows)

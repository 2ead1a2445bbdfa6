"""What a sender asks for: one set of options goes with a file the whole way."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from portal.privacy.grammar.lists import NONE, LocalLists
from portal.rules.datasets.quarters import Quarter


@dataclass(frozen=True)
class ReturnOptions:
    """What the sender asks for: the data set, the quarter, the edition, and what was answered."""

    data_set_id: str
    quarter: Quarter
    edition_id: str
    mapping: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    lists: LocalLists = NONE
    wordings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

"""What a file is treated for: one set of options goes with it the whole way."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from portal.privacy.grammar.lists import NONE, LocalLists
from portal.rules.datasets.catalogue import DataSet, data_set
from portal.rules.datasets.quarters import Quarter
from portal.spreadsheets.arrow_columns import Cells


@dataclass(frozen=True)
class ReturnOptions:
    """What the sender asks for and answered, what the partnership knows, and what the file says of itself on the way.

    `mapping` has column -> field, `answers` question -> answer, `wordings` field -> digest of a wording -> code, as this
    organisation's sender chose them. A file of several data sets is treated in parts, each under the id of its own set.
    """

    data_set_id: str
    quarter: Quarter
    edition_id: str
    mapping: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    lists: LocalLists = NONE
    wordings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    dates_fit: bool = False  # some dates of the file are known to lie in the quarter
    people: tuple[Cells, ...] = ()  # whole names, as the file's dropped columns give them

    @property
    def entry(self) -> DataSet:
        """Return the data set."""
        return data_set(self.data_set_id)

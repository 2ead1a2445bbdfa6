"""The job of a return inside the child process: what the reading of a file becomes, as bytes for the parent."""

from collections.abc import Callable, Mapping

from portal.privacy.grammar.lists import from_json
from portal.privacy.identifiers.scanning import load_lists
from portal.returns.matching.column_names import heading_score
from portal.returns.pipeline.options import ReturnOptions
from portal.returns.pipeline.stages import understand
from portal.rules.datasets.quarters import Quarter
from portal.rules.edition.editions import editions
from portal.spreadsheets.reading import read
from portal.spreadsheets.sheets import Workbook

_MADE_UP = b"""Ref,Date,Time,Location,Postcode,Type,Remarks
1,03/07/2026,08:15,"12 Melton Road, rear of flat 3",LE1 1AA,Noise,Ms Jane Example rang 07700 900001
2,14/08/2026,2340 hrs,St John's Church,LE2 2BB,Begging,see ref 1
"""


def take(reading: Workbook, wish: Mapping[str, object], tell: Callable[[str, int, int], None]) -> tuple[bytes, ...]:
    """Return what comes of a file that was read, as `FileOutcome.as_parts` has it."""
    mapping, answers, lists, wordings = (wish[name] for name in ("mapping", "answers", "lists", "wordings"))
    if not (isinstance(mapping, dict) and isinstance(answers, dict) and isinstance(lists, dict)):
        raise TypeError
    if not isinstance(wordings, dict):
        raise TypeError
    quarter = Quarter.parse(str(wish["quarter"]))
    wanted = ReturnOptions(
        str(wish["data_set"]), quarter, str(wish["edition"]), mapping, answers, from_json(lists), wordings
    )
    return understand(reading, wanted, tell).as_parts()


def load() -> None:
    """Load, beside the reading of a file, what is needed once it is read."""
    heading_score("a heading that no list has")
    load_lists()


def try_out() -> None:
    """Take a made-up table the whole way before a file comes, so that everything is loaded."""
    wanted = ReturnOptions("la-asb", Quarter.parse("2026-Q3"), editions()[-1].id)
    understand(read(_MADE_UP), wanted, lambda _stage, _done, _of: None)

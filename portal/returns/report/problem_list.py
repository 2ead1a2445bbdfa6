"""The list of a file's problems as a spreadsheet, for its sender alone: sealed with their drafts until the return is sent."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from portal.ground import drafts
from portal.ground.act import Act
from portal.ground.errors import NotFoundError
from portal.privacy.formula_injection import safe_cell
from portal.returns.report.file_report import CellProblem

_JOURNEY = "return-problems"
_COLUMNS = {
    "sheet": "Sheet",
    "row": "Row",
    "cell": "Cell",
    "column": "Column",
    "kind": "Kind",
    "what": "What is wrong",
    "mend": "How to mend it",
    "shown": "What the cell holds, where it can be nobody",
}


def keep_list(act: Act, problems: Sequence[CellProblem]) -> None:
    """Keep the list of the file that is checked now; the list of an earlier file goes."""
    before = drafts.held(act, _JOURNEY)
    kept = {"problems": [{name: getattr(one, name) for name in _COLUMNS} for one in problems]}
    if before:
        drafts.save(act, _JOURNEY, kept, draft_id=before[0].id)
    elif problems:
        drafts.begin(act, _JOURNEY, kept)


def forget_list(act: Act) -> None:
    """Delete the list once its return is sent."""
    for one in drafts.held(act, _JOURNEY):
        drafts.discard(act, _JOURNEY, draft_id=one.id)


def problem_list(act: Act) -> bytes:
    """Give the list as CSV that no spreadsheet runs. Raises NotFoundError where the person has none."""
    held = drafts.held(act, _JOURNEY)
    told: list[dict[str, Any]] = held[0].answers.get("problems", []) if held else []
    if not told:
        raise NotFoundError("There is no list of problems. Check a file first.")
    sink = io.StringIO()
    writer = csv.writer(sink)
    writer.writerow(_COLUMNS.values())
    writer.writerows([[safe_cell(str(one[name])) for name in _COLUMNS] for one in told])
    return b"\xef\xbb\xbf" + sink.getvalue().encode()

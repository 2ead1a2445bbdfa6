"""Depersonalise a file: the whole path of an upload, in a child process with limits on memory and time.

Only treated rows come back.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from portal.privacy.grammar.lists import NONE, LocalLists
from portal.returns.pipeline.outcomes import FileOutcome, outcome_of, refused
from portal.rules.datasets.catalogue import data_set
from portal.rules.datasets.quarters import Quarter
from portal.rules.edition.editions import edition as edition_of
from portal.spreadsheets.errors import RefusedFileError
from portal.spreadsheets.worker import limited
from portal.spreadsheets.worker.limited import Job, Progress

READY_FOR = "portal.returns.pipeline.worker_job"  # the module that a waiting child tries out


@dataclass(frozen=True)
class PartnershipKnows:
    """What a partnership and a sender know beforehand: places by list, and wordings (as digests) by field -> code."""

    lists: LocalLists = NONE
    wordings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def depersonalise(
    source: bytes,
    data_set_id: str,
    quarter: Quarter,
    edition: str,
    *,
    mapping: Mapping[str, str] | None = None,
    answers: Mapping[str, str] | None = None,
    known: PartnershipKnows | None = None,
    progress: Progress | None = None,
) -> FileOutcome:
    """Return what comes of a file: accepted with its treated rows, refused, or a question (s6).

    Args:
        source: the whole file as sent.
        data_set_id: the data set it is sent for.
        quarter: the quarter it is sent for.
        edition: the id of the edition whose rules hold.
        mapping: heading -> field (or 'none'), as the sender answered or confirmed last time.
        answers: question id -> choice.
        known: what the partnership and the sender know: lists of places, wordings that were mapped before.
        progress: told each stage ('reading', 'understanding', 'treating', 'checking') how much of it is done, and how much there is.

    Raises:
        UnknownIdError: no such data set.
        UnknownEditionError: no such edition.
    """
    data_set(data_set_id)
    edition_of(edition)
    wish = {
        "data_set": data_set_id,
        "quarter": quarter.label,
        "edition": edition,
        "mapping": dict(mapping or {}),
        "answers": dict(answers or {}),
        "lists": (known or PartnershipKnows()).lists.as_json(),
        "wordings": {name: dict(codes) for name, codes in (known or PartnershipKnows()).wordings.items()},
    }
    try:
        parts = limited.read_limited(source, Job(f"{READY_FOR}:take", wish), progress=progress)
    except RefusedFileError as error:
        return refused(error.message)
    return outcome_of(parts)

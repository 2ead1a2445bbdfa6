"""The check from a file: what `portal assess FILE.json` reads and prints."""

from __future__ import annotations

from collections.abc import Mapping

from portal.rules.edition.edition_type import Edition
from portal.rules.edition.editions import edition
from portal.rules.errors import RulesError
from portal.rules.section4.check import assess
from portal.rules.section4.check_result import Check

KEYS = frozenset(
    {"edition", "answers", "reasons", "gateways", "giver", "receiver", "conditions", "confirmed", "weighing", "name"}
)
# What a worked case carries besides: what it should come out as.
EXPECTED = frozenset({"outcome", "level", "complete", "also", "fit", "why"})


class AssessInputError(RulesError):
    """The file is not a request for a check; the sentence says what to mend."""


def unrepeated(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Make an object of JSON, for `object_pairs_hook`: a key that stands twice is an error, never the last of both.

    Raises:
        AssessInputError: a key stands twice.
    """
    read = dict(pairs)
    if len(read) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise AssessInputError(f"“{twice[:40]}” stands twice in one object. Keep one of them.")
    return read


def assess_document(document: object) -> object:
    """Check one request, or each of a list.

    Args:
        document: JSON as read: `{"edition": "2009", "answers": {…}}`, where `gateway`, `schedule2`, `schedule3` and
            `public_interest_reason` may be given worked out, or the gateway as `"gateways": [ids]`, `"giver"` and
            `"receiver"` beside `answers`; also `"conditions": [ids]`, `"reasons": {question: words}`,
            `"confirmed": [gateway ids]` and `"weighing": false`. Or a list of such objects.

    Returns: `{"outcome", "complete", "reasons", "also", "conditions"}`, or a list of these.

    Raises:
        AssessInputError: the wrong kind of JSON, or a key that is not known.
        UnknownEditionError, UnknownIdError: an id that the rules do not have.
    """
    if isinstance(document, list):
        return [_one(item, f"Entry {place} of the list").as_json() for place, item in enumerate(document, start=1)]
    return _one(document, "The file").as_json()


def _one(document: object, where: str) -> Check:
    request = _table(document, where)
    unknown = sorted(str(key) for key in request if key not in KEYS | EXPECTED)
    if unknown:
        raise AssessInputError(f"{where} has a key that is not known: “{unknown[0][:40]}”. Take it out.")
    edition_id = _text(request.get("edition"), where, "edition")
    if "answers" not in request:
        raise AssessInputError(f"{where} has no “answers”. Add them as an object of questions and answers.")
    of = edition(edition_id)
    gateways = _ids(of, request, "gateways", where)
    giver, receiver = (_kind(request, key, where, needed=gateways is not None) for key in ("giver", "receiver"))
    return assess(
        of,
        _words(request["answers"], where, "answers"),
        reasons=_words(request["reasons"], where, "reasons") if _typed(request, where) else None,
        gateways=gateways,
        giver=giver,
        receiver=receiver,
        conditions=_ids(of, request, "conditions", where),
        confirmed=frozenset(_ids(of, request, "confirmed", where) or ()),
        weighing=_flag(request, where),
    )


def _typed(request: Mapping[object, object], where: str) -> bool:
    """Tell reasons that were typed (an object) from those that a worked case expects (a list of codes)."""
    reasons = request.get("reasons")
    if reasons is None or (isinstance(reasons, list) and "outcome" in request):
        return False
    if not isinstance(reasons, Mapping):
        raise AssessInputError(f"{where}: “reasons” must be an object of questions and words.")
    return True


def _table(document: object, where: str) -> Mapping[object, object]:
    if not isinstance(document, Mapping):
        raise AssessInputError(f"{where} must be an object with “edition” and “answers”.")
    return document


def _text(value: object, where: str, key: str) -> str:
    if not isinstance(value, str):
        raise AssessInputError(f'{where} needs “{key}” as text, such as "2026".')
    return value


def _words(value: object, where: str, key: str) -> dict[str, str]:
    words: dict[str, str] = {}
    for question, answer in _table_of(value, where, key).items():
        if answer is not None and not isinstance(answer, str):
            raise AssessInputError(f"{where}: the answer to “{str(question)[:40]}” must be text. Put it in quotes.")
        words[str(question)] = answer or ""  # null is blank, and a question that is not known stays an error
    return words


def _table_of(value: object, where: str, key: str) -> Mapping[object, object]:
    if not isinstance(value, Mapping):
        raise AssessInputError(f"{where}: “{key}” must be an object of questions and answers.")
    return value


def _ids(of: Edition, request: Mapping[object, object], key: str, where: str) -> tuple[str, ...] | None:
    value = request.get(key)
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise AssessInputError(f"{where}: “{key}” must be a list of ids, each in quotes.")
    if key == "conditions" and "outcome" in request:
        for one in value:
            of.check_condition(one)
        return None  # a worked case says here which conditions should come out
    return tuple(value)


def _kind(request: Mapping[object, object], key: str, where: str, *, needed: bool) -> str | None:
    value = request.get(key)
    if value is None and not needed:
        return None
    if not isinstance(value, str):
        raise AssessInputError(f'{where} needs “{key}”: the kind of organisation, such as "police".')
    return value


def _flag(request: Mapping[object, object], where: str) -> bool:
    value = request.get("weighing", True)
    if not isinstance(value, bool):
        raise AssessInputError(f"{where}: “weighing” must be true or false.")
    return value

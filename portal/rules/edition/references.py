"""Checks on a whole edition at load: ids stand once, and every id that is named exists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from portal.rules.edition.edition_type import Edition, facts, identity
from portal.rules.edition.placeholders import open_blanks
from portal.rules.errors import EditionDataError
from portal.rules.gateways.bodies import ANYONE


def check(edition: Edition, origin: Mapping[str, str]) -> None:
    """Refuse an edition whose ids are not unique or whose references lead nowhere.

    Args:
        edition: the edition as read.
        origin: table name to the file it came from, for the message.

    Raises:
        EditionDataError: names the file and the key.
    """
    _sources(edition, origin)
    _unique(edition, origin)
    _kinds(edition, origin)
    _questions(edition, origin)
    _conditions(edition, origin)
    _markings(edition, origin)
    _blanks(edition, origin)
    if sum(one.kind == "secure_contact" for one in edition.request_contents) != 1:
        raise _refusal(origin, "request_contents", "exactly one must be a secure_contact")


def _sources(edition: Edition, origin: Mapping[str, str]) -> None:
    """Ask a source of every fact, where the edition says that it carries them."""
    if edition.about.verified is None:
        return
    for table, fact in facts(edition):
        if fact.verified is None or not fact.source:
            raise _refusal(origin, table, f"{identity(fact)} must carry verified and source")


def _unique(edition: Edition, origin: Mapping[str, str]) -> None:
    seen: set[tuple[str, str]] = set()
    for table, fact in facts(edition):
        key = (table, identity(fact))
        if key[1] and key in seen:
            raise _refusal(origin, table, f"{key[1]} stands twice")
        seen.add(key)


def _kinds(edition: Edition, origin: Mapping[str, str]) -> None:
    kinds = {kind.id for kind in edition.organisation_types}
    for kind in edition.organisation_types:
        _known(origin, "organisation_types", f"{kind.id}.part_of", {kind.part_of} - {""}, kinds)
    for gateway in edition.gateways:
        lists = (("organisations", ()), ("discloser", (ANYONE,)), ("recipient", (ANYONE,)))
        for name, extra in lists:
            _known(origin, "gateways", f"{gateway.id}.{name}", getattr(gateway, name), kinds | set(extra))
        _known(origin, "gateways", f"{gateway.id}.not_for_data", gateway.not_for_data, kinds)
        for shut in gateway.not_for_data.values():
            _known(origin, "gateways", f"{gateway.id}.not_for_data", shut, {kind.id for kind in edition.data_types})
        twin = {gateway.duplicate_of} - {""}
        _known(origin, "gateways", f"{gateway.id}.duplicate_of", twin, {one.id for one in edition.gateways})
    for change in edition.gateway_changes:
        known = {gateway.id for gateway in edition.gateways}
        _known(origin, "gateway_changes", f"{change.from_id}.to", change.to, known)
    for place in edition.jag.attendance:
        named = {place.organisation_type, *place.other_organisation_types}
        _known(origin, "jag", f"attendance {place.order}", named, kinds)


def _questions(edition: Edition, origin: Mapping[str, str]) -> None:
    values = {question.id: {answer.value for answer in question.answers} for question in edition.considerations}
    done = {condition.id for condition in edition.check_conditions}
    earlier: set[str] = set()
    for question in sorted(edition.considerations, key=lambda one: one.order):
        for opening in (question.ask_if, question.or_if):
            _known(origin, "considerations", f"{question.id}.ask_if", opening, earlier)
            for asked, allowed in opening.items():
                _known(origin, "considerations", f"{question.id}.ask_if.{asked}", allowed, values[asked])
        needed = {answer.condition for answer in question.answers} - {""}
        _known(origin, "considerations", f"{question.id}.answers", needed, done)
        earlier.add(question.id)
    for outcome in edition.check.levels:
        _known(origin, "check", "levels", {outcome}, set(edition.check.outcomes))


def _conditions(edition: Edition, origin: Mapping[str, str]) -> None:
    lists = {condition.belongs_to for condition in edition.conditions}
    for condition in edition.conditions:
        _known(origin, "conditions", f"{condition.id}.needs_list", {condition.needs_list} - {""}, set(lists))
        parts = {str(other.part) for other in edition.conditions}
        _known(origin, "conditions", f"{condition.id}.needs_list_part", map(str, condition.needs_list_part), parts)


def _markings(edition: Edition, origin: Mapping[str, str]) -> None:
    markings = {marking.id for marking in edition.markings}
    for row in edition.handling:
        _known(origin, "handling", f"{row.id}.levels", row.levels, markings)
        if set(row.may) != set(row.levels):
            raise _refusal(origin, "handling", f"{row.id}.may must name the same markings as levels")
    for ground in edition.restricted_grounds:
        _known(origin, "restricted_grounds", f"{ground.id}.marking", {ground.marking}, markings)
    for change in edition.marking_changes:
        _known(origin, "marking_changes", f"{change.from_id}.to", {change.to}, markings)


def _blanks(edition: Edition, origin: Mapping[str, str]) -> None:
    keys = {placeholder.key for placeholder in edition.placeholders}
    _known(origin, "placeholders", "agreement.md", open_blanks(edition.text, {}), keys)
    _known(origin, "signing", "copy_to", open_blanks(edition.signing.copy_to, {}), keys)


def _known(origin: Mapping[str, str], table: str, key: str, named: Iterable[str], known: set[str]) -> None:
    for one in named:
        if one not in known:
            raise _refusal(origin, table, f"{key} names “{one}”, which does not exist")


def _refusal(origin: Mapping[str, str], table: str, problem: str) -> EditionDataError:
    name = "about" if table == "edition" else table.split(".", maxsplit=1)[0]
    return EditionDataError(origin.get(name, "the edition"), table, problem)

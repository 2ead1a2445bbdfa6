"""Turn TOML tables into frozen dataclasses; an unknown, missing or mistyped key is refused by file and key."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from portal.rules.errors import EditionDataError

T = TypeVar("T")

# A converter takes a raw value and the file and key it stands at, and gives the typed value or refuses.
Converter = Callable[[object, str, str], Any]


def named(key: str, **rest: Any) -> Any:  # noqa: ANN401 - passes on whatever dataclasses.field takes and gives
    """Give a dataclass field whose TOML key has another name, since the key is a Python word."""
    return dataclasses.field(metadata={"key": key}, **rest)


def read(kind: type[T], raw: object, file: str, where: str) -> T:
    """Read one TOML table into a frozen dataclass.

    Args:
        kind: the dataclass; its fields are the keys the table may have, those without default the ones it must have. The keys
            it names in FOR_PEOPLE may stand there too, for whoever checks the edition: no code reads them.
        raw: the table as tomllib gives it.
        file: the file's name, for the message.
        where: the table's name and place, for the message.

    Raises:
        EditionDataError: a key is unknown, missing, or of another type than the field.
    """
    if not isinstance(raw, Mapping):
        raise EditionDataError(file, where, "must be a table")
    plan = _PLANS.get(kind) or _PLANS.setdefault(kind, _plan(kind))
    unknown = sorted(set(raw) - set(plan) - getattr(kind, "FOR_PEOPLE", frozenset()))
    if unknown:
        raise EditionDataError(file, f"{where}.{unknown[0]}", "unknown key")
    values: dict[str, Any] = {}
    for key, (name, converter, required) in plan.items():
        if key in raw:
            values[name] = converter(raw[key], file, f"{where}.{key}")
        elif required:
            raise EditionDataError(file, f"{where}.{key}", "missing key")
    return kind(**values)


def read_any(hint: Any, raw: object, file: str, table: str) -> Any:  # noqa: ANN401 - any dataclass, or a tuple of one
    """Read what stands at the top of a file: one table, or a list of tables where the hint is a tuple.

    Raises:
        EditionDataError: as `read`, and where a list is something else.
    """
    if get_origin(hint) is not tuple:
        return read(hint, raw, file, table)
    if not isinstance(raw, list):
        raise EditionDataError(file, table, "must be a list of tables")
    return tuple(read(get_args(hint)[0], row, file, f"{table}[{place}]") for place, row in enumerate(raw, start=1))


# What each dataclass may and must hold; made once a class.
_PLANS: dict[type, dict[str, tuple[str, Converter, bool]]] = {}


def _plan(kind: type[Any]) -> dict[str, tuple[str, Converter, bool]]:
    hints = get_type_hints(kind)
    plan: dict[str, tuple[str, Converter, bool]] = {}
    for field in dataclasses.fields(kind):
        required = field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
        key = field.metadata.get("key", field.name)
        plan[key] = (field.name, _converter(hints[field.name]), required)
    return plan


def _converter(hint: Any) -> Converter:  # noqa: ANN401 - a type hint is any object
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return _first_that_fits([arg for arg in get_args(hint) if arg is not types.NoneType])
    if origin is Literal:
        return _one_of(get_args(hint))
    if origin is tuple:
        return _listed(_converter(get_args(hint)[0]))
    if origin is Mapping:
        return _mapped(_converter(get_args(hint)[1]))
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        kind: type[Any] = hint
        return lambda raw, file, where: read(kind, raw, file, where)
    return _plain(hint)


def _plain(kind: type) -> Converter:
    def convert(raw: object, file: str, where: str) -> object:
        # True is an int to Python, and a moment is a date: only the very type will do.
        if type(raw) is not kind:
            raise EditionDataError(file, where, f"must be {_WORDS.get(kind, kind.__name__)}")
        return raw

    return convert


def _one_of(choices: tuple[object, ...]) -> Converter:
    def convert(raw: object, file: str, where: str) -> object:
        if raw not in choices:
            raise EditionDataError(file, where, f"must be one of {', '.join(map(str, choices))}")
        return raw

    return convert


def _first_that_fits(hints: list[Any]) -> Converter:
    converters = [_converter(hint) for hint in hints]

    def convert(raw: object, file: str, where: str) -> object:
        refusal: EditionDataError | None = None
        for converter in converters:
            try:
                return converter(raw, file, where)
            except EditionDataError as error:
                refusal = error
        raise refusal or EditionDataError(file, where, "has no type")

    return convert


def _listed(item: Converter) -> Converter:
    def convert(raw: object, file: str, where: str) -> tuple[Any, ...]:
        if not isinstance(raw, list):
            raise EditionDataError(file, where, "must be a list")
        return tuple(item(value, file, f"{where}[{place}]") for place, value in enumerate(raw, start=1))

    return convert


def _mapped(item: Converter) -> Converter:
    def convert(raw: object, file: str, where: str) -> Mapping[str, Any]:
        if not isinstance(raw, Mapping):
            raise EditionDataError(file, where, "must be a table")
        return MappingProxyType({str(key): item(value, file, f"{where}.{key}") for key, value in raw.items()})

    return convert


_WORDS = {str: "text", int: "a whole number", bool: "true or false", date: "a date"}

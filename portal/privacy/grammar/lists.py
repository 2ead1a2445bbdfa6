"""A partnership's own lists: wards, beats, stations, estates, streets, schools and other places that it knows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from portal.privacy.grammar.gazetteer import spelt
from portal.privacy.identifiers.folding import fold

KINDS = ("wards", "beats", "stations", "districts", "estates", "settlements", "streets", "schools", "places")
_AREAS = ("wards", "beats", "stations", "districts", "estates", "settlements")
MOST = 200_000  # names in all lists: a county has some 30,000 streets
LONGEST = 100  # letters of a name


@dataclass(frozen=True)
class LocalLists:
    """What a partnership knows, by kind, each name as `spelt` gives it; and the keyed hashes of its secret places."""

    names: Mapping[str, frozenset[str]] = field(default_factory=dict)
    secret_key: bytes = field(default=b"", repr=False)
    secrets: frozenset[str] = frozenset()
    unasked: frozenset[str] = frozenset()
    """Kinds that came with set-up: nobody said that there are no other areas."""
    spoken_for: frozenset[str] = frozenset()
    """Streets that might be people ('sharon close') but for what the file itself says of them; no list of the partnership's."""
    towns: frozenset[str] = frozenset()
    """Settlements that houses may be called by too, and that the file shows to be settlements."""

    @classmethod
    def of(
        cls,
        names: Mapping[str, Iterable[str]],
        secret_key: bytes = b"",
        secrets: Iterable[str] = (),
        unasked: Iterable[str] = (),
    ) -> "LocalLists":
        """Make lists of names in any spelling of case and spaces."""
        kept = {
            kind: frozenset(filter(None, (spelt(fold(name)) for name in names.get(kind, ()) if len(name) <= LONGEST)))
            for kind in KINDS
        }
        return cls(kept, secret_key, frozenset(secrets), frozenset(unasked))

    def kind(self, *kinds: str) -> frozenset[str]:
        """Give the names of some kinds together."""
        return frozenset().union(*(self.names.get(kind, frozenset()) for kind in kinds))

    @cached_property
    def areas(self) -> frozenset[str]:
        """Give what may stand in a column of areas."""
        return self.kind(*_AREAS)

    @cached_property
    def has_areas(self) -> bool:
        """Say whether any list of areas was loaded by somebody: then only these are areas."""
        return bool(self.kind(*(kind for kind in _AREAS if kind not in self.unasked)))

    @cached_property
    def schools(self) -> frozenset[str]:
        """Give the schools."""
        return self.kind("schools")

    @cached_property
    def every(self) -> frozenset[str]:
        """Give every name of every kind: each may stand in a place."""
        return self.kind(*KINDS)

    def beside(self, spoken_for: Iterable[str], towns: Iterable[str] = ()) -> "LocalLists":
        """Give the lists with the streets and the settlements that a file itself shows to be such."""
        return replace(self, spoken_for=frozenset(map(spelt, spoken_for)), towns=frozenset(map(spelt, towns)))

    def as_json(self) -> dict[str, object]:
        """Give the lists as plain data, for the pipe to a child process."""
        return {
            "names": {kind: sorted(names) for kind, names in self.names.items()},
            "secret_key": self.secret_key.hex(),
            "secrets": sorted(self.secrets),
            "unasked": sorted(self.unasked),
        }

    def __hash__(self) -> int:
        """Hash by what is in it; a child process has one."""
        return hash((self.every, self.secrets, self.unasked, self.spoken_for, self.towns))


NONE = LocalLists()


def from_json(told: Mapping[str, Any]) -> LocalLists:
    """Read what `as_json` gave: names as they are, since they were spelt when they were loaded."""
    names = {str(kind): frozenset(map(str, names)) for kind, names in told["names"].items()}
    hidden, unasked = (frozenset(map(str, told[each])) for each in ("secrets", "unasked"))
    return LocalLists(names, bytes.fromhex(told["secret_key"]), hidden, unasked)

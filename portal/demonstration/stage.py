"""What the demonstration's scenes share: the store, the day it is loaded, who is who, and a diary of scenes in time order."""

import heapq
import random
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from portal.ground.act import Act, Person, Store
from portal.ground.wording import UK, today

_DATA = Path(__file__).resolve().parent / "data"
_BEFORE = timedelta(minutes=1)
Table = dict[str, Any]


def read(name: str) -> Table:
    """Read one of the demonstration's own tables."""
    return tomllib.loads((_DATA / f"{name}.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class DemonstrationStage:
    """One loading. `organisations` and `people` fill as the scenes are played; `chance` is seeded, so each loading is alike."""

    store: Store
    now: datetime
    base_url: str
    password: str = field(repr=False)
    organisations: dict[str, str] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    diary: list[tuple[datetime, int, Callable[[], None]]] = field(default_factory=list)
    numbers: "count[int]" = field(default_factory=count)
    chance: random.Random = field(default_factory=lambda: random.Random(1998))  # noqa: S311 - made-up rows, no secret

    @property
    def last(self) -> datetime:
        """Give the last moment of the story: a minute before the loading."""
        return self.now - _BEFORE

    def day(self, ago: float, hour: str = "10:00") -> datetime:
        """Give a moment some days before the loading, at an hour of UK time; never later than a minute before it."""
        clock = time.fromisoformat(hour)
        wanted = datetime.combine(today(self.now) - timedelta(days=ago), clock, tzinfo=UK).astimezone(UTC)
        return min(wanted, self.last)

    def act(self, who: Person, at: datetime) -> Act:
        """Begin an act of the past."""
        return Act(store=self.store, person=who, at=at)

    def by(self, key: str, at: datetime) -> Act:
        """Begin an act by one of the cast."""
        return self.act(self.people[key], at)

    def scene(self, at: datetime, play: Callable[[], None]) -> None:
        """Note a scene in the diary, also while it is played; scenes of one moment come in the order they were noted."""
        heapq.heappush(self.diary, (min(at, self.last), next(self.numbers), play))

    def play(self, told: Callable[[datetime], None]) -> None:
        """Play every scene in the order of its moment, and tell how far the story has come."""
        while self.diary:
            at, _, play = heapq.heappop(self.diary)
            play()
            told(at)

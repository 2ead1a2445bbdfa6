"""What a harmful file costs before it is refused, beside a harmless one of two rows: ratios of processor time of one run."""

import sys
from collections.abc import Callable

from tests.attacks import hostile_files as files
from tests.attacks.test_uploads import REFUSED, sent
from tests.bench_returns import least

HARMLESS = b"Date,Time,Location,Category\n01/07/2026,10:15,High Street,Noise\n02/07/2026,11:40,Mill Lane,Graffiti\n"
WORST = 5  # are told by name


def uploads() -> list[tuple[str, str]]:
    """Send every file that the attacks send, and give the dearest."""
    harmless = processor(lambda: HARMLESS)
    builders = {name: build for name, (build, _words) in REFUSED.items()}
    builders["a million shared strings"] = files.many_shared_strings
    costs = {name: processor(build) / harmless for name, build in builders.items()}
    dearest = sorted(costs, key=lambda name: costs[name], reverse=True)[:WORST]
    told = f"{costs[dearest[0]]:.1f} times a harmless file at most ({harmless:.2f} s)"
    return [
        (f"uploads: processor time of {len(costs)} harmful files", told),
        *((f"uploads: {name}", f"{costs[name]:.1f} times") for name in dearest),
    ]


def processor(build: Callable[[], bytes]) -> float:
    """Give the seconds of processor that a file costs, over the portal and the child that reads it."""
    source = build()
    return min(least(lambda: sent(source), 1).processor for _ in range(3))


if __name__ == "__main__":
    for what, figure in uploads():
        sys.stdout.write(f"{what:<60}  {figure}\n")

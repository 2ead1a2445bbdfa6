"""Command of whoever makes an edition: `python -m portal.rules seal FOLDER` writes the seal of a new folder."""

from __future__ import annotations

import sys
from pathlib import Path

from portal.rules.edition.sealing import SEAL, make_seal

USAGE = "python -m portal.rules seal FOLDER"


def main(arguments: list[str]) -> int:
    """Seal a folder that has no seal yet; a seal that is there stays, since a sealed edition is never edited."""
    match arguments:
        case ["seal", name] if Path(name).is_dir():
            folder = Path(name)
        case _:
            sys.stderr.write(f"Use: {USAGE}\n")
            return 2
    if (folder / SEAL).exists():
        sys.stderr.write(f"{folder} is sealed already. Make a new folder for a new edition.\n")
        return 1
    (folder / SEAL).write_text(make_seal(folder), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

"""Commands of whoever makes an edition.

`python -m portal.rules seal` seals the data sets and their treatment anew; they are data of the product, not a text that
somebody signs. `python -m portal.rules seal FOLDER` writes the seal of an edition's folder that has none. `python -m portal.rules revise ID` keeps a
sealed edition as it is under `data/past` and opens its folder to be put right; seal it again afterwards.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from portal.rules.edition.editions import FOLDER, PAST, SHORT_HASH
from portal.rules.edition.sealing import SEAL, make_seal, sealed_files, whole_hash

USAGE = "python -m portal.rules seal [FOLDER], or python -m portal.rules revise ID"


def main(arguments: list[str]) -> int:
    """Seal a folder that has no seal yet, or keep a sealed edition before it is put right. No kept text is ever edited."""
    match arguments:
        case ["revise", edition_id] if (FOLDER / edition_id / SEAL).is_file():
            return _revise(FOLDER / edition_id)
        case ["seal"]:
            (FOLDER.parent / SEAL).unlink(missing_ok=True)
            folder = FOLDER.parent
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


def _revise(folder: Path) -> int:
    kept = PAST / f"{folder.name}-{whole_hash(sealed_files(folder))[:SHORT_HASH]}"
    if not kept.exists():
        shutil.copytree(folder, kept)
    (folder / SEAL).unlink()
    sys.stdout.write(f"Kept as {kept.name}. Change {folder}, then seal it.\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

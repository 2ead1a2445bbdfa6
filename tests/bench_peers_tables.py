"""Run in the peers' own environment: the cells that tau-argus withholds of one table, as pairs of area and kind."""

import contextlib
import json
import sys
import tempfile


def main() -> None:
    """Read the inner counts, protect them in a folder that goes, print what is withheld."""
    cells = json.loads(sys.stdin.buffer.read())
    try:
        import pytauargus  # noqa: PLC0415 - only there
    except ModuleNotFoundError:
        sys.stdout.write("pytauargus is not installed")
        return
    records = [{"area": area, "kind": kind, "one": 1} for area, kind, count in cells for _ in range(count)]
    # It writes true counts to disk, and into the folder that it is started from.
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        made = pytauargus.protect(records, ["area", "kind"], "one", "FREQ(5,100)", "MOD(1)", workdir=folder)
        rows = made.tables[0].rows
    sys.stdout.write("\n" + json.dumps([[row["area"], row["kind"]] for row in rows if row["status"] not in ("S", "Z")]))


if __name__ == "__main__":
    main()

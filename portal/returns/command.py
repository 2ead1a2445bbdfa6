"""The command `depersonalise`: the whole upload path without the web, without set-up and without a store."""

import argparse
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from portal.ground.process.whole_file import taken_away, whole_file
from portal.ground.wording import counted, listed
from portal.privacy.grammar.lists import KINDS, NONE, LocalLists
from portal.privacy.grammar.local_lists.list_files import lists_in
from portal.returns.pipeline.depersonalise import READY_FOR, PartnershipKnows, depersonalise
from portal.returns.pipeline.outcomes import FileOutcome, refused
from portal.rules.datasets.catalogue import data_sets
from portal.rules.datasets.quarters import Quarter, QuarterError
from portal.rules.edition.editions import edition_in_force, editions
from portal.spreadsheets.errors import CANNOT_OPEN
from portal.spreadsheets.worker.worker_pool import waiting

_BY_UMASK = 0o666  # who may read them is as for any file that this person makes
_STANDING = {"accepted": "accepted", "refused": "refused", "question": "with a question"}
EXIT_CODES = {"accepted": 0, "refused": 3, "question": 4}


def add_depersonalise_command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
) -> argparse.ArgumentParser:
    """Add the command to the command line."""
    parser = commands.add_parser("depersonalise", help="take what identifies people out of a return, without the web")
    fill_parser(parser)
    parser.set_defaults(command=depersonalise_command)
    return parser


def fill_parser(parser: argparse.ArgumentParser) -> None:
    """Give a parser the command's arguments."""
    parser.add_argument(
        "file",
        type=Path,
        metavar="FILE",
        help="the file as the office has it (CSV, XLSX, XLS or ODS), or a folder of such files",
    )
    parser.add_argument("--dataset", required=True, choices=[each.id for each in data_sets()], metavar="ID")
    parser.add_argument("--quarter", required=True, type=_quarter, metavar="2026-Q3", help="calendar quarter")
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="gets return.parquet and report.json")
    parser.add_argument("--edition", choices=[each.id for each in editions()], help="default: the edition in force")
    parser.add_argument("--map", action="append", default=[], type=_pair, metavar="HEADER=field", dest="mapping")
    parser.add_argument(
        "--lists",
        type=_lists,
        metavar="FOLDER",
        help=f"the partnership's own lists, a name a line: {', '.join(f'{kind}.csv' for kind in KINDS)}; secret.csv for its secret places",
    )
    parser.add_argument("--answer", action="append", default=[], type=_pair, metavar="ID=choice", dest="answers")


def _quarter(text: str) -> Quarter:
    try:
        return Quarter.parse(text)
    except QuarterError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _lists(text: str) -> LocalLists:
    try:
        return lists_in(Path(text))
    except (OSError, UnicodeError) as error:
        raise argparse.ArgumentTypeError(
            "The folder of lists cannot be read. Save each list as CSV in UTF-8."
        ) from error
    except ValueError as error:  # after UnicodeError, which is one
        raise argparse.ArgumentTypeError(str(error)) from error


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.rpartition("=")
    if not sign or not name:
        raise argparse.ArgumentTypeError("Write it as NAME=VALUE.")
    return name, value.strip()


def depersonalise_command(arguments: argparse.Namespace) -> int:
    """Run the command; returns 0 accepted, 3 refused, 4 question."""
    edition = arguments.edition or edition_in_force(datetime.now(UTC).date()).id
    answers = dict(arguments.answers)
    mapping = dict(arguments.mapping) | {
        question.removeprefix("map:"): choice for question, choice in answers.items() if question.startswith("map:")
    }
    wish = _Asked(arguments.dataset, arguments.quarter, edition, mapping, answers, arguments.lists or NONE)
    if arguments.file.is_dir():
        return _folder(arguments.file, arguments.out, wish)
    outcome = _of_file(arguments.file, wish)
    _write(outcome, arguments.out)
    say(outcome)
    return EXIT_CODES[outcome.status]


@dataclass(frozen=True)
class _Asked:
    data_set: str
    quarter: Quarter
    edition: str
    mapping: Mapping[str, str]
    answers: Mapping[str, str]
    lists: LocalLists = NONE


def _of_file(file: Path, wish: _Asked) -> FileOutcome:
    try:
        source = file.read_bytes()
    except OSError:
        return refused(CANNOT_OPEN)
    return depersonalise(
        source,
        wish.data_set,
        wish.quarter,
        wish.edition,
        mapping=wish.mapping,
        answers=wish.answers,
        known=PartnershipKnows(wish.lists),
    )


def _folder(folder: Path, out: Path, wish: _Asked) -> int:
    """Take each file of a folder by itself, in the order of their names: what is kept of the first goes to DIR/1, and so on.

    `summary.json` counts them. No file's name is written, since it may name a person; the places in the order stand for
    them. The exit code is that of the worst: refused before a question, a question before accepted.
    """
    if out.resolve() == folder.resolve():
        sys.stdout.write("Choose another folder for what is kept: this one holds the files.\n")
        return EXIT_CODES["refused"]
    files = sorted(each for each in folder.iterdir() if each.is_file() and not each.name.startswith("."))
    told: list[dict[str, object]] = []
    codes = [0] if files else [EXIT_CODES["refused"]]
    if len(files) > 1:
        waiting.serve(READY_FOR)
    for number, file in enumerate(files, 1):
        outcome = _of_file(file, wish)
        _write(outcome, out / str(number))
        told.append({"file": number, "status": outcome.status, "message": outcome.message})
        codes.append(EXIT_CODES[outcome.status])
        say(outcome, f"{number} of {len(files)}: ")
    waiting.close()
    summary = {each: sum(one["status"] == each for one in told) for each in EXIT_CODES}
    with whole_file(out / "summary.json", _BY_UMASK) as written:
        written.write(json.dumps({"files": told, **summary}, indent=1).encode() + b"\n")
    _clear_after(out, len(files))
    if files:
        counts = listed([f"{count} {_STANDING[each]}" for each, count in summary.items() if count])
        sys.stdout.write(f"{counted(len(files), 'file')}, numbered in the order of their names: {counts}.\n")
    else:
        sys.stdout.write("The folder holds no file. Choose the folder that the spreadsheets are in.\n")
    return EXIT_CODES["refused"] if EXIT_CODES["refused"] in codes else max(codes)


def say(outcome: FileOutcome, start: str = "") -> None:
    """Say on the terminal what came of a file, and what it needs; neither quotes a cell that may be somebody."""
    sys.stdout.write(f"{start}{outcome.message}\n")
    for one in outcome.report.questions:
        sys.stdout.write(f'  {one.ask} Answer with --answer "{one.id}=…": {", ".join(one.choices)}.\n')


def _clear_after(out: Path, last: int) -> None:
    """Take away what an earlier run left of files that the folder no longer holds."""
    for each in out.iterdir():
        if each.is_dir() and each.name.isdecimal() and int(each.name) > last:
            for name in ("return.parquet", "report.json"):
                (each / name).unlink(missing_ok=True)
            if not any(each.iterdir()):
                each.rmdir()


def _write(outcome: FileOutcome, folder: Path) -> None:
    """Write the report, and the kept records where the file was accepted; an earlier return there is taken away."""
    kept = folder / "return.parquet"
    taken_away(kept)
    with whole_file(folder / "report.json", _BY_UMASK) as file:
        file.write(outcome.report_bytes())
    if outcome.parquet is not None:
        with whole_file(kept, _BY_UMASK) as file:
            file.write(outcome.parquet)


def main(words: list[str] | None = None) -> int:
    """Run the command by itself: `python -m portal.returns.command FILE …`."""
    parser = argparse.ArgumentParser(prog="portal depersonalise")
    fill_parser(parser)
    return depersonalise_command(parser.parse_args(words))


if __name__ == "__main__":
    sys.exit(main())

"""The command `tabulate`: a publishable table of stored returns, without set-up and without a store."""

import argparse
import sys
from pathlib import Path

import pandas as pd
from pyarrow import ArrowException, parquet

from portal.ground.process.whole_file import taken_away, whole_file
from portal.privacy.suppression.protecting import NotPublishableError
from portal.privacy.suppression.tables import SuppressedTable
from portal.publication.tabulation.table_file import read, write
from portal.publication.tabulation.tabulating import TableWish, tabulate
from portal.rules.datasets.catalogue import data_set, data_sets

NOTHING_MAY_BE_PUBLISHED = 3
_ANYBODY_READS = 0o644


def add_tabulate_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> argparse.ArgumentParser:
    """Add the command to the command line."""
    parser = commands.add_parser(
        "tabulate", help="a table of stored returns that may be published, small counts suppressed"
    )
    fill_parser(parser)
    parser.set_defaults(command=tabulate_command)
    return parser


def fill_parser(parser: argparse.ArgumentParser) -> None:
    """Give a parser the command's arguments."""
    parser.add_argument("files", type=Path, nargs="+", metavar="PARQUET", help="stored returns (return.parquet)")
    parser.add_argument("--dataset", required=True, choices=[each.id for each in data_sets()], metavar="ID")
    parser.add_argument(
        "--rows", required=True, metavar="FIELD", help="a field of the data set, or month, quarter, area"
    )
    parser.add_argument("--columns", default="", metavar="FIELD")
    parser.add_argument(
        "--count", default="", metavar="FIELD", help="which count, where a data set of numbers has several"
    )
    parser.add_argument(
        "--published",
        action="extend",
        nargs="+",
        default=[],
        type=Path,
        metavar="TABLE.csv",
        help="tables of the same records that are already public",
    )
    parser.add_argument(
        "--beside",
        action="extend",
        nargs="+",
        default=[],
        type=Path,
        metavar="PARQUET",
        help="returns of other quarters that a published table counts and this one does not",
    )
    parser.add_argument("--earlier", type=Path, metavar="TABLE.csv", help="the edition before, where this corrects it")
    parser.add_argument("--out", required=True, type=Path, metavar="TABLE.csv")


def tabulate_command(arguments: argparse.Namespace) -> int:
    """Run the command; returns 0 written, 3 nothing may be published (the reason in words, no file)."""
    entry, out = data_set(arguments.dataset), arguments.out
    inputs = [
        *arguments.files,
        *arguments.beside,
        *arguments.published,
        *([arguments.earlier] if arguments.earlier else []),
    ]
    try:
        if out.resolve() in {each.resolve() for each in inputs}:
            raise NotPublishableError("--out names a file that is read. Choose another name.")  # noqa: TRY301 - one way to refuse
        taken_away(out)  # an older table must not be taken for the answer
        frames = _frames([*arguments.files, *arguments.beside])
        made = tabulate(
            entry,
            frames[: len(arguments.files)],
            TableWish(arguments.rows, arguments.columns, arguments.count),
            [_table(each) for each in arguments.published],
            _table(arguments.earlier) if arguments.earlier else None,
            beside=frames[len(arguments.files) :],
        )
        with whole_file(out, _ANYBODY_READS) as file:
            file.write(write(made.published, entry.threshold).encode())
    except NotPublishableError as error:
        sys.stdout.write(f"{error.message}\n")
        return NOTHING_MAY_BE_PUBLISHED
    shown, verdict = made.published, made.verdict
    hidden = len(shown.withheld())
    sys.stdout.write(
        f"Written. {hidden} of {len(shown.shown)} cells are suppressed. "
        f"The attack tried {verdict.tried} withheld counts over {verdict.sums} sums and worked out none.\n"
    )
    return 0


def _frames(files: list[Path]) -> list[pd.DataFrame]:
    seen, frames = set[bytes](), []
    for file in files:
        try:
            content = file.read_bytes()
            if content in seen:
                raise NotPublishableError("The same return is given twice, so its records would count twice.")
            seen.add(content)
            frames.append(parquet.read_table(file).to_pandas())
        except (OSError, ArrowException) as error:
            raise NotPublishableError(
                "A return cannot be read. Give return.parquet as 'depersonalise' writes it."
            ) from error
    return frames


def _table(file: Path) -> SuppressedTable:
    try:
        return read(file.read_text("utf-8"), "columns")
    except (OSError, UnicodeDecodeError) as error:
        raise NotPublishableError("A published table cannot be read. Give the file as it was published.") from error

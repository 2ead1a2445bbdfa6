"""Answers to questions: a case, a document, the clauses, the record. Exit code 0 is yes or done."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from portal.app.commands.terminal import Arguments, Commands, add, say
from portal.ground.errors import PortalError
from portal.ground.wording import counted

if TYPE_CHECKING:
    from portal.agreement.verification import VerificationAnswer


def add_checking_commands(commands: Commands) -> None:
    """Describe `assess`, `verify`, `clauses`, `audit verify` and `audit export`."""
    case = add(commands, "assess", "the Section 4 check of the answers in a JSON file", assess_command)
    case.add_argument("file", type=Path, metavar="FILE.json")
    document = add(
        commands,
        "verify",
        "whether this portal sealed a PDF, or every PDF of a folder, and it is unaltered; exit 0 all genuine, 1 not",
        verify_command,
    )
    document.add_argument("file", type=Path, metavar="FILE.pdf or FOLDER")
    clauses = add(
        commands, "clauses", "each clause of the agreement with the pages and tests that honour it", clauses_command
    )
    clauses.add_argument("--json", action="store_true")
    audit = commands.add_parser("audit", help="check the record").add_subparsers(
        required=True, metavar="verify | export"
    )
    walk = add(audit, "verify", "walk the whole chain; exit 1 names the first entry that does not hold", audit_command)
    walk.add_argument("--head", help="a head that was kept (from a receipt): it must still be in the record")
    walk.add_argument("--export", type=Path, metavar="FILE", help="an exported record, checked without any store")
    export = add(audit, "export", "write every entry to a file: .csv to read, .jsonl to check alone", export_command)
    export.add_argument("file", type=Path, metavar="FILE")


def assess_command(arguments: Arguments) -> int:
    """Print the check's outcome as JSON; the file holds one case or a list of them."""
    from portal.rules.section4.assessing import AssessInputError, assess_document, unrepeated  # noqa: PLC0415

    try:
        document = json.loads(arguments.file.read_bytes(), object_pairs_hook=unrepeated)
        say(json.dumps(assess_document(document), ensure_ascii=False, indent=1))
    except OSError as error:
        raise PortalError("The file of answers cannot be read. Check its path.") from error
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise PortalError("The file of answers is not JSON. Check its brackets and quotation marks.") from error
    except AssessInputError as error:
        raise PortalError(str(error)) from error
    return 0


def verify_command(arguments: Arguments) -> int:
    """Say whether a document is genuine, and what became of what it shows; of a folder, one line a document and a count."""
    from portal.agreement.verification import check_pdf  # noqa: PLC0415
    from portal.duties.document_status import ROOMS  # noqa: PLC0415
    from portal.ground.act import PUBLIC, act_now  # noqa: PLC0415
    from portal.ground.process.runtime import running  # noqa: PLC0415

    def check(path: Path) -> "VerificationAnswer":
        try:
            content = path.read_bytes()
        except OSError as error:
            raise PortalError(f"{path.name} cannot be read. Check its path.") from error
        return check_pdf(act_now(running().store, PUBLIC), content, ROOMS)

    if arguments.file.is_dir():
        return _verify_folder(arguments.file, check)
    answer = check(arguments.file)
    say(f"{answer.title}.")
    for sentence in answer.sentences:
        say(sentence)
    return 0 if answer.good else 1


def _verify_folder(folder: Path, check: Callable[[Path], "VerificationAnswer"]) -> int:
    found = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix.lower() == ".pdf")
    answers = [(path, check(path)) for path in found]
    for path, answer in answers:
        why = "" if answer.good else f" {answer.sentences[-1]}"
        say(f"{path.relative_to(folder)}: {answer.title}.{why}")
    bad = sum(not answer.good for _, answer in answers)
    say(f"{counted(len(found), 'PDF')} checked: {len(found) - bad} genuine, {bad} not.")
    return 1 if bad or not found else 0


def clauses_command(arguments: Arguments) -> int:
    """Print the clauses, and how many are not honoured yet."""
    from portal.app.clause_coverage import as_json, as_lines  # noqa: PLC0415

    say(as_json() if arguments.json else as_lines())
    return 0


def export_command(arguments: Arguments) -> int:
    """Write the record to a file."""
    from portal.ground.process.runtime import running  # noqa: PLC0415
    from portal.record.export import export_record  # noqa: PLC0415

    say(f"{export_record(running().store, arguments.file):,} entries were written to {arguments.file}.")
    return 0


def audit_command(arguments: Arguments) -> int:
    """Walk the chain, compare what it speaks of, and say what was found."""
    from portal.duties.scheduled.record_check import whole_check  # noqa: PLC0415
    from portal.ground.process.runtime import running  # noqa: PLC0415
    from portal.record.export import check_export  # noqa: PLC0415

    verdict = (
        check_export(arguments.export, known_head=arguments.head)
        if arguments.export
        else whole_check(running().store, known_head=arguments.head)
    )
    if verdict.whole:
        say(f"The record is whole: {verdict.entries} entries, head {verdict.head}.")
        return 0
    where = f" at entry {verdict.broken_at}" if verdict.broken_at is not None else ""
    say(f"The record does not hold{where}. {verdict.why}")
    return 1

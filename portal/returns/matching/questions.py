"""Ask what the portal will not guess, with examples that show nobody."""

from collections.abc import Sequence

from portal.privacy.grammar.category import masked_wording
from portal.privacy.recoding import TreatmentQuestion
from portal.returns.matching.columns import Match
from portal.returns.report.file_report import FileQuestion
from portal.returns.report.masking import shown_heading
from portal.returns.tables.extraction import ExtractedTable
from portal.returns.tables.selection import TableSelection
from portal.returns.treatment.aggregation import numbers_of_records
from portal.returns.treatment.collisions import of_all_ages
from portal.rules.datasets.catalogue import DataSet
from portal.spreadsheets.arrow_columns import values

_EXAMPLES = 3
ROW_EACH, YES, NO = "a-row-each", "yes", "no"


def about_columns(
    choice: TableSelection, missing: Sequence[tuple[str, ...]], doubts: Sequence[Match]
) -> list[FileQuestion]:
    """Return a question for each column that may hold something that is missing."""
    wanted = {name for group in missing for name in group}
    may: dict[str, dict[str, str]] = {}  # a column's heading -> field -> its label
    examples: dict[str, str] = {}
    for doubt in doubts:
        if doubt.target is None or doubt.target.name not in wanted:
            continue
        table = next(source.table for source in choice.sources if doubt.heading in source.table.headings)
        heading = shown_heading(table, doubt.column)
        may.setdefault(heading, {})[doubt.target.name] = doubt.target.label
        examples.setdefault(heading, _examples(table, doubt.column))
    return [
        FileQuestion(
            f"map:{heading}",
            f"What does the column '{heading}' hold? It may be: {', or '.join(fields.values())}.{examples[heading]}",
            (*fields, "none"),
        )
        for heading, fields in may.items()
    ]


def about_all_ages(choice: TableSelection, entry: DataSet) -> list[FileQuestion]:
    """Return a question for each column that counts casualties of all ages where adults and children are asked for apart."""
    asked: dict[str, FileQuestion] = {}
    for source in choice.sources:
        for column, may in of_all_ages(source, entry).items():
            heading = shown_heading(source.table, column)
            labels = " or ".join(f"'{entry.field(name).label}'" for name in may)
            ask = (
                f"The column '{heading}' counts people of all ages, and this return asks for adults and children apart. "
                f"Is it only {labels}? If it is both, answer none: it is left out."
            )
            asked[heading] = FileQuestion(f"map:{heading}", ask, (*may, "none"))
    return list(asked.values())


def about_numbers_of_records(choice: TableSelection, entry: DataSet) -> list[FileQuestion]:
    """Return a question where a set that asks for a row for each record got a column that reads like numbers of them."""
    for source in choice.sources if entry.level == "record" else ():
        column = numbers_of_records(source.table, source.matching)
        if column is not None:
            heading = shown_heading(source.table, column)
            ask = (
                f"The column '{heading}' reads like numbers of records. This return asks for a row for each record, and "
                "counts each row as one. Is each row of the file one record?"
            )
            return [FileQuestion(ROW_EACH, ask, (YES, NO))]
    return []


def which_set(entry: DataSet, other: DataSet) -> FileQuestion:
    """Ask whether the file is another data set's."""
    ask = f"The categories look like '{other.title}'. Is this file '{entry.title}' all the same?"
    return FileQuestion("data-set", ask, (entry.id, other.id))


def of_treatment(question: TreatmentQuestion) -> FileQuestion:
    """Return a treatment's question as the report gives it."""
    return FileQuestion(question.id, question.ask, tuple(question.choices))


def _examples(table: ExtractedTable, column: int) -> str:
    """Give the first values as they may be shown: of their words only those that categories are made of."""
    cells = values(table.columns[column].slice(0, 200).unique())
    shown = list(dict.fromkeys(filter(None, map(masked_wording, cells))))[:_EXAMPLES]
    return f" Its first values look like {', '.join(shown)}." if shown else ""

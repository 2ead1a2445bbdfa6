"""Empty workbooks to fill in: the columns a data set asks for, lists to choose from, and one worked example."""

import csv
import io
import json

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from portal.rules.datasets.catalogue import DataSet, code_list_for, data_set
from portal.rules.datasets.types import DataField
from portal.rules.edition.editions import editions

_ROWS = 5000  # rows that carry the lists
_EXAMPLES = {
    "date": "14/08/2026",
    "time": "21:40",
    "location": "High Street near the bus station",
    "area": "Castle ward",
    "outward_postcode": "LE1",
    "age_years": "14",
    "age_band": "25-39",
    "count": "3",
    "school": "Anytown Academy, School Lane",
}


def template(data_set_id: str, edition_id: str = "") -> bytes:
    """Make the workbook of a data set under an edition (the newest by default). Raises UnknownIdError."""
    entry = data_set(data_set_id)
    edition = edition_id or editions()[-1].id
    book = Workbook()
    sheet = book.active
    sheet.title = "Return"
    fields = [field for field in entry.fields if field.treatment != "keep"]
    for number, field in enumerate(fields, 1):
        heading = sheet.cell(1, number, field.label)
        heading.font = Font(bold=True)
        heading.alignment = Alignment(wrap_text=True)
        sheet.column_dimensions[get_column_letter(number)].width = 26
        labels = _labels(field, edition)
        if labels:
            _offer(book, sheet, number, field.label, labels)
    sheet.freeze_panes = "A2"
    _explain(book, entry, fields, edition)
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()


def csv_template(data_set_id: str) -> bytes:
    """Make the CSV template of a data set: its headings alone. Raises UnknownIdError."""
    sink = io.StringIO()
    csv.writer(sink).writerow([field.label for field in _asked(data_set(data_set_id))])
    return b"\xef\xbb\xbf" + sink.getvalue().encode()


def table_schema(data_set_id: str, edition_id: str = "") -> bytes:
    """Make the Frictionless Table Schema of the CSV template: each field's name, title, type and list of words.

    Raises UnknownIdError.
    """
    edition = edition_id or editions()[-1].id
    fields = [_schema_of(field, edition) for field in _asked(data_set(data_set_id))]
    schema = {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": fields,
        "missingValues": [""],
    }
    return (json.dumps(schema, ensure_ascii=False, indent=1) + "\n").encode()


def _asked(entry: DataSet) -> list[DataField]:
    return [field for field in entry.fields if field.treatment != "keep"]


def _schema_of(field: DataField, edition: str) -> dict[str, object]:
    labels = _labels(field, edition) if field.treatment != "count" else []
    # Times are text: offices write 0815 and 8:15 pm, and both are read.
    kind = {"date": ("date", "%d/%m/%Y"), "count": ("integer", ""), "age_years": ("integer", "")}
    of_type, form = kind.get(field.treatment, ("string", ""))
    limits: dict[str, object] = {"minimum": 0} if of_type == "integer" else {}
    return {
        "name": field.label,
        "title": field.label,
        "type": of_type,
        **({"format": form} if form else {}),
        **({"categories": labels} if labels else {}),
        **({"constraints": limits} if limits else {}),
    }


def _labels(field: DataField, edition: str) -> list[str]:
    found = code_list_for(field, edition)
    return [code.label for code in found.codes] if found else []


def _offer(book: Workbook, sheet: object, number: int, title: str, labels: list[str]) -> None:
    name = f"List {number}"
    kept = book.create_sheet(name)
    kept.append([title])
    for label in labels:
        kept.append([label])
    offer = DataValidation(
        type="list", formula1=f"'{name}'!$A$2:$A${len(labels) + 1}", allow_blank=True, showErrorMessage=False
    )
    letter = get_column_letter(number)
    offer.add(f"{letter}2:{letter}{_ROWS}")
    sheet.add_data_validation(offer)  # type: ignore[attr-defined]  # openpyxl's sheet has no public type


def _explain(book: Workbook, entry: DataSet, fields: list[DataField], edition: str) -> None:
    notes = book.create_sheet("How to fill this in")
    notes.append([entry.title])
    notes.append(
        [
            "One row for each record on the sheet 'Return'. Leave a cell empty where you hold nothing. Put no names, birth dates, addresses or numbers of people in."
        ]
    )
    notes.append(["Column", "An example"])
    for field in fields:
        labels = _labels(field, edition)
        notes.append([field.label, labels[0] if labels else _EXAMPLES.get(field.treatment, "")])
    notes.column_dimensions["A"].width, notes.column_dimensions["B"].width = 40, 40
    for cell in (notes["A1"], notes["A3"], notes["B3"]):
        cell.font = Font(bold=True)

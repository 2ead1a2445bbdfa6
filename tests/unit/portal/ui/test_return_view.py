from portal.returns.report.file_report import ColumnReport
from portal.ui.blocks import Tag
from portal.ui.returns.check import paired

COLUMNS = {"Street": ColumnReport("location", "location", 1.0), "Caller": ColumnReport(None, "drop", 1.0)}


def test_each_column_stands_beside_what_is_kept_of_it_and_codes_come_last():
    rows = paired(
        {"Street": "14 High Street", "Caller": "Mrs Quxley"},
        {"location": "High Street", "category_code": "ASB-N"},
        COLUMNS,
    )
    assert rows == [
        ["Street", "14 High Street", "High Street"],
        ["Caller", "Mrs Quxley", Tag("Not kept", "ended")],
        ["Category code", Tag("Worked out", "ended"), "ASB-N"],
    ]

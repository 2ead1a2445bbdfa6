from portal.ui.blocks import Tag
from portal.ui.returns.check import paired

COLUMNS = {"Street": {"field": "location"}, "Caller": {"field": None}}


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

import json

import pytest

from portal.returns.service.submission import send
from portal.returns.service.upload_check import check
from portal.returns.service.views import certificate_data, view
from tests.return_builders import a_force, a_return
from tests.spreadsheets import text

CRIMES = [
    ["Date", "Offence", "Street", "Postcode"],
    ["15/08/2026", "Theft", "High Street", "LE1 1AA"],
    ["29/09/2026", "Burglary", "May Street", "LE2 1AA"],
]
CHOSEN = ("police-crimes", "2026-Q3")
WHO_AND_WHEN = {"submitted_at", "sent_by", "reference"}


def test_a_return_is_counted_beside_the_others_of_its_quarter_and_nothing_of_them_is_shown(act):
    force, partner = a_force(act)
    mine = act.as_(partner)
    a_return(mine, force)
    checked = check(mine, force.id, CHOSEN, (text(CRIMES), "crimes.csv"))
    beside = checked.report.beside
    assert [(each.other, each.singled_out) for each in beside.joins] == [("Incidents", 2)]
    assert any("Beside 'Incidents'" in sentence for sentence in beside.words)
    assert "Stanley Road" not in json.dumps(checked.report.as_json())
    return_id = send(mine, checked, "crimes")
    assert view(mine, return_id).report.beside.words == beside.words


def test_another_quarter_is_no_company(act):
    force, partner = a_force(act)
    mine = act.as_(partner)
    a_return(mine, force)
    rows = [[cell.replace("/08/", "/05/").replace("29/09/", "29/06/") for cell in row] for row in CRIMES]
    checked = check(mine, force.id, ("police-crimes", "2026-Q2"), (text(rows), "crimes.csv"))
    assert checked.report.beside.joins == ()


@pytest.mark.clause("s6.no-identifiers")
def test_another_return_changes_neither_the_kept_records_nor_the_certificate_data_of_the_same_file(act):
    force, partner = a_force(act)
    mine = act.as_(partner)
    ids, outcomes = [], []
    for key in ("before", "after"):
        checked = check(mine, force.id, CHOSEN, (text(CRIMES), "crimes.csv"))
        outcomes.append(checked.outcome)
        ids.append(send(mine, checked, key))
        if key == "before":
            a_return(mine, force)
    assert outcomes[0].parquet == outcomes[1].parquet
    assert outcomes[0].report_bytes() == outcomes[1].report_bytes()
    assert view(mine, ids[0]).report.beside != view(mine, ids[1]).report.beside
    before, after = (json.loads(certificate_data(mine, each)) for each in ids)
    assert (before.pop("supersedes"), after.pop("supersedes")) == ("", before["reference"])
    before, after = ({**each, **dict.fromkeys(WHO_AND_WHEN)} for each in (before, after))
    assert json.dumps(before) == json.dumps(after)

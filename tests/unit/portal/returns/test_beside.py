import json

from portal.returns.checking import check
from portal.returns.looking import view
from portal.returns.sending import send
from tests.return_builders import a_force, a_return
from tests.spreadsheets import text

CRIMES = [
    ["Date", "Offence", "Street", "Postcode"],
    ["15/08/2026", "Theft", "High Street", "LE1 1AA"],
    ["29/09/2026", "Burglary", "May Street", "LE2 1AA"],
]


def test_a_return_is_counted_beside_the_others_of_its_quarter_and_nothing_of_them_is_shown(act):
    force, partner = a_force(act)
    mine = act.as_(partner)
    a_return(mine, force)
    checked = check(mine, force.id, ("police-crimes", "2026-Q3"), (text(CRIMES), "crimes.csv"))
    risk = checked.outcome.report["risk"]
    assert [(each["other"], each["singled_out"]) for each in risk["joins"]] == [("Incidents", 2)]
    assert any("Beside 'Incidents'" in sentence for sentence in risk["words"])
    assert "Stanley Road" not in json.dumps(checked.outcome.report)
    return_id = send(mine, checked, "crimes")
    assert view(mine, return_id).report["risk"]["joins"]


def test_another_quarter_is_no_company(act):
    force, partner = a_force(act)
    mine = act.as_(partner)
    a_return(mine, force)
    rows = [[cell.replace("/08/", "/05/").replace("29/09/", "29/06/") for cell in row] for row in CRIMES]
    checked = check(mine, force.id, ("police-crimes", "2026-Q2"), (text(rows), "crimes.csv"))
    assert checked.outcome.report["risk"]["joins"] == []

import csv
import io
import json

import pytest

from portal.returns.service.templates import csv_template, table_schema
from portal.rules.datasets.catalogue import data_sets
from tests.return_builders import a_force, a_return


@pytest.mark.parametrize("data_set", [each.id for each in data_sets()])
def test_the_schema_describes_the_columns_of_the_csv_template(data_set):
    (headings,) = csv.reader(io.StringIO(csv_template(data_set).decode("utf-8-sig")))
    assert [field["name"] for field in json.loads(table_schema(data_set))["fields"]] == headings


@pytest.mark.parametrize(
    ("kind", "content"), [("csv", "text/csv"), ("schema", "application/json"), ("", "spreadsheetml")]
)
def test_a_template_comes_in_three_forms(client, kind, content):
    answer = client.get(f"/return/template?dataset=la-asb&as={kind}")
    assert answer.status_code == 200
    assert content in answer.headers["content-type"]


def test_the_certificate_data_is_for_those_who_may_see_the_return(client, act):
    force, partner = a_force(act)
    return_id = a_return(act.as_(partner), force)
    answer = client.get(f"/return/certificate.json?return={return_id}")
    assert answer.status_code == 404
    assert "no-store" in answer.headers["cache-control"]

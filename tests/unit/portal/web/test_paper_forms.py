from portal.paper_forms.registry import TWINS
from tests.builders import a_partnership
from tests.meeting_builders import now


def test_anybody_prints_any_form_and_another_name_is_none(client, portal):
    a_partnership(now(portal))
    for name in (TWINS[0].id, "return-police-incidents"):
        answer = client.get(f"/forms/{name}.pdf")
        assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
        assert answer.content.startswith(b"%PDF")
        assert f'filename="form-{name}.pdf"' in answer.headers["content-disposition"]
    for name in ("nothing", "return-nothing"):
        assert client.get(f"/forms/{name}.pdf").status_code == 404

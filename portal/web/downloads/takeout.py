"""Everything of a person, of an organisation, or the whole record, behind a check of who asks."""

from starlette.requests import Request
from starlette.responses import Response

from portal.duties.takeout.own import organisation_data, own_data, record_csv
from portal.duties.takeout.partnership import partnership_data
from portal.web.downloads.private_files import or_why_not, private_file
from portal.web.visitors import act_of

_ZIP = "application/zip"


def own_file(request: Request) -> Response:
    """Give the signed-in person all that their account holds."""
    return or_why_not(lambda: private_file(own_data(act_of(request)), _ZIP, "my-data.zip"))


def organisation_file(request: Request) -> Response:
    """Give an approver all that the portal holds of their organisation."""
    return or_why_not(lambda: private_file(organisation_data(act_of(request)), _ZIP, "organisation.zip"))


def record_file(request: Request) -> Response:
    """Give the Information Manager the record as CSV."""
    return or_why_not(lambda: private_file(record_csv(act_of(request)), "text/csv; charset=utf-8", "record.csv"))


def partnership_file(request: Request) -> Response:
    """Give the Information Manager what is the partnership's own."""
    return or_why_not(lambda: private_file(partnership_data(act_of(request)), _ZIP, "partnership.zip"))

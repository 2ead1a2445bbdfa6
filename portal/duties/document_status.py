"""Every room that answers for papers of its own, for the check of a document."""

from portal.accountability.complaints.document_status import outcome_paper
from portal.accountability.papers.document_status import accountability_paper
from portal.agreement.document_status import Room
from portal.meetings.document_status import meeting_paper
from portal.requests.papers.document_status import certificate_paper, request_paper
from portal.returns.document_status import return_paper
from portal.statements.papers.document_status import access_paper, privacy_notice, statement_paper

ROOMS: tuple[Room, ...] = (
    meeting_paper,
    request_paper,
    certificate_paper,
    statement_paper,
    access_paper,
    privacy_notice,
    return_paper,
    outcome_paper,
    accountability_paper,
)

"""Every room that answers for papers of its own, for the check of a document."""

from portal.agreement.known_papers import Room
from portal.disclosure.known_papers import certificate_paper, request_paper
from portal.meetings.known_papers import meeting_paper
from portal.returns.known_papers import return_paper
from portal.statements.known_papers import access_paper, privacy_notice, statement_paper

ROOMS: tuple[Room, ...] = (
    meeting_paper,
    request_paper,
    certificate_paper,
    statement_paper,
    access_paper,
    privacy_notice,
    return_paper,
)

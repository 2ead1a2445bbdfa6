"""A paper of accountability as a file: the sealed PDF, a spreadsheet, or for machines; each opening is recorded."""

from portal.accountability.papers.sections import as_csv, as_json
from portal.accountability.papers.views import content_of, find_paper
from portal.ground.act import Act
from portal.ground.database import reading
from portal.record.events import Event
from portal.requests.views import note_opening

FORMS = {"pdf": "application/pdf", "csv": "text/csv; charset=utf-8", "json": "application/json"}


def paper_file(act: Act, paper_id: str, form: str) -> tuple[str, bytes]:
    """Give a paper in one of the FORMS, and its reference. Raises NotFoundError."""
    with reading(act.store.engine) as session:
        row = find_paper(session, act, paper_id)
    note_opening(act, Event.ACCOUNTABILITY_OPENED, f"accountability:{row.subject}")
    if form == "pdf":
        return row.reference, act.store.vault.open(row.paper, f"accountability_paper.paper:{row.id}")
    sections = content_of(act, row)
    text = f"\ufeff{as_csv(sections)}" if form == "csv" else as_json(sections)  # the mark tells Excel that it is UTF-8
    return row.reference, text.encode()

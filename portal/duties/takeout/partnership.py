"""Leave with everything for the whole partnership: what its Information Manager may see, in one ZIP that reads without the portal.

What is not theirs to see stays out: the words of requests, the records of returns, and who signed at a meeting. Each
organisation takes its own (`takeout.organisation_data`).
"""

from sqlmodel import col, select

from models.accounts import Account, Post
from models.agreements import Signature, Standing
from models.meetings import Meeting
from models.organisations import FormerName, Organisation
from models.publications import PublishedTable
from models.record import AuditEntry
from models.returns import Return
from models.statements import SharingStatement
from portal.agreement.editions.current import known_editions
from portal.agreement.editions.wording import whole_words
from portal.agreement.register.public_register import everybody
from portal.duties.takeout.own import Bundle, record_table
from portal.ground.access import Permission, allow
from portal.ground.act import Act
from portal.ground.database import transaction
from portal.ground.partnership import facts
from portal.ground.wording import today
from portal.record.audit import record
from portal.record.events import Event


def partnership_data(act: Act) -> bytes:
    """Give the Information Manager the partnership's own: bodies, people, editions, lists, figures and the record.

    That it was taken is recorded. Raises NotAllowedError.
    """
    allow(act, Permission.READ_AUDIT)
    bundle, known = Bundle(), facts(act.store)
    bundle.facts("partnership.json", {"name": known.name, "blanks": dict(known.placeholders)})
    for one in known_editions(act.store):
        bundle.files[f"agreement/{one.id}.md"] = whole_words(act.store, one).filled(one.edition.text).encode()
    bundle.table(
        "register.csv",
        ["organisation", "kind", "edition", "status", "since"],
        [
            (e.organisation, e.kind_words, e.edition, e.status.value, e.since)
            for e in everybody(act.store, today(act.at))
        ],
    )
    with transaction(act.store.engine) as session:
        record(session, act, Event.DATA_TAKEN, "partnership:all")
        names = dict(session.exec(select(Organisation.id, Organisation.name)).all())
        people = dict(session.exec(select(Account.id, Account.name)).all())
        for name, table, columns in _TABLES:
            rows = session.exec(select(table)).all()
            told = [[names.get(v, people.get(v, v)) for v in (getattr(row, c) for c in columns)] for row in rows]
            bundle.table(f"{name}.csv", [column.removesuffix("_id") for column in columns], told)
        for figures in session.exec(select(PublishedTable).where(col(PublishedTable.status) == "published")).all():
            fields = "-".join(filter(None, (figures.rows_field, figures.columns_field)))
            name = f"figures/{figures.data_set}-{figures.quarter}-{figures.quarters}-{fields}-{figures.version}.csv"
            bundle.files[name] = figures.content.encode()
        record_table(bundle, session.exec(select(AuditEntry).order_by(col(AuditEntry.number))).all())
    return bundle.zipped(act)


# Each list by its name, its table, and those of its columns that are open: what is sealed, and codes for the portal's own
# use, stay out. A column that ends with _id is told by the name it stands for.
_TABLES = (
    ("organisations", Organisation, ("name", "slug", "kind", "public_contact", "added_at", "closed_at", "merged_into_id", "split_from_id")),
    ("former-names", FormerName, ("organisation_id", "name", "until")),
    ("people", Account, ("name", "email", "position", "created_at", "closed_at")),
    ("roles", Post, ("account_id", "role", "organisation_id", "granted_at", "ended_at")),
    ("signatures", Signature, ("reference", "organisation_id", "edition", "method", "status", "signed_at", "decided_at", "ended_at")),
    ("standing", Standing, ("organisation_id", "status", "edition", "begins_at", "ends_at")),
    ("meetings", Meeting, ("reference", "name", "place", "starts_at", "chair_id", "opened_at", "closed_at", "called_off_at")),
    ("returns", Return, ("reference", "organisation_id", "data_set", "quarter", "rows_kept", "sent_at", "ended_at", "ended_why")),
    ("statements", SharingStatement, ("reference", "status", "review_on")),
)  # fmt: skip

"""Leave with everything: one ZIP of plain CSV, JSON and sealed PDFs that reads without the portal (UK GDPR Articles 15 and 20)."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlmodel import col, select

from models.accounts import Account, KnownBrowser, Post, WebSession
from models.agreements import Standing
from models.organisations import Organisation
from models.record import AuditEntry
from models.returns import Return
from portal.accounts.people import people_of
from portal.ground.access import Permission, allow
from portal.ground.act import Act
from portal.ground.database import transaction
from portal.ground.errors import NotFoundError, SignedOutError
from portal.ground.wording import day_and_time
from portal.privacy.formula_injection import safe_cell
from portal.record.audit import record
from portal.record.events import Event, in_words
from portal.requests.lists import requests_received, requests_sent
from portal.requests.views import request_pdf
from portal.returns.service.views import certificate
from portal.statements.views import statement_pdf, statements

_READ_ME = """What lies in this file, as the portal held it on {at}.

CSV files open in any spreadsheet. JSON files open in any editor. PDF files are sealed: the portal that made them, or anybody who
has its certificate, can check that nothing in them was altered. Times are in UTC. Keep this file as you would keep what is in it.
"""


@dataclass(frozen=True)
class Bundle:
    """The files of a ZIP, by their names."""

    files: dict[str, bytes] = field(default_factory=dict)

    def table(self, name: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Add a CSV that no spreadsheet runs as a formula."""
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(headings)
        writer.writerows([safe_cell("" if cell is None else str(cell)) for cell in row] for row in rows)
        self.files[name] = out.getvalue().encode("utf-8-sig")

    def facts(self, name: str, told: object) -> None:
        """Add a JSON file."""
        self.files[name] = json.dumps(told, ensure_ascii=False, indent=1, default=str).encode()

    def zipped(self, act: Act) -> bytes:
        """Put everything into one ZIP, with a page that says what it is."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("READ ME.txt", _READ_ME.format(at=day_and_time(act.at)))
            for name, content in self.files.items():
                archive.writestr(name, content)
        return out.getvalue()


def own_data(act: Act) -> bytes:
    """Give a person all that their account holds: who they are, their roles, where they signed in, and what they did.

    That it was taken is recorded. Raises SignedOutError.
    """
    if not act.person.signed_in:
        raise SignedOutError
    bundle = Bundle()
    with transaction(act.store.engine) as session:
        account = session.get_one(Account, act.person.id)
        posts = session.exec(select(Post).where(Post.account_id == account.id)).all()
        seen = session.exec(select(WebSession).where(WebSession.account_id == account.id)).all()
        browsers = session.exec(select(KnownBrowser).where(KnownBrowser.account_id == account.id)).all()
        did = session.exec(
            select(AuditEntry).where(AuditEntry.actor == account.id).order_by(col(AuditEntry.number))
        ).all()
        bodies = {post.organisation_id for post in posts if post.organisation_id}
        names = dict(
            session.exec(select(Organisation.id, Organisation.name).where(col(Organisation.id).in_(bodies))).all()
        )
        record(session, act, Event.DATA_TAKEN, f"account:{account.id}")
    told = {"name": account.name, "email": account.email, "position": account.position, "opened": account.created_at}
    bundle.facts("account.json", told | {"reminders": account.digest, "second_step": account.totp_secret is not None})
    bundle.table(
        "roles.csv",
        ["role", "organisation", "from", "to"],
        [(one.role, names.get(one.organisation_id or "", ""), one.granted_at, one.ended_at) for one in posts],
    )
    bundle.table("sessions.csv", ["signed in", "last used"], [(one.started_at, one.seen_at) for one in seen])
    bundle.table(
        "browsers.csv", ["first signed in", "last signed in"], [(one.first_at, one.seen_at) for one in browsers]
    )
    bundle.table(
        "what-you-did.csv", ["when", "what", "about"], [(one.at, in_words(one.event), one.subject) for one in did]
    )
    return bundle.zipped(act)


def organisation_data(act: Act) -> bytes:
    """Give an approver all that the portal holds of their organisation: the lists, its papers, its certificates.

    The written requests in it name people: each is recorded as opened, and so is the taking. Raises NotAllowedError,
    NotFoundError.
    """
    ours = act.person.organisation_id
    if ours is None:
        raise NotFoundError
    allow(act, Permission.INVITE_OWN, ours)
    bundle = Bundle()
    with transaction(act.store.engine) as session:
        body = session.get_one(Organisation, ours)
        stood = session.exec(
            select(Standing).where(Standing.organisation_id == ours).order_by(col(Standing.begins_at))
        ).all()
        returns = session.exec(select(Return).where(Return.organisation_id == ours).order_by(col(Return.sent_at))).all()
        acts = session.exec(
            select(AuditEntry).where(AuditEntry.organisation_id == ours).order_by(col(AuditEntry.number))
        ).all()
        record(session, act, Event.DATA_TAKEN, f"organisation:{ours}", ours)
    told = {"name": body.name, "kind": body.kind, "public_contact": body.public_contact, "address": body.slug}
    bundle.facts("organisation.json", told)
    bundle.table(
        "standing.csv",
        ["status", "edition", "from", "to"],
        [(s.status, s.edition, s.begins_at, s.ends_at) for s in stood],
    )
    people = [
        (one.name, one.email, one.position, post.role.value) for one in people_of(act, ours) for post in one.posts
    ]
    bundle.table("people.csv", ["name", "e-mail", "job title", "role"], people)
    _requests(act, bundle)
    _returns(act, bundle, returns)
    for line in statements(act):
        if line.status != "draft":
            reference, pdf = statement_pdf(act, line.id)
            bundle.files[f"statements/{reference}.pdf"] = pdf
    what = [(one.number, one.at, one.actor_name, in_words(one.event), one.subject, one.hash) for one in acts]
    bundle.table("record.csv", ["number", "when", "who", "what", "about", "hash"], what)
    return bundle.zipped(act)


def record_csv(act: Act) -> bytes:
    """Give the Information Manager the whole record as CSV: who did what, when, about what, and the chain of hashes."""
    allow(act, Permission.READ_AUDIT)
    bundle = Bundle()
    with transaction(act.store.engine) as session:
        record(session, act, Event.DATA_TAKEN, "record:all")
        rows = session.exec(select(AuditEntry).order_by(col(AuditEntry.number))).all()
    record_table(bundle, rows)
    return bundle.files["record.csv"]


def record_table(bundle: Bundle, rows: Iterable[AuditEntry]) -> None:
    """Add the record as CSV: who did what, when, about what, and the chain of hashes."""
    bundle.table(
        "record.csv",
        ["number", "when", "who", "what", "event", "about", "details", "previous hash", "hash"],
        [
            (r.number, r.at, r.actor_name, in_words(r.event), r.event, r.subject, r.details, r.previous_hash, r.hash)
            for r in rows
        ],
    )


def _requests(act: Act, bundle: Bundle) -> None:
    lines = [*requests_sent(act), *requests_received(act)]
    bundle.table(
        "requests.csv",
        ["reference", "from", "to", "status", "outcome", "sent", "wanted by"],
        [(one.reference, one.asking, one.holder, one.status, one.decided, one.sent_at, one.wanted_by) for one in lines],
    )
    for one in lines:
        try:
            reference, pdf = request_pdf(act, one.id)
        except NotFoundError:
            continue  # its content was deleted at the end of its time: the line stays
        bundle.files[f"requests/{reference}.pdf"] = pdf


def _returns(act: Act, bundle: Bundle, returns: Sequence[Return]) -> None:
    bundle.table(
        "returns.csv",
        ["reference", "data set", "quarter", "records", "sent", "by", "ended", "why"],
        [
            (
                one.reference,
                one.data_set,
                one.quarter,
                one.rows_kept,
                one.sent_at,
                one.sent_by_name,
                one.ended_at,
                one.ended_why,
            )
            for one in returns
        ],
    )
    for one in returns:
        if one.certificate is not None:
            bundle.files[f"certificates/{one.reference}.pdf"] = certificate(act, one.id)

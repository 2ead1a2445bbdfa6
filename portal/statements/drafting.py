"""Writing a sharing statement together: any party may write; a change after a signature makes every signature void."""

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from models.statements import SharingStatement, StatementParty, StatementPost
from portal.agreement.notices.standing import require_active
from portal.ground.access import Permission, allow
from portal.ground.act import Act
from portal.ground.database import reading, transaction
from portal.ground.errors import AnswersNeededError, NotFoundError
from portal.ground.partnership import confirmed_facts
from portal.ground.wording import new_id, one_line, reference, today
from portal.record.audit import record
from portal.record.events import Event
from portal.requests.participants import bodies_to_ask, own_organisation, people_of
from portal.rules.edition.edition_type import Edition
from portal.rules.edition.editions import edition, edition_in_force
from portal.statements.entitlement import EntitledStatement, Party, addresses, find_own, parties_of, place
from portal.statements.errors import FixedWordsError, WordsChangedError
from portal.statements.notifications import tell
from portal.statements.papers.wording import (
    RunBy,
    StatementWords,
    asks_for_law,
    begun_with,
    checked_answer,
    checked_gateways,
    checked_posts,
    checked_title,
    grounds_to_pick,
)

MOST_PARTIES = 12


def begin_statement(act: Act, title: str, others: tuple[str, ...], *, aim: str, why_named: str, key: str) -> str:
    """Begin a statement with other organisations that take part in the agreement now; returns its id.

    One's own organisation signs first, the others in the order given (clause app5.statement). `aim` is one of those of the agreement (clause s2.purposes). `why_named` says why it
    would not do without names (clause s2.primarily-depersonalised). The same `key` again is the same statement. Raises AnswersNeededError, NotActiveError.
    """
    allow(act, Permission.WRITE_STATEMENT)
    ours = own_organisation(act)
    title = checked_title(title)
    wanted = tuple(dict.fromkeys(others))
    if not wanted or not set(wanted) <= {body.id for body in bodies_to_ask(act)}:
        raise AnswersNeededError({"parties": "Choose at least one organisation from the list."})
    if len(wanted) >= MOST_PARTIES:
        raise AnswersNeededError({"parties": f"Choose {MOST_PARTIES - 1} other organisations or fewer."})
    now = edition_in_force(today(act.at))
    words = StatementWords(
        edition=now.id,
        edition_hash=now.hash,
        title=title,
        parties=(ours, *wanted),
        answers=begun_with(aim, why_named),
    )
    try:
        with transaction(act.store.engine) as session:
            for party in words.parties:
                require_active(session, party)
            row = add_statement(session, act, words, key=key)
            told = addresses(session, tuple(p for p in parties_of(session, row.id) if p.id != ours))
            tell(session, act, "statement-begun", row.reference, f"/statement?id={row.id}", told)
            return row.id
    except IntegrityError:
        return _of_key(act, key)


def add_statement(
    session: Session, act: Act, words: StatementWords, *, key: str, replaces: str | None = None
) -> SharingStatement:
    """Add a statement with its parties in the open transaction; IntegrityError where the key is taken."""
    statement_id = new_id()
    row = SharingStatement(
        id=statement_id,
        reference=reference(),
        key=key,
        edition=words.edition,
        edition_hash=words.edition_hash,
        status="draft",
        text_sha256=words.sha256,
        words=act.store.vault.seal_text(words.as_json(), place(statement_id)),
        begun_at=act.at,
        begun_by=act.person.name,
        changed_at=act.at,
        changed_by=act.person.name,
        replaces_id=replaces,
    )
    session.add(row)
    session.flush()
    for turn, party in enumerate(words.parties, 1):
        session.add(StatementParty(statement_id=row.id, organisation_id=party, turn=turn))
    session.flush()
    record(
        session,
        act,
        Event.STATEMENT_BEGUN,
        f"statement:{row.id}",
        reference=row.reference,
        parties=list(words.parties),
        edition=row.edition,
        edition_sha256=row.edition_hash,
    )
    return row


def answer(
    act: Act,
    statement_id: str,
    key: str,
    typed: str,
    *,
    version: int,
    gateways: tuple[str, ...] = (),
    grounds: tuple[str, ...] = (),
) -> int:
    """Answer one of the edition's questions; returns the version that stands then.

    `version` is the one that was on the screen. `gateways` go with the question about the law, `grounds` with the
    marking. Raises AnswersNeededError, WordsChangedError, FixedWordsError, NotFoundError.
    """
    allow(act, Permission.WRITE_STATEMENT)

    def change(found: EntitledStatement) -> StatementWords:
        of = edition(found.words.edition)
        if key not in {one.key for one in of.iss_fields if one.kind in {"long_text", "marking"}}:
            raise NotFoundError
        answers = {**found.words.answers, key: checked_answer(of, key, typed)}
        words = replace(found.words, answers=answers)
        if asks_for_law(of, key):
            words = replace(words, gateways=checked_gateways(of, gateways, confirmed_facts(act.store, of.id)))
        if _is_marking(of, key):
            known = {one.id for one in grounds_to_pick(of)}
            words = replace(words, grounds=tuple(one for one in grounds if one in known))
        return words

    return _change(act, statement_id, version, key, change)


def name_posts(act: Act, statement_id: str, posts: tuple[tuple[str, str], ...], *, version: int) -> int:
    """Name the posts of one's own organisation that run the sharing, each with the account that holds it ('' for none).

    Nobody names the posts of another organisation. Raises as `answer` does.
    """
    allow(act, Permission.WRITE_STATEMENT)
    wanted = {one_line(title): account for title, account in posts if one_line(title)}

    def change(found: EntitledStatement) -> StatementWords:
        own = checked_posts(found.ours, tuple(wanted))
        by_party = {
            party.id: [post for post in found.words.posts if post.organisation_id == party.id]
            for party in found.parties
        }
        by_party[found.ours] = list(own)
        return replace(found.words, posts=tuple(post for party in found.parties for post in by_party[party.id]))

    def holders(session: Session, found: EntitledStatement, words: StatementWords) -> None:
        _keep_holders(session, act, found, [(post, wanted.get(post.title, "")) for post in words.posts])

    return _change(act, statement_id, version, "post_holders", change, holders)


def _keep_holders(session: Session, act: Act, found: EntitledStatement, posts: list[tuple[RunBy, str]]) -> None:
    own = [(post, account) for post, account in posts if post.organisation_id == found.ours]
    known = {account.id for account in people_of(session, found.ours)}
    before = session.exec(
        select(StatementPost).where(
            StatementPost.statement_id == found.row.id, StatementPost.organisation_id == found.ours
        )
    ).all()
    for row in before:
        session.delete(row)
    session.flush()
    for number, (_post, account) in enumerate(own, 1):
        session.add(
            StatementPost(
                id=new_id(),
                statement_id=found.row.id,
                organisation_id=found.ours,
                number=number,
                account_id=account if account in known else None,
                named_at=act.at,
            )
        )


def _change(
    act: Act,
    statement_id: str,
    version: int,
    what: str,
    change: Callable[[EntitledStatement], StatementWords],
    after: Callable[[Session, EntitledStatement, StatementWords], None] | None = None,
) -> int:
    with transaction(act.store.engine) as session:
        found = find_own(session, act, statement_id, lock=True)
        row = found.row
        if row.status != "draft":
            raise FixedWordsError
        if row.version != version:
            raise WordsChangedError(row.changed_by, row.changed_at)
        words = change(found)
        if after is not None:
            after(session, found, words)
        if words.sha256 == row.text_sha256:
            return row.version
        row.words = act.store.vault.seal_text(words.as_json(), place(row.id))
        row.text_sha256, row.version = words.sha256, row.version + 1
        row.changed_at, row.changed_by = act.at, act.person.name
        session.add(row)
        record(session, act, Event.STATEMENT_CHANGED, f"statement:{row.id}", found.ours, part=what, version=row.version)
        if found.signatures:
            _void(session, act, found)
        return row.version


def _void(session: Session, act: Act, found: EntitledStatement) -> None:
    """Make every signature void, since it was for other words, and tell those who signed (clause app5.statement)."""
    signed = {one.organisation_id for one in found.signatures}
    for one in found.signatures:
        one.voided_at, one.voided_why = act.at, "words_changed"
        session.add(one)
    session.flush()
    subject = f"statement:{found.row.id}"
    record(session, act, Event.STATEMENT_SIGNATURES_VOIDED, subject, found.ours, signatures=len(signed))
    parties: tuple[Party, ...] = tuple(party for party in found.parties if party.id in signed)
    path = f"/statement?id={found.row.id}"
    tell(session, act, "statement-voided", found.row.reference, path, addresses(session, parties))


def _is_marking(of: Edition, key: str) -> bool:
    return any(one.key == key and one.kind == "marking" for one in of.iss_fields)


def _of_key(act: Act, key: str) -> str:
    """Give the statement that a form with this key made before; only to a party of it."""
    with reading(act.store.engine) as session:
        row = session.exec(select(SharingStatement).where(SharingStatement.key == key)).one()
        return find_own(session, act, row.id).row.id

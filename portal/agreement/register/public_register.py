"""The public register: who had signed on a day, found by name, kind, status and edition; 50 a page (s16, public list)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import and_, func, or_
from sqlmodel import Session, col, select

from models.agreements import Signature, Standing
from models.organisations import Organisation
from portal.agreement.editions.current import in_force
from portal.agreement.editions.wording import kind_title
from portal.agreement.notices.standing import STATUS_WORDS, SignatoryStatus, is_behind, past_standings
from portal.agreement.register.matching import matches
from portal.agreement.register.organisations import near
from portal.agreement.register.search import CURRENT, RegisterSearch
from portal.ground.act import Store
from portal.ground.database import reading
from portal.ground.errors import NotFoundError
from portal.ground.wording import UK, today
from portal.rules.edition.editions import Edition

PAGE = 50
_CHUNK = 2000  # rows read at once when the whole register is given out


@dataclass(frozen=True, kw_only=True)
class RegisterEntry:
    """A line of the register: exactly what is public. `id` is the lasting name in its address."""

    id: str
    organisation: str
    kind: str
    edition: str
    status: SignatoryStatus
    since: date

    @property
    def kind_words(self) -> str:
        """Give the kind in words."""
        return kind_title(self.kind)

    def is_behind(self, newest: str) -> bool:
        """Say whether another edition than the one signed was in force that day (`newest`), so that it should sign again."""
        return is_behind(self.status, self.edition, newest)

    def status_words(self, newest: str) -> str:
        """Give the status in words, and that another edition waits to be signed, where one does."""
        words = STATUS_WORDS[self.status]
        return f"{words}, new edition to sign" if self.is_behind(newest) else words


@dataclass(frozen=True, kw_only=True)
class RegisterPage:
    """One page of the register, and how many lines match in all."""

    asked: RegisterSearch
    entries: tuple[RegisterEntry, ...]
    total: int
    in_force: Edition

    @property
    def last_page(self) -> int:
        """Give the number of the last page."""
        return max(1, -(-self.total // PAGE))


@dataclass(frozen=True, kw_only=True)
class StandingChange:
    """A line of a signatory's history."""

    on: date
    status: SignatoryStatus
    edition: str
    on_paper: bool = False

    def edition_words(self, title: str) -> str:
        """Give the edition in words, and that it was signed on paper, where it was."""
        return f"{title}, on paper" if self.on_paper else title


def register(store: Store, of: RegisterSearch) -> RegisterPage:
    """Give one page of the register as it stood at the end of a day (clause s16.public-list)."""
    with reading(store.engine) as session:
        where = (standing_on(of.on), *_narrowed(of))
        total = session.exec(select(func.count()).select_from(Standing).join(Organisation).where(*where)).one()
        page = min(max(of.page, 1), max(1, -(-total // PAGE)))
        rows = session.exec(
            select(Organisation, Standing)
            .join(Standing)
            .where(*where)
            .order_by(*_order(of.sort))
            .offset((page - 1) * PAGE)
            .limit(PAGE)
        ).all()
    return RegisterPage(
        asked=replace(of, page=page),
        entries=tuple(_entry(*row) for row in rows),
        total=total,
        in_force=in_force(store, of.on).edition,
    )


def everybody(store: Store, on: date) -> Iterator[RegisterEntry]:
    """Give the whole register as it stood at the end of a day, by name, a chunk at a time; also those that have left."""
    after = ("", "")
    while True:
        with reading(store.engine) as session:
            name, slug = col(Organisation.search_name), col(Organisation.slug)
            # `name >=` alone would do but for equal names; it is there so that the index is used.
            rows = session.execute(
                select(
                    name, slug, Organisation.name, Organisation.kind, Standing.edition, Standing.status, Standing.since
                )  # type: ignore[call-overload]  # SQLModel types four columns at most
                .join(Standing)
                .where(standing_on(on), name >= after[0], or_(name > after[0], slug > after[1]))
                .order_by(name, slug)
                .limit(_CHUNK)
            ).all()
        for _name, lasting, title, kind, edition, status, since in rows:
            yield RegisterEntry(
                id=lasting,
                organisation=title,
                kind=kind,
                edition=edition,
                status=SignatoryStatus(status),
                since=today(since),
            )
        if len(rows) < _CHUNK:
            return
        after = rows[-1][0], rows[-1][1]


def nothing_found(of: RegisterSearch) -> str:
    """Say that nothing matches, and what to do about it."""
    if of.words:
        return f'No organisations match "{of.words}". Check the spelling, or clear the search to see all.'
    return "No organisations match." if of.kind or of.edition else "No organisations have signed yet."


def entry(store: Store, slug: str, on: date) -> tuple[RegisterEntry, tuple[StandingChange, ...]]:
    """Give one signatory by its lasting name as of a day, and its history up to then. Raises NotFoundError."""
    with reading(store.engine) as session:
        row = session.exec(
            select(Organisation, Standing).join(Standing).where(Organisation.slug == slug, standing_on(on))
        ).first()
        if row is None:
            raise NotFoundError("No organisation of that name was in the register on that day.")
        changes = _history(session, row[0].id, on)
    return _entry(*row), changes


def near_entries(store: Store, words: str, on: date) -> tuple[RegisterEntry, ...]:
    """Give the register's lines whose names are close to what was typed, for 'did you mean'."""
    ids = [one.id for one in near(store, words)]
    with reading(store.engine) as session:
        rows = session.exec(
            select(Organisation, Standing)
            .join(Standing)
            .where(col(Organisation.id).in_(ids), standing_on(on))
            .order_by(col(Organisation.search_name))
        ).all()
    return tuple(_entry(*row) for row in rows)


def counts(store: Store, on: date) -> dict[SignatoryStatus, int]:
    """Count the organisations in each status on a day."""
    with reading(store.engine) as session:
        rows = session.exec(
            select(Standing.status, func.count()).where(standing_on(on)).group_by(Standing.status)
        ).all()
    return dict.fromkeys(SignatoryStatus, 0) | {SignatoryStatus(status): count for status, count in rows}


def standing_on(on: date) -> Any:  # noqa: ANN401 - SQLAlchemy's own condition type
    """Choose the standing that held at the last moment of a day in the United Kingdom."""
    end = datetime.combine(on + timedelta(days=1), time(), tzinfo=UK).astimezone(UTC)
    return and_(col(Standing.begins_at) < end, or_(col(Standing.ends_at).is_(None), col(Standing.ends_at) >= end))


def _narrowed(of: RegisterSearch) -> list[Any]:
    meant = matches(of.words)
    where: list[Any] = [] if meant is None else [meant]
    if of.kind:
        where.append(col(Organisation.kind) == of.kind)
    if of.edition:
        where.append(col(Standing.edition) == of.edition)
    if of.status == CURRENT:
        where.append(col(Standing.status) != SignatoryStatus.LEFT.value)
    elif of.status != "all":
        where.append(col(Standing.status) == of.status)
    return where


def _order(sort: str) -> tuple[Any, ...]:
    name = (col(Organisation.search_name), col(Organisation.slug))
    return {
        "since": (col(Standing.since).desc(), *name),
        "kind": (col(Organisation.kind), *name),
        "status": (col(Standing.status), *name),
    }.get(sort, name)


def _entry(organisation: Organisation, standing: Standing) -> RegisterEntry:
    return RegisterEntry(
        id=organisation.slug,
        organisation=organisation.name,
        kind=organisation.kind,
        edition=standing.edition,
        status=SignatoryStatus(standing.status),
        since=today(standing.since),
    )


def _history(session: Session, organisation_id: str, on: date) -> tuple[StandingChange, ...]:
    papers = set(
        session.exec(
            select(Signature.id).where(Signature.organisation_id == organisation_id, Signature.method == "paper")
        ).all()
    )
    return tuple(
        StandingChange(
            on=today(row.since),
            status=SignatoryStatus(row.status),
            edition=row.edition,
            on_paper=row.signature_id in papers,
        )
        for row in past_standings(session, organisation_id)
        if today(row.begins_at) <= on
    )
